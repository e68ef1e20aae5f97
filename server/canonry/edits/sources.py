"""What the caller hands in: the texts of files, with the names under which they are imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from canonry.model import Position, Symbol
from canonry.syntax.dotted import common_start


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's text: the open buffer's where it is open, else the disk's."""

    path: Path
    text: str
    module: str = ""
    """The dotted name under which it is imported; "" where nothing can import it."""
    is_package: bool = False
    """Whether it is an `__init__` file."""
    version: int | None = None
    """The open buffer's version; None where the file is not open."""

    @property
    def package(self) -> str:
        """The package that `.` means in its imports; "" where it stands in none."""
        return self.module if self.is_package else self.module.rpartition(".")[0]


def told_patches(name: str, files: Sequence[str]) -> list[str]:
    """What may change where something new goes through a definition that tests replace: a clause, or none."""
    if len(files) > 1:
        return [f"{files[0]} and {len(files) - 1} more replace {name} for a while"]
    return [f"{files[0]} replaces {name} for a while"] if files else []


def imports_nothing(module: str) -> frozenset[str]:
    """For workspaces whose imports are not known: no module imports another."""
    return frozenset()


def exports_nothing(file: SourceFile) -> frozenset[str]:
    """For files from which no other imports anything."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UseExisting:
    """The wish to use `target` in place of `definition`, with what has to be known for it."""

    file: SourceFile
    """The file of the new definition."""
    definition: Symbol
    """The new definition, with the ranges of `file.text`."""
    target: Symbol
    """The existing one, with the ranges of `target_file.text`."""
    target_file: SourceFile
    """Its file; the same as `file` where both stand in one."""
    is_new: bool = True
    """Whether the definition is being typed: nothing can have come to know it by its name."""
    is_apart: bool = False
    """Whether `target_file` is a module that only scripts beside it can import."""
    canonical: Callable[[str], str] = str
    """A dotted name with re-exports followed to the definition."""
    stub: SourceFile | None = None
    """The stub that stands beside `file`, for type checkers."""
    target_stub: SourceFile | None = None
    """The stub that stands beside `target_file`."""
    patched_in: tuple[str, ...] = ()
    """Names of files that put something else in the place of the existing definition for a while."""
    others: tuple[SourceFile, ...] = ()
    """The files that may import or name the new definition, by the index. Neither `file` nor, unless it
    does so too, `target_file`."""
    exported: frozenset[str] = frozenset()
    """The names that other files import from `file`: none of them goes."""
    exported_by: Callable[[SourceFile], frozenset[str]] = exports_nothing
    """The names that other files import from one of `others`."""
    root: Path | None = None
    """The workspace. Where it is given, jedi is asked about what imports alone do not settle."""
    source_roots: tuple[Path, ...] = ()
    """The folders from which modules are imported."""
    imports_of: Callable[[str], frozenset[str]] = imports_nothing
    """The workspace's modules that a module imports while it is being imported (not under TYPE_CHECKING,
    not in functions). `from p import m` counts as `p.m` where that is a module, else as `p`; the packages
    around a module need not be listed."""
    first_party: frozenset[str] = frozenset()
    """Top-level names of the workspace's modules, to tell its imports from others'."""
    relative_imports: bool | None = None
    """Whether modules of one package import each other relatively. None: as the file does it."""
    line_length: int = 88
    """Where a line with a new import is wrapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceSymbol:
    """The wish that `new` is used where `old` is, with what has to be known for it."""

    old: Symbol
    """The superseded definition, with the ranges of `old_file.text`."""
    old_file: SourceFile
    new: Symbol
    """The one that took its place, with the ranges of `new_file.text`."""
    new_file: SourceFile
    new_stub: SourceFile | None = None
    """The stub that stands beside `new_file`, for type checkers."""
    patched_in: tuple[str, ...] = ()
    """Names of files that put something else in the place of `new` for a while."""
    files: tuple[SourceFile, ...]
    """The files whose uses are replaced; those of the two definitions may be among them."""
    only: Position | None = None
    """The one use that is meant, somewhere in its name, in the first of `files`; None: every use in them."""
    others: tuple[SourceFile, ...] = ()
    """Further files that may pass the old name on, as packages do."""
    exported: Callable[[SourceFile], frozenset[str]] = exports_nothing
    """The names that other files import from a file: none of them goes."""
    imports_of: Callable[[str], frozenset[str]] = imports_nothing
    """As in `UseExisting`."""
    first_party: frozenset[str] = frozenset()
    relative_imports: bool | None = None
    line_length: int = 88


def absolute_module(package: str, level: int, name: str) -> str:
    """The absolute name of `from <level dots><name> import ...` in a package; "" where it leads outside."""
    if not level:
        return name
    parts = package.split(".") if package else []
    if level > len(parts):
        return ""
    base = parts[: len(parts) - level + 1]
    return ".".join([*base, name] if name else base)


def relative_module(package: str, module: str) -> str:
    """The shortest relative spelling of `module` in `package`; "" where they share no package."""
    here, there = package.split("."), module.split(".")
    common = common_start(here, there)
    if not package or not common:
        return ""
    return "." * (len(here) - common + 1) + ".".join(there[common:])
