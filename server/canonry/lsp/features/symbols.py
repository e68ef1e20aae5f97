"""Workspace symbols: a search over all definitions of all folders."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

_LIMIT = 100
"""More than anyone reads in a list that narrows as one types."""


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.WORKSPACE_SYMBOL)(workspace_symbol)


async def workspace_symbol(
    ls: CanonryServer, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol]:
    """The best answers of each folder, best first, folder by folder in turn."""
    return await asyncio.to_thread(_search, ls, params.query)


def _search(ls: CanonryServer, query: str) -> list[types.WorkspaceSymbol]:
    found = ls.folders.answers(lambda workspace: workspace.search(query, _LIMIT))
    return [ls.convert.symbol(symbol) for symbol in islice(found, _LIMIT)]
