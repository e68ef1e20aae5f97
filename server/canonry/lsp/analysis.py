"""The one thread in which the engine reads what is typed.

Invariants: a document has at most one check waiting, which reads the newest text when it
starts, so no version is checked that nobody waits for; a newer version ends the running check
of an older one; findings are published only for the version that is the newest then; requests
come before checks, and what they ask about is the newest text. What is said of one document may
depend on the text of another: once typing rests, all are checked again, with nothing kept of before.
Such a check gives way to every key and goes on where it was, so that it comes to an end beside typing too.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from canonry.lsp.buffers import Buffer, Buffers
from canonry.lsp.folders import Folder, Folders
from canonry.lsp.timing import Taken, current

if TYPE_CHECKING:
    from canonry.model import Finding
    from canonry.workspace import Workspace

logger = logging.getLogger(__name__)

REST = 1.0
"""Seconds without a change after which all open documents are checked again, from nothing."""

T = TypeVar("T")

Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Subject:
    """A document as the engine has it at this moment; `buffer` is its newest text."""

    buffer: Buffer
    folder: Folder
    workspace: Workspace
    path: Path


@dataclass(frozen=True)
class Checked:
    """The findings of one version of a document."""

    subject: Subject
    findings: tuple[Finding, ...]


class _Request(Generic[T]):
    """Something that someone waits for; whoever stops waiting sets `dropped`."""

    def __init__(self, work: Callable[[Cancelled], T]) -> None:
        self._work = work
        self.answer: Future[T] = Future()
        self.dropped = False
        self._taken = current.get()

    def run(self, stopped: Cancelled) -> None:
        if not self.answer.set_running_or_notify_cancel():
            return
        taken = self._taken or Taken("")
        taken.waited()
        try:
            with taken.phase("worked"):
                result = self._work(lambda: self.dropped or stopped())
            self.answer.set_result(result)
        except BaseException as error:
            self.answer.set_exception(error)


class Analysis:
    """Owns the thread.

    `publish` is called in it with the findings of a version that is the newest, `withdraw` with
    the URI of a document that is open no more, `took` with each check that was published.
    """

    def __init__(
        self,
        buffers: Buffers,
        folders: Folders,
        publish: Callable[[Checked], None],
        withdraw: Callable[[str], None],
        took: Callable[[Taken], None] = lambda taken: None,
    ) -> None:
        self._buffers = buffers
        self._folders = folders
        self._publish = publish
        self._withdraw = withdraw
        self._took = took
        self._waiting_since: dict[str, Taken] = {}
        self._wake = threading.Condition()
        self._requests: deque[_Request[Any]] = deque()
        self._typed: dict[str, None] = {}
        self._others: dict[str, bool] = {}
        """Whether each is to be published even where nothing is different."""
        self._busy = False
        self._stopped = False
        self._changes = 0
        self._rested_at = 0
        # Of the thread alone: what the workspaces were told, and the newest findings.
        self._told: dict[str, Subject] = {}
        self._checked: dict[str, Checked] = {}
        self._published: dict[str, Checked] = {}
        self._begun: set[str] = set()
        """Checks beside those that are typed that have given way; what they had found is kept for them."""
        self._thread = threading.Thread(target=self._run, name="analysis", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after what it is at, which is cancelled. Nothing is published from then on."""
        with self._wake:
            self._stopped = True
            waiting, self._requests = self._requests, deque()
            self._wake.notify()
        for request in waiting:
            request.answer.cancel()

    def join(self) -> None:
        """Wait until the stopped thread has ended."""
        if self._thread.is_alive():
            self._thread.join()

    @property
    def idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        with self._wake:
            return not (self._busy or self._requests or self._typed or self._others)

    def check_soon(self, uri: str) -> None:
        """Check a document whose text has changed, before all others."""
        with self._wake:
            self._changes += 1
            self._others.pop(uri, None)
            self._typed[uri] = None
            self._waiting_since[uri] = Taken("check")
            self._wake.notify()

    def check_beside_soon(self) -> None:
        """Check the other documents once typing rests, since one was closed."""
        with self._wake:
            self._changes += 1
            self._wake.notify()

    def check_all_soon(self) -> None:
        """Check all open documents, since what they are compared with has changed."""
        with self._wake:
            for buffer in self._buffers:
                if buffer.uri not in self._typed:
                    self._others[buffer.uri] = True
            self._wake.notify()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run `work` in the thread, after the requests before it and before all checks.

        An exception is logged; nobody need look at the future.
        """
        answer = self._enqueue(_Request(lambda cancelled: work())).answer
        answer.add_done_callback(_log_failure)
        return answer

    def follow(self, uri: str) -> None:
        """Tell the workspaces of a document that is new, was changed or closed, or belongs elsewhere now."""
        self.submit(lambda: self._follow(uri))

    async def ask(self, uri: str, work: Callable[[Subject, Cancelled], T]) -> T | None:
        """What `work` says of a document's newest text; None where the document is not followed.

        `work` runs in the thread; the event loop goes on meanwhile. When the asking task is
        cancelled, the callback that `work` is given turns true.
        """

        def with_subject(cancelled: Cancelled) -> T | None:
            subject = self._follow(uri)
            return None if subject is None else work(subject, cancelled)

        request = self._enqueue(_Request(with_subject))
        try:
            return await asyncio.wrap_future(request.answer)
        except asyncio.CancelledError:
            request.dropped = True
            raise

    def findings(self, subject: Subject, cancelled: Cancelled) -> tuple[Finding, ...]:
        """The findings of a subject, from its check or a new one. In the thread only."""
        checked = self._checked.get(subject.buffer.uri)
        if checked is None or checked.subject != subject:
            checked = self._check(subject, cancelled)
        return checked.findings

    def check(self, subject: Subject, cancelled: Cancelled) -> tuple[Finding, ...]:
        """The findings of a subject against the index as it is now. In the thread only."""
        return self._check(subject, cancelled).findings

    def _check(self, subject: Subject, cancelled: Cancelled, taken: Taken | None = None) -> Checked:
        rules: dict[str, float] = {}
        checked = Checked(subject, subject.workspace.check(subject.path, cancelled, rules))
        if taken is not None:
            taken.what, taken.rules = f"check of {subject.path.name} version {subject.buffer.version}", rules
        self._checked[subject.buffer.uri] = checked
        return checked

    def _enqueue(self, request: _Request[T]) -> _Request[T]:
        with self._wake:
            if self._stopped:
                request.answer.cancel()
            else:
                self._requests.append(request)
                self._wake.notify()
        return request

    def _run(self) -> None:
        while True:
            with self._wake:
                self._busy = False
                rest = REST if self._changes != self._rested_at else None
                if not self._wake.wait_for(self._has_work, rest):
                    self._rested_at = self._changes
                    self._begun.clear()
                    for buffer in self._buffers:
                        self._others.setdefault(buffer.uri, False)
                    continue
                if self._stopped:
                    return
                request = self._requests.popleft() if self._requests else None
                uri, beside, anyway = None, False, True
                if request is None:
                    beside = not self._typed
                    uri = next(iter(self._others if beside else self._typed))
                    if beside:
                        anyway = self._others.pop(uri)
                    else:
                        del self._typed[uri]
                self._busy = True
            if request is not None:
                request.run(lambda: self._stopped)
            elif uri is not None and not self._check_and_publish(uri, beside, anyway):
                with self._wake:
                    if uri not in self._typed:
                        self._others[uri] = anyway

    def _has_work(self) -> bool:
        return bool(self._stopped or self._requests or self._typed or self._others)

    def _check_and_publish(self, uri: str, beside: bool, anyway: bool) -> bool:
        """Checks a document; False where one that is `beside` those that are typed has given way to them.

        Unless it is published `anyway`, nothing is where the findings are those that were.
        """
        from canonry.workspace import CheckCancelled

        subject = None
        taken = self._waiting_since.pop(uri, None) or Taken("check")
        taken.waited()
        try:
            with taken.phase("read"):
                subject = self._follow(uri)
            if subject is None:
                return True
            buffer = subject.buffer

            def outdated() -> bool:
                return self._stopped or self._buffers.get(uri) is not buffer

            def waits() -> bool:
                return beside and bool(self._typed)

            if beside and uri not in self._begun:
                subject.workspace.forget(subject.path)
                self._begun.add(uri)
            with taken.phase("checked"):
                checked = self._check(subject, lambda: outdated() or waits(), taken)
            self._begun.discard(uri)
            if not outdated() and (anyway or checked != self._published.get(uri)):
                with taken.phase("sent"):
                    self._publish_now(checked)
                taken.end()
                self._took(taken)
        except CheckCancelled:
            return outdated()  # the version that cancelled it has its own check waiting
        except Exception:
            logger.exception("The check of %s failed", uri)
            if subject is not None:
                # What is shown belongs to an older text; nothing is said of this one.
                self._publish_now(Checked(subject, ()))
        return True

    def _publish_now(self, checked: Checked) -> None:
        self._published[checked.subject.buffer.uri] = checked
        self._publish(checked)

    def _follow(self, uri: str) -> Subject | None:
        """Bring what the workspaces know of a document up to its newest text; None if it has no place."""
        buffer, place = self._buffers.get(uri), self._folders.place(uri)
        told = self._told.get(uri)
        workspace = place.folder.workspace() if place is not None else None
        if told is not None and (
            buffer is None or place is None or told.workspace is not workspace or told.path != place.path
        ):
            del self._told[uri]
            self._checked.pop(uri, None)
            self._published.pop(uri, None)
            told.workspace.close_buffer(told.path)
            told = None
            if workspace is None or buffer is None:
                self._withdraw(uri)
        if buffer is None or place is None or workspace is None:
            return None
        if told is not None and told.buffer is buffer:
            return told
        change = workspace.open if told is None else workspace.update
        change(place.path, buffer.text, buffer.version)
        subject = self._told[uri] = Subject(buffer, place.folder, workspace, place.path)
        return subject


def _log_failure(done: Future[Any]) -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        logger.error("Work on the workspace failed", exc_info=error)
