"""initialize, initialized, shutdown: what the two sides tell each other at the ends of a session."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder

from canonry.lsp.client import profile_of
from canonry.lsp.features import configuration, diagnostics, folders, settings_documents, watching

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.SHUTDOWN)(shutdown)


def initialize(ls: CanonryServer, params: types.InitializeParams) -> None:
    """Take note of the client and its folders; no work on them yet, so that the answer goes out at once."""
    ls.client = profile_of(params.capabilities)
    ls.protocol.trace = params.trace or types.TraceValue.Off
    ls.encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
    if ls.client.pulls_diagnostics:
        diagnostics.register_pull(ls)
    configuration.take_initial(ls, params.initialization_options)
    folders.take_initial(ls, params)
    if params.process_id is not None:
        ls.watch_client(params.process_id)


def initialized(ls: CanonryServer, params: types.InitializedParams) -> None:
    """Begin: register what the client wants registered, get its settings, index its folders."""
    ls.spawn(_begin(ls))


async def _begin(ls: CanonryServer) -> None:
    await asyncio.gather(
        watching.register_watchers(ls), configuration.follow_client(ls), settings_documents.ask_for(ls)
    )
    for folder in ls.folders.all:
        folders.start(ls, folder)


async def shutdown(ls: CanonryServer, params: None) -> None:
    """End all work; what comes after is `exit` alone."""
    await asyncio.to_thread(ls.close)
