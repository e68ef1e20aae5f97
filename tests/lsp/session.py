"""A client and a server of one process, connected by a socket, and a workspace in memory behind them.

The client is pytest-lsp's, with the checks of the protocol that it brings; the server runs its
event loop in a thread of its own, as it would in its own process.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Union

from canonry.lsp.language_server import CanonryServer
from canonry.lsp.transport import Channel, frames
from cattrs import Converter
from lsprotocol import types
from pygls.io_ import run_async
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features

from .fake_workspace import FakeWorkspace

PATIENCE = 20.0
"""Seconds after which something that should happen never will; no test is about how soon it does."""


@dataclass
class Session:
    """What a test talks to."""

    client: LanguageClient
    server: CanonryServer
    root: Path
    workspaces: dict[Path, FakeWorkspace]
    published: list[types.PublishDiagnosticsParams] = field(default_factory=list)
    registered: list[types.Registration] = field(default_factory=list)
    result: types.InitializeResult | None = None
    exit_code: list[int] = field(default_factory=list)

    @property
    def workspace(self) -> FakeWorkspace:
        return self.workspaces[self.root]

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str, version: int = 1, language: str = "python") -> str:
        uri = name if ":" in name else self.uri(name)
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, version, text))
        )
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def type(self, uri: str, version: int, line: int, column: int, text: str) -> None:
        at = types.Position(line, column)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=uri),
                [types.TextDocumentContentChangePartial(range=types.Range(at, at), text=text)],
            )
        )

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        )

    def of(self, uri: str) -> list[types.PublishDiagnosticsParams]:
        return [one for one in self.published if one.uri == uri]

    def shown(self, uri: str) -> list[str]:
        """The messages that a user sees for a document now."""
        sent = self.of(uri)
        return [one.message for one in sent[-1].diagnostics] if sent else []

    async def diagnostics(self, uri: str, version: int) -> list[types.Diagnostic]:
        """The diagnostics of a version, once they are there."""
        await until(lambda: any(one.version == version for one in self.of(uri)))
        return list(next(one for one in reversed(self.of(uri)) if one.version == version).diagnostics)

    async def actions(
        self, uri: str, line: int, column: int = 0, **context: object
    ) -> list[types.CodeAction]:
        at = types.Position(line, column)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri),
                types.Range(at, at),
                types.CodeActionContext(diagnostics=[], **context),  # type: ignore[arg-type]
            )
        )
        return list(found or ())  # type: ignore[arg-type]

    async def hover_done(self, uri: str) -> None:
        """Once the analysis has come to what was sent of a document before."""
        await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
        )

    async def settled(self) -> None:
        """Once everything that was sent has been handled: each folder indexed, each document checked."""
        # An answer comes after all that was sent before its request.
        await self.client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
        await until(lambda: all(workspace.called("refresh") for workspace in self.workspaces.values()))
        await until(lambda: self.server.idle)


def converter() -> Converter:
    """How the client reads messages; lsprotocol takes a code action with a command for a command."""
    found = default_converter()

    def menu_entry(value: dict, _: object) -> types.Command | types.CodeAction:
        kind = types.Command if isinstance(value.get("command"), str) else types.CodeAction
        return found.structure(value, kind)

    found.register_structure_hook(Union[types.Command, types.CodeAction], menu_entry)  # noqa: UP007 - its spelling
    return found


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so. Fails where it never becomes so."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.002)


def capabilities(profile: str = "visual-studio-code", *, pull: bool = False) -> types.ClientCapabilities:
    """Those of a real editor; it pulls diagnostics only where the test is about that."""
    found = client_capabilities(profile)
    assert found.text_document is not None
    assert found.workspace is not None
    found.text_document.diagnostic = types.DiagnosticClientCapabilities() if pull else None
    found.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=pull)
    return found


@asynccontextmanager
async def session(
    root: Path,
    declared: types.ClientCapabilities | None = None,
    *,
    folders: list[Path] | None = None,
    options: object = None,
    prepare: Callable[[FakeWorkspace], None] = lambda workspace: None,
    configuration: Mapping[str, object] | None = None,
    initialize: bool = True,
) -> AsyncIterator[Session]:
    """A session with the folder `root`, or with `folders`; `prepare` is called with each new workspace."""
    workspaces: dict[Path, FakeWorkspace] = {}

    def factory(folder: Path) -> FakeWorkspace:
        workspace = FakeWorkspace(folder)
        prepare(workspace)
        workspaces[folder] = workspace
        return workspace

    theirs, ours = socket.socketpair()
    server = CanonryServer(factory)  # type: ignore[arg-type]
    code: list[int] = []
    channel = Channel(ours.recv, ours.sendall, ours.close)
    thread = threading.Thread(
        target=lambda: code.append(asyncio.run(server.serve(channel, frames(channel)))), daemon=True
    )
    thread.start()

    client = LanguageClient(converter_factory=converter)
    register_lsp_features(client)
    talk = Session(client, server, root, workspaces, exit_code=code)
    client.set_configuration({"": None, "canonry": configuration})
    client.protocol.fm.features.pop(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: talk.published.append(params))
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(
        lambda params: talk.registered.extend(params.registrations)
    )
    reader, writer = await asyncio.open_connection(sock=theirs)
    client.protocol.set_writer(writer)  # type: ignore[arg-type]
    stop = threading.Event()
    reading = asyncio.create_task(run_async(stop, reader, client.protocol))
    try:
        if initialize:
            names = [root] if folders is None else folders
            talk.result = await client.initialize_session(
                types.InitializeParams(
                    capabilities=declared or capabilities(),
                    workspace_folders=[types.WorkspaceFolder(name.as_uri(), name.name) for name in names],
                    initialization_options=options,  # type: ignore[arg-type]
                )
            )
        yield talk
    finally:
        for workspace in workspaces.values():
            workspace.gate.set()
            workspace.index_gate.set()
        writer.close()
        await asyncio.to_thread(thread.join, PATIENCE)
        await asyncio.to_thread(server.close)
        reading.cancel()
        ours.close()
        assert not thread.is_alive()
