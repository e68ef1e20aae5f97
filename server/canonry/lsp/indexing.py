"""Keeps one folder's index up to date with the disk, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from canonry.lsp.folders import Folder
    from canonry.model import Progress
    from canonry.workspace import Workspace

logger = logging.getLogger(__name__)

REST = 10.0
"""Seconds without a change on disk after which what has changed is compiled, in a process of its own."""

_one_at_a_time = threading.Semaphore()
"""Held while a folder is read as a whole: two at once would only take each other's processor."""


class Reporter(Protocol):
    """Shows a user how far something is, and knows whether the user wants it to go on."""

    def report(self, progress: Progress) -> None:
        """Show how far it is."""

    def cancelled(self) -> bool:
        """Whether the user has asked to stop."""

    def end(self, message: str) -> None:
        """Show that it is over."""


class Indexer:
    """The thread and what waits for it: one refresh at most, and the files that have changed.

    `on_change` is called in the thread after the index has changed, `on_failure` with words for
    the user when a refresh fails.
    """

    def __init__(
        self,
        folder: Folder,
        reporter: Callable[[str], Reporter],
        on_change: Callable[[], None],
        on_failure: Callable[[str], None],
    ) -> None:
        self._folder = folder
        self._reporter = reporter
        self._on_change = on_change
        self._on_failure = on_failure
        self._wake = threading.Condition()
        self._refresh = False
        self._paths: set[Path] = set()
        self._stopped = threading.Event()
        self._busy = False
        self._settled = True
        self._thread: threading.Thread | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        with self._wake:
            return not (self._busy or self._refresh or self._paths)

    def refresh_soon(self) -> None:
        """Compare the whole index with the disk."""
        with self._wake:
            self._refresh = True
            self._ensure_running()

    def changed(self, paths: Iterable[Path]) -> None:
        """Read files anew that were created, changed or deleted."""
        with self._wake:
            self._paths.update(paths)
            self._ensure_running()

    def stop(self) -> None:
        """Cancel what runs and end the thread soon."""
        with self._wake:
            self._stopped.set()
            self._wake.notify()

    def join(self) -> None:
        """Wait until the stopped thread has ended."""
        if self._thread is not None:
            self._thread.join()

    def _ensure_running(self) -> None:
        if self._thread is None and not self._stopped.is_set():
            name = f"index {self._folder.root.name}"
            self._thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._thread.start()
        self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._busy = False
                self._wake.wait_for(
                    lambda: self._stopped.is_set() or self._refresh or self._paths,
                    None if self._settled else REST,
                )
                if self._stopped.is_set():
                    return
                refresh, self._refresh = self._refresh, False
                paths, self._paths = self._paths, set()
                self._busy = True
            # A refresh sees the changed files too.
            work = self._refresh_now if refresh else partial(self._read, paths) if paths else self._settle
            changed = work()
            self._settled = not (refresh or paths)
            if changed and not self._stopped.is_set():
                self._on_change()

    def _refresh_now(self) -> bool:
        root = self._folder.root
        with _one_at_a_time:
            if self._stopped.is_set():
                return False
            reporter = self._reporter(f"Indexing {root.name}")
            ending = "failed"
            try:
                workspace = self._folder.workspace()
                if workspace is None:
                    self._on_failure(f"Canonry could not open {root}; its log says why.")
                    return False
                status = workspace.refresh(
                    reporter.report, lambda: self._stopped.is_set() or reporter.cancelled()
                )
                ending = f"{status.files:,} files, {status.definitions:,} definitions"
                if status.problem:
                    logger.warning("%s", status.problem)
                if reporter.cancelled():
                    logger.warning("Indexing %s was cancelled; what was read so far is used", root)
                    ending = "cancelled"
            except Exception as error:
                logger.exception("Indexing %s failed", root)
                self._on_failure(
                    f"Canonry could not index {root}: {str(error) or type(error).__name__}. "
                    "Definitions of other files may be missing until it is restarted."
                )
            finally:
                reporter.end(ending)
        return True

    def _read(self, paths: set[Path]) -> bool:
        return self._guarded("Reading changed files", lambda workspace: workspace.files_changed(paths))

    def _settle(self) -> bool:
        return self._guarded("Compiling the index", lambda workspace: workspace.settle())

    def _guarded(self, what: str, work: Callable[[Workspace], bool]) -> bool:
        try:
            workspace = self._folder.workspace()
            return workspace is not None and work(workspace)
        except Exception:
            logger.exception("%s of %s failed", what, self._folder.root)
            return False
