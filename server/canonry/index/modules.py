"""The dotted names under which a workspace's files are imported, as Python resolves them.

A regular package's name counts from the folder that holds the topmost package. Which folder a folder
without `__init__.py` counts from (a namespace package, a service, scripts, tests) nobody declares in
most projects; there the imports in its files tell.
"""

# Paths are strings here: a Path for each of thousands of files would take most of the time.
# ruff: noqa: PTH113, PTH118, PTH119, PTH120, PTH123, PTH206

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from keyword import iskeyword
from pathlib import Path
from zlib import crc32

from canonry.index.projects import declared_layout

SAMPLE_FILES = 12
"""So many files of a folder are asked for their imports: enough for a majority, cheap for many folders."""
SAMPLE_SIZE = 8_192
"""Imports stand at the top."""
SAMPLE_FOLDERS = 60
"""In more folders than these, the rest go by the general rule."""

_Place = tuple[str, tuple[str, ...] | None]
"""A source root and the parts of a folder's dotted name from there; None where it has none."""


class ModuleNames:
    """The module names of a workspace's files. May be used by several threads.

    `files` are all of its Python files, absolute. `source_roots` are those of the settings, relative
    to `root`; empty, they are detected. Made anew when files are created or deleted, or a project's
    metadata changes; a file that is not in the list gets the name that its folder gives it.
    """

    def __init__(
        self, root: Path | str, files: Iterable[Path | str], source_roots: Sequence[str] = ()
    ) -> None:
        self._root = os.fspath(root)
        self._names: dict[str, list[str]] = {}
        for file in files:
            folder, _, name = os.fspath(file).rpartition(os.sep)
            self._names.setdefault(folder, []).append(name)
        self._packages = {
            folder for folder, names in self._names.items() if not _INITIALISERS.isdisjoint(names)
        }
        self._folders = {around for folder in self._names for around in self._ancestors(folder)}
        self._projects = {self._root}
        self._strong: set[str] = set()
        self._renamed: dict[str, tuple[str, ...]] = {}
        self._find_roots(source_roots)
        self._holders = {os.path.dirname(folder) for folder in self._packages}
        self._bases: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._places: dict[str, _Place] = {}
        self._asked = 0

    def module_name(self, path: Path | str) -> str:
        """The dotted name, a package's own for its `__init__.py`; "" for what no statement can import."""
        folder, _, name = os.fspath(path).rpartition(os.sep)
        stem = name.partition(".")[0]
        parts = self._place(folder)[1]
        if parts is None:
            return ""
        if name in _INITIALISERS:
            return ".".join(parts)
        return ".".join((*parts, stem)) if _importable(stem) and name.count(".") == 1 else ""

    def is_package(self, path: Path | str) -> bool:
        """Whether the file is a package's `__init__.py`."""
        return os.fspath(path).rpartition(os.sep)[2] in _INITIALISERS

    def source_root(self, path: Path | str) -> Path:
        """The folder from which the file's module name counts."""
        return Path(self._place(os.fspath(path).rpartition(os.sep)[0])[0])

    def is_anchored(self, root: Path) -> bool:
        """Whether a source root is a project, or settings or metadata name it: no folder of scripts."""
        return os.fspath(root) in self._projects or os.fspath(root) in self._strong

    def is_beside_packages(self, path: Path, other: Path) -> bool:
        """Whether a file stands in a folder of scripts at the top of its project (no package, and found only
        from the project's own folder), and `other` in a regular package of it.

        That is what a project installs; the folder (`docker/`, `tools/`) mostly is not.
        """
        root = os.fspath(self.source_root(path))
        folder, top = (os.fspath(path).rpartition(os.sep)[0], self._top(path, root))
        if root not in self._projects or folder == root or top in self._packages:
            return False
        return not any(one in self._packages for one in self._ancestors(folder)) and (
            self._top(other, root) in self._packages and self._top(other, root) != top
        )

    def _top(self, path: Path, root: str) -> str:
        """The folder right below a root that a file stands in; "" for none."""
        file = os.fspath(path)
        parts = _parts(file.rpartition(os.sep)[0], root) if file.startswith(root + os.sep) else ()
        return os.path.join(root, parts[0]) if parts else ""

    def _find_roots(self, configured: Sequence[str]) -> None:
        if configured:
            self._strong = {os.path.normpath(os.path.join(self._root, folder)) for folder in configured}
            return
        for folder in {self._root, *self._folders} - self._packages:
            if _is_project(folder):
                self._projects.add(folder)
        for project in self._projects:
            layout = declared_layout(Path(project))
            self._strong |= {os.path.join(project, *inner.split("/")) for inner in layout.roots}
            for inner, name in layout.packages.items():
                self._renamed[os.path.join(project, *inner.split("/"))] = tuple(name.split("."))
        for folder in self._folders - self._packages:
            name = os.path.basename(folder)
            if name == "src" and folder != self._root and not self._imported_as("src", folder):
                self._strong.add(folder)
        for project in self._projects:
            lib = os.path.join(project, "lib")
            if lib not in self._packages and any(
                os.path.dirname(package) == lib for package in self._packages
            ):
                self._strong.add(lib)

    def _place(self, folder: str) -> _Place:
        known = self._places.get(folder)
        if known is None:
            known = self._places[folder] = self._placed(folder)
        return known

    def _placed(self, folder: str) -> _Place:
        inner: list[str] = []
        base = folder
        while base not in self._strong and (base in self._renamed or self._is_package(base)):
            above, _, name = base.rpartition(os.sep)
            if base in self._renamed:
                return above, _joined(self._renamed[base], inner)
            inner.insert(0, name)
            base = above
        root, outer = self._base(base)
        return root, _joined(outer, inner)

    def _is_package(self, folder: str) -> bool:
        if folder in self._packages:
            return True
        # The workspace may itself lie inside a package.
        outside = folder != self._root and not folder.startswith(self._root.rstrip(os.sep) + os.sep)
        return outside and any(os.path.isfile(os.path.join(folder, name)) for name in _INITIALISERS)

    def _base(self, base: str) -> tuple[str, tuple[str, ...]]:
        """For a folder that is no package: the root its name counts from, and that name's parts."""
        known = self._bases.get(base)
        if known is None:
            known = self._bases[base] = self._based(base)
        return known

    def _based(self, base: str) -> tuple[str, tuple[str, ...]]:
        strong = next((folder for folder in self._ancestors(base) if folder in self._strong), None)
        if strong is not None:
            parts = _parts(base, strong)
            return (strong, parts) if all(map(_importable, parts)) else (base, ())
        project = next((folder for folder in self._ancestors(base) if folder in self._projects), None)
        if project is None or project == base:
            return base, ()
        package = next((folder for folder in self._ancestors(base) if folder in self._packages), None)
        if package is not None and len(package) > len(project):  # a folder without __init__ in a package
            root, outer = self._place(package)
            parts = _parts(base, package)
            return (root, (*outer, *parts)) if outer and all(map(_importable, parts)) else (base, ())
        parts = _parts(base, project)
        first = max((at + 1 for at, part in enumerate(parts) if not _importable(part)), default=0)
        start = self._imports_say(base, parts, first)
        if start is None and base not in self._holders:  # as the folder around it
            root, outer = self._base(os.path.dirname(base))
            return (root, (*outer, parts[-1])) if _importable(parts[-1]) else (base, ())
        if start is None:
            start = len(parts)
        return os.path.join(project, *parts[:start]), parts[start:]

    def _imports_say(self, base: str, parts: tuple[str, ...], first: int) -> int | None:
        """How many of `parts` the imports in the folder's files leave out; None where they do not tell."""
        if self._asked >= SAMPLE_FOLDERS:
            return None
        self._asked += 1
        own = {name.partition(".")[0] for name in self._names.get(base, ())}
        own |= {os.path.basename(folder) for folder in self._packages if os.path.dirname(folder) == base}
        own -= sys.stdlib_module_names
        votes: Counter[int] = Counter()
        for module in self._imports_in(base):
            head, _, rest = module.partition(".")
            if head in parts[first:]:
                start = parts.index(head, first)
                second = rest.partition(".")[0]
                # `shop/shop/`: a folder that is called as its package is a namespace where what is named next
                # stands beside the package.
                beside = own if start + 1 == len(parts) else {parts[start + 1]}
                outward = head not in own or second in beside
                votes[start if outward else len(parts)] += 1
            elif head in own:
                votes[len(parts)] += 1
        return max(votes, key=lambda start: (votes[start], start), default=None)

    def _imported_as(self, name: str, folder: str) -> bool:
        """Whether files in the folder import each other by the folder's own name."""
        return any(module == name or module.startswith(name + ".") for module in self._imports_in(folder))

    def _imports_in(self, folder: str) -> Iterator[str]:
        """The modules that a few of the files in and below the folder import absolutely.

        Which files these are depends on their own paths: one that comes or goes has one vote at most.
        """
        inside = folder + os.sep
        files = [
            os.path.join(one, name)
            for one in (folder, *(each for each in self._names if each.startswith(inside)))
            for name in self._names.get(one, ())
        ]

        def chance(file: str) -> tuple[int, str]:
            path = file[len(inside) :]
            return crc32(path.encode("utf-8", "surrogateescape")), path

        for file in nsmallest(SAMPLE_FILES, files, key=chance):
            try:
                with open(file, "rb") as opened:
                    head = opened.read(SAMPLE_SIZE)
            except OSError:
                continue  # a file that cannot be read has no say
            for match in _IMPORT.finditer(head):
                yield (match[1] or match[2]).decode("ascii")

    def _ancestors(self, folder: str) -> Iterator[str]:
        """The folder itself and those around it, up to the workspace's."""
        while folder.startswith(self._root):
            yield folder
            if folder == self._root:
                return
            folder = os.path.dirname(folder)


_INITIALISERS = frozenset({"__init__.py", "__init__.pyi"})

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b|import[ \t]+([A-Za-z_][\w.]*))", re.MULTILINE
)


def _is_project(folder: str) -> bool:
    return any(
        os.path.isfile(os.path.join(folder, name)) for name in ("pyproject.toml", "setup.cfg", "setup.py")
    )


def _parts(folder: str, root: str) -> tuple[str, ...]:
    return tuple(part for part in folder[len(root) :].split(os.sep) if part)


def _joined(outer: tuple[str, ...], inner: list[str]) -> tuple[str, ...] | None:
    return (*outer, *inner) if all(map(_importable, inner)) else None


def _importable(name: str) -> bool:
    """Whether an import statement can say it."""
    return name.isidentifier() and not iskeyword(name)
