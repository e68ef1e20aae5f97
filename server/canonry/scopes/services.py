"""Services: folders of a workspace that are deployed by themselves and must not reach into each other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from canonry.config import Settings
from canonry.config.values import table_at

SHARED = "shared"
"""The scope that everyone may import."""
MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", "Dockerfile")
"""A folder below the root with one of these is a service, where the settings name none."""
_SHARED_NAMES = frozenset(
    ("shared", "common", "lib", "libs", "library", "libraries", "packages", "core", "utils", "vendor", "sdk")
)
"""A detected folder at or below one so called is shared: monorepos keep their libraries there."""
_NO_SERVICES = frozenset(
    ("tests", "test", "docs", "doc", "examples", "example", "benchmarks", "scripts", "tools", "node_modules")
)
"""Folders with a project file of their own that nobody deploys."""
_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)")
_PATH_DEPENDENCY = re.compile(r"^\s*(?:-e\s+)?(?:file:)?(\.{1,2}/[^\s#;\[]*)")


@dataclass(frozen=True)
class Services:
    """Which service each file belongs to, and which service may import which."""

    folders: Mapping[str, str] = field(default_factory=dict)
    """Folders (relative, with `/`) to the service's name, `shared` among them."""
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    declared: bool = False
    """Whether the settings name them."""
    projects: frozenset[str] = frozenset()
    """Folders with a project file of their own, whether they are services, shared or the only ones."""

    def of(self, path: str) -> str:
        """The service of a file (relative, with `/`); "" for a file of none."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            known = self.folders.get(folder)
            if known is not None:
                return known
        return ""

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two files that belong to no service alone are of two projects: libraries of one repository,
        say, each of which is released by itself.
        """
        if not {self.of(one), self.of(other)} <= {"", SHARED}:
            return False
        mine, theirs = self._project(one), self._project(other)
        return bool(mine and theirs) and mine != theirs

    def _project(self, path: str) -> str:
        return next((one for one in _ancestors(path.rpartition("/")[0]) if one in self.projects), "")

    def may_import(self, importer: str, imported: str) -> bool:
        """Whether a file of one service may import one of another; files of no service are everyone's."""
        if importer == imported or not importer or not imported or imported == SHARED:
            return True
        return imported in self.allowed.get(importer, ())

    def names(self) -> tuple[str, ...]:
        """All services, without `shared`, sorted."""
        return tuple(sorted(set(self.folders.values()) - {SHARED}))


def declared_services(settings: Settings) -> Services | None:
    """The services that the settings name; None where they name none, or only what is shared."""
    if not set(settings.services) - {SHARED}:
        return None
    return Services(_declared_folders(settings), _allowed(settings), True)


def _declared_folders(settings: Settings) -> dict[str, str]:
    return {
        folder.strip("/").removeprefix("./"): name
        for name, inner in settings.services.items()
        for folder in inner
    }


def _allowed(settings: Settings) -> dict[str, frozenset[str]]:
    return {name: frozenset(others) for name, others in settings.allowed_imports.items()}


