"""Work-done progress: how far indexing is, shown by the client, cancelled by its user."""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer
    from canonry.model import Progress

_INTERVAL = 0.1
"""Seconds between two reports: nobody reads faster, and each one is work for the client."""


class WorkDone:
    """One progress of the client's; nothing is shown where it has none, and the work goes on.

    The work begins without waiting for the client's consent; what was reported before it is
    shown with it.
    """

    def __init__(self, server: CanonryServer, title: str) -> None:
        self._progress = server.work_done_progress
        self._title = title
        self._token = f"canonry-{uuid.uuid4()}"
        self._lock = threading.Lock()
        self._shown = False
        self._latest: Progress | None = None
        self._ending: str | None = None
        self._reported = 0.0
        self._cancel: Future[None] = Future()
        if server.client.progress:
            # `window/workDoneProgress/cancel` cancels the future that stands here.
            self._progress.tokens[self._token] = self._cancel
            asked = server.protocol.send_request(
                types.WINDOW_WORK_DONE_PROGRESS_CREATE, types.WorkDoneProgressCreateParams(self._token)
            )
            asked.add_done_callback(self._begin)

    def report(self, progress: Progress) -> None:
        """Show how far the work is."""
        with self._lock:
            self._latest = progress
            now = time.monotonic()
            if not self._shown or now - self._reported < _INTERVAL:
                return
            self._reported = now
            self._progress.report(
                self._token,
                types.WorkDoneProgressReport(message=_words(progress), percentage=_percentage(progress)),
            )

    def cancelled(self) -> bool:
        """Whether the user has asked to stop."""
        return self._cancel.cancelled()

    def end(self, message: str) -> None:
        """Show that the work is over."""
        with self._lock:
            self._ending = message
            if self._shown:
                self._end()

    def _begin(self, answer: Future[None]) -> None:
        if answer.cancelled() or answer.exception() is not None:
            return  # the client does not want to show it
        with self._lock:
            self._shown = True
            latest = self._latest
            self._progress.begin(
                self._token,
                types.WorkDoneProgressBegin(
                    title=self._title,
                    cancellable=True,
                    message=_words(latest) if latest is not None else None,
                    percentage=_percentage(latest) if latest is not None else 0,
                ),
            )
            if self._ending is not None:
                self._end()

    def _end(self) -> None:
        self._shown = False
        self._progress.end(self._token, types.WorkDoneProgressEnd(message=self._ending))
        self._progress.tokens.pop(self._token, None)


def _words(progress: Progress) -> str:
    counts = f"{progress.done:,}/{progress.total:,}" if progress.total else f"{progress.done:,}"
    return f"{counts} {progress.message}".rstrip()


def _percentage(progress: Progress) -> int:
    return min(100, 100 * progress.done // progress.total) if progress.total > 0 else 0
