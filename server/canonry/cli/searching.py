"""The command that looks for definitions like one at a place, a name or a description."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canonry.cli.opening import Failure, open_workspace, refresh
from canonry.cli.options import cache_option, examples, root_option
from canonry.cli.output import print_bytes, print_text

if TYPE_CHECKING:
    from canonry.model import Match
    from canonry.workspace import Workspace


@click.command(
    short_help="List definitions like another one.",
    epilog=examples("""
        canonry similar src/app/money.py:42
        canonry similar --name parse_timestamp
        canonry similar --text "retry a call with growing pauses" --explain
    """),
)
@click.argument("place", metavar="[FILE:LINE]", required=False)
@click.option("--name", help="Definitions whose name means what this name means.")
@click.option("--text", help="Definitions that this description fits.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, help="At most so many. Default: 10.")
@click.option("--explain", is_flag=True, help="Say of each why it is like that, and what weighs how much.")
@root_option
@cache_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report. Default: text.",
)
def similar(
    place: str | None,
    name: str | None,
    text: str | None,
    limit: int,
    explain: bool,
    root: Path | None,
    cache: Path | None,
    form: str,
) -> None:
    """List the definitions of the workspace that are most like another, a name, or a description.

    Exits with 0 whether or not there are any, 2 if the search could not run.
    """
    if sum(given is not None for given in (place, name, text)) != 1:
        raise click.UsageError("Give one of FILE:LINE, --name and --text.")
    path, line = _place(place) if place is not None else (None, 0)
    with open_workspace(root, cache, [path] if path is not None else []) as workspace:
        refresh(workspace)
        query, matches = _similar(workspace, path, line, name or "", text, limit)
        _report_matches(query, matches, workspace, form, explain=explain)


def _place(text: str) -> tuple[Path, int]:
    """The file and the zero-based line of FILE:LINE; a column behind them is let be."""
    name, colon, line = text.rpartition(":")
    further, second, earlier = name.rpartition(":")
    if second and earlier.isdecimal() and line.isdecimal() and not Path(name).exists():
        name, line = further, earlier
    if not colon or not line.isdecimal() or int(line) < 1:
        raise click.UsageError(f"{text}: give a file and a line, as in src/app.py:42.")
    path = Path(name)
    if not path.is_file():
        raise click.UsageError(f"{name} is not a file.")
    return path.resolve(), int(line) - 1


def _similar(
    workspace: Workspace, path: Path | None, line: int, name: str, text: str | None, limit: int
) -> tuple[str, Sequence[Match]]:
    if path is None:
        if text is None:
            return name, workspace.similar_name(name, limit)
        return text, workspace.similar_text(text, limit)
    try:
        symbol, matches = workspace.similar_at(path, line, limit)
    except (LookupError, OSError, ValueError) as error:
        raise Failure(str(error.args[0] if isinstance(error, LookupError) else error)) from error
    return symbol.qualified_name, matches


def _report_matches(
    query: str, matches: Sequence[Match], workspace: Workspace, form: str, *, explain: bool
) -> None:
    if form == "json":
        from canonry.reports.json import matches_json

        print_bytes(matches_json(query, matches, workspace.root).encode())
    else:
        from canonry.reports.text import matches_text

        print_text(matches_text(query, matches, workspace.root, explain=explain))
