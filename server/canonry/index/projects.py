"""Where a project's own metadata says that its packages are."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from canonry.config.values import table_at

MAX_SIZE = 1_000_000
"""Metadata of more bytes is not read."""


@dataclass(frozen=True, slots=True)
class DeclaredLayout:
    """Folders, relative to the project, with `/`."""

    roots: frozenset[str] = frozenset()
    """On the import path; the project's own folder is not among them."""
    packages: Mapping[str, str] = field(default_factory=dict)
    """Folders that are imported under another name than their own."""


def declared_layout(project: Path) -> DeclaredLayout:
    """What pyproject.toml and setup.cfg declare: setuptools, hatch, poetry, pdm, uv, maturin, scikit-build,
    and pytest's `pythonpath`.

    Never raises: metadata that cannot be read declares nothing.
    """
    pairs = [*_from_pyproject(_toml(project / "pyproject.toml")), *_from_setup_cfg(project / "setup.cfg")]
    cleaned = [(_clean(folder), name) for folder, name in pairs]
    return DeclaredLayout(
        frozenset(folder for folder, name in cleaned if folder and not name),
        {folder: name for folder, name in cleaned if folder and name},
    )


_Pairs = Iterator[tuple[str, str]]
"""A folder and the dotted name it is imported under; no name for a folder on the import path."""


def _from_pyproject(data: Mapping[str, object]) -> _Pairs:
    tool = table_at(data, "tool")
    setuptools = table_at(tool, "setuptools")
    for name, folder in table_at(setuptools, "package-dir").items():
        yield from _named(folder, name)
    yield from _roots(table_at(setuptools, "packages", "find").get("where"))
    hatch = table_at(tool, "hatch", "build")
    for target in (hatch, table_at(hatch, "targets", "wheel")):
        yield from _parents(target.get("packages"))
        yield from _roots(target.get("dev-mode-dirs"))
        sources = target.get("sources")
        yield from _roots(sources)
        if isinstance(sources, Mapping):
            for folder, name in sources.items():
                yield from _named(folder, name)
    packages = table_at(tool, "poetry").get("packages")
    for package in packages if isinstance(packages, list) else ():
        yield from _roots(table_at({"package": package}, "package").get("from"))
    yield from _roots(table_at(tool, "pdm", "build").get("package-dir"))
    yield from _roots(table_at(tool, "uv", "build-backend").get("module-root"))
    yield from _roots(table_at(tool, "maturin").get("python-source"))
    yield from _parents(table_at(tool, "scikit-build", "wheel").get("packages"))
    yield from _roots(table_at(tool, "pytest", "ini_options").get("pythonpath"))


def _from_setup_cfg(path: Path) -> _Pairs:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(_text(path))
    except configparser.Error:
        return
    for line in parser.get("options", "package_dir", fallback="").splitlines():
        name, equals, folder = line.partition("=")
        if equals:
            yield from _named(folder.strip(), name.strip())
    yield from _roots(parser.get("options.packages.find", "where", fallback="").split())


def _named(folder: object, name: object) -> _Pairs:
    """A folder that is imported as `name`: just a root where they end alike, as in `pkg = "lib/pkg"`."""
    if not isinstance(folder, str) or not isinstance(name, str):
        return
    package = name.replace("/", ".").strip(".")
    cleaned = _clean(folder)
    own = package.replace(".", "/")
    if package and (cleaned == own or cleaned.endswith("/" + own)):
        yield cleaned[: -len(own)], ""
    else:
        yield folder, package


def _roots(folders: object) -> _Pairs:
    for folder in [folders] if isinstance(folders, str) else folders if isinstance(folders, list) else ():
        if isinstance(folder, str):
            yield folder, ""


def _parents(packages: object) -> _Pairs:
    for package in packages if isinstance(packages, list) else ():
        if isinstance(package, str):
            yield _clean(package).rpartition("/")[0], ""


def _clean(folder: str) -> str:
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    return "" if ".." in parts else "/".join(parts)


def _toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_text(path))
    except (ValueError, RecursionError):
        return {}  # reported where settings are read


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > MAX_SIZE:
            return ""
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
