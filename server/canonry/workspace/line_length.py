"""How long the lines of a file may be, by what its formatter is told."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from canonry.config.values import table_at

DEFAULT: Final = 88
"""Of ruff and black, where nothing else is said."""
_LEAST, _MOST = 40, 1000
"""Other numbers are a mistake, or say that nothing is to be wrapped."""
_MAX_SIZE: Final = 1_000_000
"""A file of more bytes is not read."""
_IN_TOML: Final = (
    (("tool", "ruff"), "line-length"),
    (("tool", "black"), "line-length"),
    (("tool", "isort"), "line_length"),
    (("tool", "flake8"), "max-line-length"),
    (("tool", "pycodestyle"), "max_line_length"),
)
_IN_INI: Final = (
    ("isort", "line_length"),
    ("settings", "line_length"),
    ("flake8", "max-line-length"),
    ("pycodestyle", "max-line-length"),
    ("pycodestyle", "max_line_length"),
)


def line_length(root: Path, path: Path) -> int:
    """The length at which lines of `path` are wrapped: the nearest folder decides that says something.

    Reads the settings of ruff, black, isort, flake8 and pycodestyle up to `root`; what cannot be read says
    nothing.
    """
    for folder in path.parents:
        for name, found_in in _FILES:
            for value in _read(folder / name, found_in):
                if isinstance(value, str) and value.strip().isdecimal():
                    value = int(value)
                if isinstance(value, int) and _LEAST <= value <= _MOST:
                    return value
        if folder == root:
            break
    return DEFAULT


def _read(path: Path, found_in: Callable[[str], Iterable[object]]) -> list[object]:
    try:
        if path.stat().st_size > _MAX_SIZE:
            return []
        return [*found_in(path.read_text("utf-8"))]
    except (OSError, ValueError, configparser.Error):
        return []  # its own tool refuses it, and says so


def _pyproject(text: str) -> Iterable[object]:
    data = tomllib.loads(text)
    return [table_at(data, *keys).get(name) for keys, name in _IN_TOML]


def _ruff(text: str) -> Iterable[object]:
    return [tomllib.loads(text).get("line-length")]


def _ini(text: str) -> Iterable[object]:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    sections: Mapping[str, Mapping[str, str]] = parser
    return [sections[section].get(name) for section, name in _IN_INI if section in sections]


_FILES: Final = (
    (".ruff.toml", _ruff),
    ("ruff.toml", _ruff),
    ("pyproject.toml", _pyproject),
    (".isort.cfg", _ini),
    ("setup.cfg", _ini),
    ("tox.ini", _ini),
    (".flake8", _ini),
)
