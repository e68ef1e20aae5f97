"""Code actions that only look: compare with the existing one, show what is like a definition.

They run commands of this project's own client, so no other client is offered them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from canonry.lsp.analysis import Subject
from canonry.model import Action, ActionKind, Position, Range

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

SHOW_SIMILAR, COMPARE = "canonry.showSimilar", "canonry.compare"
_LEAST_PROBABILITY = 0.3
"""Below the threshold of findings, and worth an entry in a menu that someone has opened."""


def actions(
    ls: CanonryServer, subject: Subject, range: Range, offered: Sequence[Action]
) -> list[types.CodeAction]:
    """Compare, where something is offered; else what is like the definition whose header is in the range."""
    best = next((one for one in offered if one.kind is ActionKind.OPEN_EXISTING), None)
    if best is not None:
        at = Position(best.line, 0)
        name = best.target.rpartition(".")[2]
        return [_run(ls, subject, COMPARE, f"Compare with existing {name}", at, best.target)]
    if offered:
        return []
    here = [
        one
        for one in subject.workspace.definitions(subject.path)
        if range.start.line == one.name_range.start.line
    ]
    if not here:
        return []
    symbol, matches = subject.workspace.similar_at(subject.path, range.start.line, limit=1)
    if not matches or matches[0].probability < _LEAST_PROBABILITY:
        return []
    match = matches[0]
    percent = f"{match.probability:.0%}".replace("%", " %")
    title = f"Show what is like {symbol.name}: {match.symbol.name} ({percent})"
    return [_run(ls, subject, SHOW_SIMILAR, title, symbol.name_range.start)]


def _run(
    ls: CanonryServer, subject: Subject, command: str, title: str, at: Position, target: str = ""
) -> types.CodeAction:
    place = ls.convert.range(subject.path, Range(at, at)).start
    argument: dict[str, Any] = {"uri": subject.buffer.uri, "line": place.line, "character": place.character}
    if target:
        argument["target"] = target
    kind = types.CodeActionKind.QuickFix if target else types.CodeActionKind.Refactor
    return types.CodeAction(title, kind=kind, command=types.Command(title, command, arguments=[argument]))
