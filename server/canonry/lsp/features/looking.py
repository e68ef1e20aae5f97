"""What is like a definition of which nothing is said: a code action that only looks.

It runs a command of this project's own client, so no other client is offered it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.lsp.analysis import Subject
from canonry.model import Range

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

SHOW_SIMILAR = "canonry.showSimilar"
_LEAST_PROBABILITY = 0.3
"""Below the threshold of findings, and worth an entry in a menu that someone has opened."""


def actions(ls: CanonryServer, subject: Subject, range: Range) -> list[types.CodeAction]:
    """What is like the definition on whose name's line the range begins."""
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
    start = symbol.name_range.start
    place = ls.convert.range(subject.path, Range(start, start)).start
    argument = {"uri": subject.buffer.uri, "line": place.line, "character": place.character}
    command = types.Command(title, SHOW_SIMILAR, arguments=[argument])
    return [types.CodeAction(title, kind=types.CodeActionKind.Refactor, command=command)]
