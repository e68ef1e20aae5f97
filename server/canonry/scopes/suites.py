"""What pytest is told to collect, in the files in which it is told."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

PLACES = (
    ("pytest.ini", ("pytest",)),
    (".pytest.ini", ("pytest",)),
    ("pyproject.toml", ("tool", "pytest", "ini_options")),
    ("tox.ini", ("pytest",)),
    ("setup.cfg", ("tool:pytest",)),
)
"""Files and where in them pytest looks, in its order; an ini of its own counts even if it is empty."""
_OWN = ("pytest.ini", ".pytest.ini")
MAX_SIZE = 1_000_000
"""A file of more bytes is not read."""


@dataclass(frozen=True, slots=True)
class Collected:
    """The patterns by which pytest finds tests; None where the project has none of its own."""

    files: tuple[str, ...] | None = None
    classes: tuple[str, ...] | None = None
    functions: tuple[str, ...] | None = None


def collected_below(root: Path, folder: str) -> Collected:
    """What is collected in a folder (relative to the workspace, with `/`): the nearest configuration decides.

    Reads the disk, and each file again only when it has changed. What cannot be read says nothing.
    """
    for path, keys in _places(root, folder):
        table = _read(path, keys)
        if table is not None:
            return Collected(
                _words(table.get("python_files")),
                _words(table.get("python_classes")),
                _words(table.get("python_functions")),
            )
    return Collected()


@lru_cache(maxsize=256)
def _places(root: Path, folder: str) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    """Where pytest may be told something, the nearest first. Kept: it is looked there at each keystroke."""
    folders = [folder]
    while folders[-1]:
        folders.append(folders[-1].rpartition("/")[0])
    return tuple((root / one / name, keys) for one in folders for name, keys in PLACES)


def names(patterns: tuple[str, ...], name: str) -> bool:
    """Whether a class or function is collected: a pattern is the beginning of its name, or a glob of it."""
    return any(
        fnmatchcase(name, one) if any(sign in one for sign in "*?[") else name.startswith(one)
        for one in patterns
    )


def _words(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return tuple(value.split()) or None
    if isinstance(value, list):
        return tuple(one for one in value if isinstance(one, str)) or None
    return None


def _read(path: Path, keys: tuple[str, ...]) -> Mapping[str, object] | None:
    try:
        facts = path.stat()
    except OSError:  # mostly: there is none
        return None
    if facts.st_size > MAX_SIZE:
        return None
    return _table(path, keys, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=256)
def _table(path: Path, keys: tuple[str, ...], _stamp: int, _size: int) -> Mapping[str, object] | None:
    """What a file tells pytest; None where it does not speak to it."""
    parse = _toml if path.suffix == ".toml" else _ini
    try:
        data = parse(path.read_text("utf-8"))
    except (OSError, ValueError, configparser.Error):
        return None  # pytest itself refuses such a file, and says so
    for key in keys:
        held = data.get(key)
        if not isinstance(held, Mapping):
            return {} if path.name in _OWN else None
        data = held
    return data


def _toml(text: str) -> Mapping[str, object]:
    data = tomllib.loads(text)
    tool = data.get("tool")
    pytest = tool.get("pytest") if isinstance(tool, Mapping) else None
    if isinstance(pytest, Mapping) and "ini_options" not in pytest:
        # pytest 9 has its options in [tool.pytest] itself.
        return {"tool": {"pytest": {"ini_options": pytest}}}
    return data


def _ini(text: str) -> Mapping[str, object]:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    return {section: dict(parser[section]) for section in parser.sections()}
