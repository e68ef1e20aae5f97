"""`canonry index`: building, describing and dropping the index of a workspace."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry.cli.opening import open_workspace, refresh
from canonry.cli.options import cache_option, examples, root_option

if TYPE_CHECKING:
    from canonry.workspace import Workspace

SHOWN_SKIPPED = 20
"""So many skipped files are named by `index status`; the rest are counted."""


@click.group(
    short_help="Build, describe or drop the index.",
    epilog=examples("""
        canonry index build
        canonry index status
        canonry index clear --root ~/work/service
    """),
)
def index() -> None:
    """Build, describe or drop the index of a workspace."""


@index.command(epilog=examples("canonry index build"))
@root_option
@cache_option
def build(root: Path | None, cache: Path | None) -> None:
    """Bring the index up to date with the files, as the server does by itself."""
    with open_workspace(root, cache) as workspace:
        started = time.monotonic()
        refresh(workspace)
        click.echo(f"{described(workspace)} in {time.monotonic() - started:.1f} s")


@index.command(epilog=examples("canonry index status"))
@root_option
@cache_option
def status(root: Path | None, cache: Path | None) -> None:
    """Say what is indexed, where, and which files are skipped and why. Indexes nothing."""
    from canonry.reports.paths import shown_path

    with open_workspace(root, cache) as workspace:
        state = workspace.status()
        click.echo(f"{described(workspace)}\nworkspace: {state.root}\nindex: {state.location}")
        left = left_out(workspace)
        if left.waiting:
            click.echo(f"not indexed yet: {left.waiting:,} files (`canonry index build` reads them)")
        for path, reason in [*left.skipped.items()][:SHOWN_SKIPPED]:
            click.echo(f"skipped: {shown_path(path, workspace.root)} {reason}")
        if len(left.skipped) > SHOWN_SKIPPED:
            click.echo(f"skipped: {len(left.skipped) - SHOWN_SKIPPED:,} more")


@index.command(epilog=examples("canonry index clear"))
@root_option
@cache_option
def clear(root: Path | None, cache: Path | None) -> None:
    """Drop the index. The next use builds it again."""
    with open_workspace(root, cache) as workspace:
        location = workspace.status().location
        workspace.clear_index()
        click.echo(f"cleared: {location}")


def described(workspace: Workspace) -> str:
    """What the index holds, in one line."""
    state = workspace.status()
    size = f"{state.size / 1_000_000:,.1f} MB"
    return f"{state.files:,} files, {state.definitions:,} definitions, {state.lines:,} lines, {size}"


@dataclass(frozen=True)
class LeftOut:
    """Files of a workspace that its index has not."""

    skipped: Mapping[Path, str]
    """For each file that is never read the reason, sorted by path."""
    waiting: int
    """How many will be read when the index is brought up to date."""


def left_out(workspace: Workspace) -> LeftOut:
    """What is not in the index, and why. Looks at the disk, reads no file but its beginning."""
    from canonry.index.discovery import discover

    found = discover(workspace.root, workspace.settings)
    skipped = {**{Path(one.path): one.reason for one in found.skipped}, **dict(workspace.status().skipped)}
    missing = {Path(one.path) for one in found.files} - set(workspace.files()) - set(skipped)
    generated = {path: "generated, by its first lines" for path in missing if _is_generated(path)}
    return LeftOut(dict(sorted({**skipped, **generated}.items())), len(missing) - len(generated))


def _is_generated(path: Path) -> bool:
    from canonry.index.generated import HEAD_SIZE, is_generated

    try:
        with path.open("rb") as file:
            return is_generated(file.read(HEAD_SIZE))
    except OSError:
        return False
