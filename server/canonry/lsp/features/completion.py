"""Completion: existing definitions while a name after `def` or `class` is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.lsp.analysis import Cancelled, Subject
from canonry.lsp.convert import from_client

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    # The space after `def`: the list can be there before the name's first letter.
    options = types.CompletionOptions(trigger_characters=[" "])
    server.feature(types.TEXT_DOCUMENT_COMPLETION, options)(completion)


async def completion(ls: CanonryServer, params: types.CompletionParams) -> types.CompletionList | None:
    """The definitions that may be meant, asked anew with each letter; None at all other places."""

    def work(subject: Subject, cancelled: Cancelled) -> list[types.CompletionItem]:
        lines = subject.buffer.lines
        found = subject.workspace.complete(subject.path, from_client(lines, params.position, ls.encoding))
        return [ls.convert.completion(one, lines) for one in found]

    items = await ls.analysis.ask(params.text_document.uri, work)
    return types.CompletionList(is_incomplete=True, items=items) if items else None
