"""Opening the workspace that the arguments of a command mean."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry.cli.output import progress_bar
from canonry.config import find_root

if TYPE_CHECKING:
    from canonry.workspace import Workspace


class Failure(click.ClickException):
    """The command could not run; the message says why and what to do."""

    exit_code = 2


def _chosen_root(paths: Sequence[Path]) -> Path:
    """The current folder's workspace; the first path's where that is not in it; else the current folder.

    Where nothing marks a workspace and no path lies in the current folder, it is the folder of all paths.
    """
    current = Path.cwd()
    here = find_root(current)
    folders = [path if path.is_dir() else path.parent for path in paths]
    if folders and (here is None or not any(path.is_relative_to(here) for path in paths)):
        here = find_root(folders[0]) or here
    outside = not any(one.is_relative_to(current) for one in folders)
    if here is None and outside and len({one.anchor for one in folders}) == 1:
        return Path(os.path.commonpath(folders))
    return here or current


def chosen_root(root: Path | None, paths: Sequence[Path] = ()) -> Path:
    """The workspace's folder that the arguments of a command mean."""
    return root.resolve() if root is not None else _chosen_root(paths)


@contextmanager
def open_workspace(root: Path | None, cache: Path | None, paths: Sequence[Path] = ()) -> Iterator[Workspace]:
    """The workspace that the arguments mean, its settings readable, and closed in the end."""
    from canonry.config import load_settings
    from canonry.workspace import Workspace

    chosen = chosen_root(root, paths)
    for path in paths:
        if not path.is_relative_to(chosen):
            raise click.UsageError(
                f"{path} is outside of the workspace {chosen}. Give its workspace by --root."
            )
    for file, problems in load_settings(chosen).problems.items():
        for problem in problems:
            if problem.fatal:
                start = problem.range.start
                raise Failure(
                    f"{file}:{start.line + 1}:{start.column + 1}: {problem.message} Mend it and run again."
                )
    try:
        workspace = Workspace(chosen, cache=cache)
    except OSError as error:
        raise Failure(f"Cannot open the workspace {chosen}: {error}") from error
    try:
        yield workspace
    finally:
        workspace.shutdown()


def refresh(workspace: Workspace) -> None:
    """Brings the index up to date, with a bar on a terminal; what it says is what a new one would."""
    with progress_bar("Indexing") as progress:
        workspace.refresh(progress=progress)
        workspace.settle()