def detect_services(root: Path, folders: Iterable[str], settings: Settings) -> Services:
    """The services of a workspace whose Python files lie in `folders` (relative, with `/`).

    Reads project files. A service may import what its project file or requirements declare: another
    project of the workspace by its name or its path. The folder at the top is no service. What the settings
    say is shared is so beside them.
    """
    candidates = {
        above
        for folder in folders
        for above in _ancestors(folder)
        if above and _NO_SERVICES.isdisjoint(above.split("/"))
    }
    found = sorted(folder for folder in candidates if any((root / folder / one).is_file() for one in MARKERS))
    shared = _declared_folders(settings)
    named: dict[str, str] = dict(shared)
    projects: dict[str, str] = {}
    for folder in found:
        if not shared.keys().isdisjoint(_ancestors(folder)):
            continue
        if not _SHARED_NAMES.isdisjoint(folder.split("/")):
            named[folder] = SHARED
            continue
        name = folder.rpartition("/")[2]
        name = folder if name in named.values() else name
        named[folder] = name
        for alias in (_project_name(root / folder), name):
            if alias:
                projects[_normal(alias)] = name
    if len(set(named.values()) - {SHARED}) < 2:
        return Services({}, _allowed(settings), projects=frozenset(found))
    allowed = {name: set(others) for name, others in settings.allowed_imports.items()}
    # Who needs the project at the top, which may be a name for several of the others, has what that needs.
    top, needed_at_top = _normal(_project_name(root)), [*_declared_dependencies(root)]
    for folder, name in named.items():
        needed = [*_declared_dependencies(root / folder)]
        if top and top in map(_normal, needed):
            needed += needed_at_top
        for one in needed:
            other = projects.get(_normal(one)) if not one.startswith(".") else None
            if one.startswith("."):
                place = (root / folder / one).resolve()
                if place.is_relative_to(root):
                    other = named.get(place.relative_to(root).as_posix())
            if other is not None and other != name:
                allowed.setdefault(name, set()).add(other)
    edges = {name: frozenset(others) for name, others in allowed.items()}
    return Services(named, edges, projects=frozenset(found))


def _ancestors(folder: str) -> Iterable[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@lru_cache(maxsize=512)
def _pyproject(path: Path, stamp: int) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _read_pyproject(folder: Path) -> Mapping[str, object]:
    path = folder / "pyproject.toml"
    try:
        return _pyproject(path, path.stat().st_mtime_ns)
    except OSError:
        return {}


def _project_name(folder: Path) -> str:
    data = _read_pyproject(folder)
    for keys in (("project",), ("tool", "poetry")):
        name = table_at(data, *keys).get("name")
        if isinstance(name, str):
            return name
    return ""


def _declared_dependencies(folder: Path) -> Iterable[str]:
    """Names of distributions, and relative paths, that a project says it needs."""
    data = _read_pyproject(folder)
    project = table_at(data, "project")
    lists = [project.get("dependencies"), *table_at(project, "optional-dependencies").values()]
    lists += [*table_at(data, "dependency-groups").values()]
    hooks = table_at(data, "tool", "hatch", "metadata", "hooks")  # where they are made with the version
    lists += [table_at(hooks, name).get("dependencies") for name in hooks]
    for one in lists:
        for text in one if isinstance(one, list) else ():
            if isinstance(text, str) and (match := _REQUIREMENT.match(text)):
                yield match[1]
    poetry = table_at(data, "tool", "poetry")
    tables = [table_at(poetry, "dependencies")]
    tables += [table_at(group, "dependencies") for group in table_at(poetry, "group").values()]
    for table in (*tables, table_at(data, "tool", "uv", "sources")):
        for name, value in table.items():
            yield name
            path = table_at({"value": value}, "value").get("path")
            if isinstance(path, str):
                yield path if path.startswith(".") else f"./{path}"
    for path in sorted(folder.glob("requirements*.txt")):
        try:
            lines = path.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        for line in lines:
            if match := _PATH_DEPENDENCY.match(line) or _REQUIREMENT.match(line):
                yield match[1]


class ServicesOf:
    """The services of a workspace while it is in use.

    `files` gives its Python files. As long as they and the services are the same, so is the object: what was
    made of it, and of who has which module, stands.
    """

    def __init__(self, root: Path, files: Callable[[], frozenset[str]]) -> None:
        self._root = root
        self._files = files
        self._known: tuple[object, Settings, frozenset[str], Services] | None = None

    def get(self, settings: Settings, state: object) -> Services:
        """The services; `state` is another object after each change of the index."""
        known = self._known
        if known is not None and known[0] == state and known[1] is settings:
            return known[3]
        files = self._files()
        folders = {path.rpartition("/")[0] for path in files}
        found = declared_services(settings) or detect_services(self._root, folders, settings)
        if known is not None and known[2] == files and known[3] == found:
            found = known[3]
        self._known = (state, settings, files, found)
        return found
