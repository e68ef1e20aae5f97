"""Hover: what is known of the definition, or of the finding, under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.lsp.analysis import Cancelled, Subject
from canonry.lsp.convert import from_client

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)


async def hover(ls: CanonryServer, params: types.HoverParams) -> types.Hover | None:
    """The text to show at a position, None where there is nothing to say."""

    def work(subject: Subject, cancelled: Cancelled) -> types.Hover | None:
        lines = subject.buffer.lines
        found = subject.workspace.hover(subject.path, from_client(lines, params.position, ls.encoding))
        return ls.convert.hover(found, lines) if found is not None else None

    return await ls.analysis.ask(params.text_document.uri, work)
