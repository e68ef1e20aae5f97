"""The language server: what is alive during a session with one client."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

from canonry import __version__
from canonry.lsp.analysis import Analysis
from canonry.lsp.buffers import Buffer, Buffers, FileTexts
from canonry.lsp.client import ClientProfile
from canonry.lsp.convert import Converter
from canonry.lsp.features import (
    code_actions,
    code_lens,
    completion,
    configuration,
    diagnostics,
    documents,
    existing,
    folders,
    hover,
    session,
    state,
    symbols,
    watching,
)
from canonry.lsp.folders import Folders, WorkspaceFactory, path_of
from canonry.lsp.lifetime import watch_process
from canonry.lsp.protocol import PATIENCE, CanonryProtocol
from canonry.lsp.timing import SLOW, Taken
from canonry.lsp.transport import Channel, ConnectionLostError, Writer

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence

    from pygls.server import ServerErrors

    from canonry.workspace import Workspace

logger = logging.getLogger(__name__)

_FEATURES = (
    session,
    documents,
    diagnostics,
    code_actions,
    hover,
    symbols,
    completion,
    configuration,
    folders,
    watching,
    existing,
    state,
    code_lens,
)


class CanonryServer(LanguageServer):
    """One client's session.

    `workspace_factory` makes the engine's workspace of a folder; it runs outside of the event loop.
    With `greeted`, the client has had its answer to `initialize` already.
    """

    protocol: CanonryProtocol

    def __init__(self, workspace_factory: WorkspaceFactory | None = None, *, greeted: bool = False) -> None:
        super().__init__("canonry", __version__, protocol_cls=CanonryProtocol)
        self.protocol.greeted = greeted
        self.client = ClientProfile()
        self.encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16
        self.buffers = Buffers()
        self.settings_files = Buffers()
        """Open settings files, which are followed for their texts alone."""
        self.files = FileTexts()
        self.folders = Folders(workspace_factory or _open_workspace)
        self.editor_settings: dict[str, object] = {}
        """The settings that the client gave at the start, for folders that have none of their own."""
        self.analysis = Analysis(
            self.buffers,
            self.folders,
            publish=lambda checked: diagnostics.publish(self, checked),
            withdraw=lambda uri: diagnostics.withdraw(self, uri),
            took=self.took,
        )
        self.protocol.took = self.took
        self._tasks: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._shown: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Future[int] | None = None
        self._closed = False
        for feature in _FEATURES:
            feature.register(self)

    @property
    def convert(self) -> Converter:
        """Conversions for this client."""
        return Converter(self.encoding, self.client, self.text_of, self.folders.uri_of, self.folders.shown)

    def text_of(self, path: Path) -> Sequence[str]:
        """The lines of a file as the client sees it: its open buffer, else the disk; none if unreadable."""
        buffer = self.open_document(path)
        return buffer.lines if buffer is not None else self.files.lines(path)

    def open_document(self, path: Path) -> Buffer | None:
        """The open document that the engine knows by `path`."""
        uri = self.folders.open_uri(path)
        if uri is not None:
            return self.buffers.get(uri)
        for buffer in self.settings_files:
            given = path_of(buffer.uri)
            if given is not None and any(inside == path for _, inside in self.folders.containing(given)):
                return buffer
        return None

    @property
    def idle(self) -> bool:
        """Whether all that was asked for so far has been done."""
        indexers = [folder.indexer for folder in self.folders.all if folder.indexer is not None]
        # An index that has just changed has put its checks in line before it rests.
        return (
            self._tasks <= {self._watch} and all(indexer.idle for indexer in indexers) and self.analysis.idle
        )

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run something beside the messages, in the event loop; its failure is logged."""

        def done(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if not task.cancelled() and (error := task.exception()) is not None:
                logger.error("Background work failed", exc_info=error)

        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(done)
        return task

    def in_loop(self, function: Callable[[], None]) -> None:
        """Call `function` in the event loop, from any thread; not at all once the session has ended."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(function)

    async def register_in_client(self, method: str, options: object) -> None:
        """Ask the client to send `method` as `options` say; a refusal is logged."""
        registration = types.Registration(f"canonry {method}", method, options)
        asked = self.client_register_capability_async(types.RegistrationParams([registration]))
        try:
            await asyncio.wait_for(asked, PATIENCE)
        except Exception as error:
            logger.warning("The client did not register %s: %s", method, str(error) or type(error).__name__)

    def show_once(self, message: str) -> None:
        """Show the user an error, the same one only once in a session."""
        if message not in self._shown:
            self._shown.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    def took(self, taken: Taken) -> None:
        """Log what was slow, and tell a client that traces the server how long everything takes."""
        if taken.seconds >= SLOW:
            logger.info("Slow: %s: %s", taken.summary(), taken.details())
        trace = self.protocol.trace
        if trace != types.TraceValue.Off:
            details = taken.details() if trace == types.TraceValue.Verbose else None
            self.log_trace(types.LogTraceParams(taken.summary(), details))

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Log what pygls caught; errors of requests it has logged and answered already."""
        if source is FeatureRequestError:
            return
        logger.error("A message could not be handled", exc_info=sys.exc_info()[1] or error)

    async def serve(self, channel: Channel, messages: Iterable[bytes]) -> int:
        """Handle a client's messages and answer over `channel` until it leaves; the process's exit code."""
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        self.protocol.set_writer(Writer(channel, on_broken=lambda: self.in_loop(lambda: self.end(1))))
        threading.Thread(target=self._read, args=(messages,), name="reader", daemon=True).start()
        self.analysis.start()
        return await self._ended

    def end(self, code: int) -> None:
        """End the session; the first call's exit code counts."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(code)

    def watch_client(self, pid: int) -> None:
        """End the session when the client's process does."""

        def gone() -> None:
            logger.warning("The client's process %d is gone", pid)
            self.end(1)

        self._watch = self.spawn(watch_process(pid, gone))

    def close(self) -> None:
        """End all threads and processes of the session, once. Blocks until they are gone."""
        if self._closed:
            return
        self._closed = True
        self.analysis.stop()
        folders = self.folders.all
        for folder in folders:
            if folder.indexer is not None:
                folder.indexer.stop()
        self.analysis.join()
        for folder in folders:
            try:
                folder.close()
            except Exception:
                logger.exception("%s could not be closed", folder.root)

    def _read(self, messages: Iterable[bytes]) -> None:
        try:
            for body in messages:
                self.in_loop(lambda body=body: self._receive(body))  # type: ignore[misc]
        except ConnectionLostError as error:
            logger.error("The connection to the client ends: %s", error)
        except OSError as error:
            logger.warning("The connection to the client broke: %s", error)
        self.in_loop(lambda: self.end(1))

    def _receive(self, body: bytes) -> None:
        try:
            self.protocol.receive(body)
        except SystemExit as exit:  # how pygls carries out `exit`
            self.end(exit.code if isinstance(exit.code, int) else 1)


def _open_workspace(root: Path) -> Workspace:
    # The engine takes longer to import than the protocol; `initialize` is answered before.
    from canonry.workspace import Workspace

    return Workspace(root)
