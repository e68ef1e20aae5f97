"""What .gitignore files say of a workspace's folders and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from canonry.config.globs import Globs

MAX_SIZE = 1_000_000
"""A .gitignore of more bytes is not read."""


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """The patterns of one file, for paths relative to the workspace."""

    globs: Globs
    cut: int = 0
    """How much of a path relative to the workspace is above the folder of the file."""
    prefix: str = ""
    """What stands between the folder of the file and the workspace, where the file is above it."""

    @classmethod
    def of(cls, text: str, *, folder: str = "", prefix: str = "") -> IgnoreFile:
        """The patterns of `text`, which stands in `folder` of the workspace, or above it by `prefix`."""
        return cls(Globs(text.splitlines()), len(folder) + 1 if folder else 0, prefix)

    def decides(self, relative: str, *, folder: bool = False) -> bool | None:
        """As `Globs.decides`, for a path in the workspace."""
        return self.globs.decides(self.prefix + relative[self.cut :], folder=folder)


def excludes(ignores: Sequence[IgnoreFile], relative: str, *, folder: bool = False) -> bool:
    """Whether a file or folder is excluded, given that its folder is not.

    Of several .gitignore files, outermost first, the last that decides counts.
    """
    for ignore in reversed(ignores):
        decision = ignore.decides(relative, folder=folder)
        if decision is not None:
            return decision
    return False


def outer_ignores(root: Path) -> tuple[IgnoreFile, ...]:
    """What git's repository around `root` says of its contents: info/exclude and .gitignore above it.

    Empty where there is no repository, or where it ignores `root` itself: whoever opens an ignored
    folder wants it indexed.
    """
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if top is None:
        return ()
    parts = root.relative_to(top).parts
    sources = [(_common_folder(top) / "info" / "exclude", parts)]
    for depth in range(len(parts)):
        sources.append((top.joinpath(*parts[:depth], ".gitignore"), parts[depth:]))
    found: list[IgnoreFile] = []
    for path, below in sources:
        text = read_ignores(path)
        if text:
            prefix = "".join(part + "/" for part in below)
            found.append(IgnoreFile.of(text, prefix=prefix))
    for length in range(len(parts)):
        if _ignores_above(found, parts, length + 1):
            return ()
    return tuple(found)


def read_ignores(path: Path) -> str:
    """The text of a .gitignore; empty where there is none that can be read."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_SIZE:
            return ""
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""  # what git cannot read does not exclude anything either


def _ignores_above(ignores: Sequence[IgnoreFile], parts: tuple[str, ...], length: int) -> bool:
    """Whether the folder of the first `length` parts, at or above the workspace, is excluded."""
    for ignore in reversed(ignores):
        own = len(parts) - ignore.prefix.count("/")
        if own < length:
            decision = ignore.globs.decides("/".join(parts[own:length]), folder=True)
            if decision is not None:
                return decision
    return False


def _common_folder(top: Path) -> Path:
    """Git's own folder, where `.git` is one or (work trees, submodules) a file that names it."""
    dot_git = top / ".git"
    if not dot_git.is_file():
        return dot_git
    folder = top / read_ignores(dot_git).partition("gitdir:")[2].strip()
    common = read_ignores(folder / "commondir").strip()
    return folder / common if common else folder
