"""The findings of many indexed files: screened together, checked in worker processes.

A file is judged with what the index has of it already. The result does not depend on the number of workers:
each file's findings depend on the snapshot alone, which the workers share through the index on disk, and
a batch that a worker cannot do is done here.
"""

from __future__ import annotations

import pickle
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from canonry.config import Accepted, Settings
from canonry.index.live import LiveIndex, is_test_path
from canonry.index.pool import end_process, start_process
from canonry.index.snapshot import Snapshot
from canonry.index.store import content_digest
from canonry.index.worker import read_message, write_message
from canonry.match import Screen
from canonry.model import Finding, Fix, Progress, Refusal
from canonry.syntax import read_source, tree_of
from canonry.workspace.buffers import Document

if TYPE_CHECKING:
    from canonry.workspace.check import Checker

BATCH_DEFINITIONS = 500
"""Enough to screen together, few enough to share the work evenly."""
INLINE_BATCHES = 6
"""So few are checked in this process: starting a worker takes half a second."""
BATCH_SECONDS = 300.0
"""A batch takes about a second; a worker that takes longer than this hangs."""


@dataclass(frozen=True, slots=True)
class Used:
    """The entries of the settings that have taken back findings."""

    accepted: frozenset[Accepted] = frozenset()
    ignores: frozenset[tuple[str, str]] = frozenset()
    """Of `per-file-ignores`: a glob, and what it names."""


NOTHING_USED = Used()


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's findings."""

    path: str
    findings: tuple[Finding, ...]
    as_indexed: bool = True
    """Whether the file still was what the index has of it."""
    used: Used = NOTHING_USED


def used_by(checked: Iterable[Checked]) -> Used:
    """What has been of use in any of some files."""
    every = [one.used for one in checked]
    return Used(
        frozenset().union(*(one.accepted for one in every)),
        frozenset().union(*(one.ignores for one in every)),
    )


class StaleFacts(Exception):
    """A file is no longer what the index has of it."""


@dataclass(frozen=True)
class Opening:
    """What a worker process needs to have the same workspace."""

    root: Path
    folder: Path
    """Of the index files."""
    settings: Settings
    fingerprint: str
    """Of the index's contents: a worker that sees others has nothing to say."""


def check_indexed(
    index: LiveIndex,
    paths: Sequence[str],
    passing: Mapping[str, frozenset[int]],
    checker: Callable[[Document, frozenset[int]], Checker],
    check: Callable[[Path], tuple[Finding, ...]],
) -> Iterator[Checked]:
    """The findings of indexed files (relative paths), in their order.

    `passing` are the definitions that may have a match, in the files that have any. `checker` gives the judge
    of a document of which some definitions may have one; `check` checks a file as it is on disk, for those
    that have changed since they were indexed.
    """
    snapshot = index.snapshot
    for path in paths:
        facts = snapshot.facts(path)
        try:
            if facts is None:
                raise StaleFacts(path)
            absolute = index.root / path
            text = _text(absolute, index.digest(path))
            tree = tree_of(text, facts, is_test_path(path, index.settings))
            document = Document(absolute, path, text, None, tree, snapshot)
            judge = checker(document, passing.get(path, frozenset()))
            findings = judge.findings()
            used = Used(frozenset(judge.accepted), judge.ignoring_settings())
            yield Checked(path, findings, used=used)
        except (StaleFacts, FileNotFoundError):
            try:
                yield Checked(path, check(index.root / path), as_indexed=False)
            except FileNotFoundError:  # deleted since it was indexed: it has no findings
                yield Checked(path, (), as_indexed=False)


def plain(finding: Finding) -> Finding:
    """The finding with the titles of its fixes alone: what computes them cannot be sent."""
    if not finding.fixes:
        return finding
    return replace(finding, fixes=tuple(replace(one, compute=not_here) for one in finding.fixes))


def not_here() -> Fix | Refusal:
    """What stands in place of a fix that an audit has found."""
    return Refusal("an audit computes no changes; check the file again")


def screened(snapshot: Snapshot, paths: Sequence[str], screen: Screen) -> dict[str, frozenset[int]]:
    """For each file the definitions, by their place in it, that may be findings of reuse."""
    rows = {path: snapshot.rows_of(path) for path in paths}
    parts: dict[int, list[int]] = {}
    for part, some in rows.values():
        parts.setdefault(part, []).extend(some)
    passed = {part: screen.passing(part, some) for part, some in parts.items()}
    return {
        path: frozenset(at - some.start for at in some if at in passed[part])
        for path, (part, some) in rows.items()
    }


def _text(path: Path, digest: bytes) -> str:
    data = path.read_bytes()
    if digest and content_digest(data) != digest:
        raise StaleFacts(path)
    return read_source(data)


def batches(snapshot: Snapshot, paths: Sequence[str]) -> list[list[str]]:
    """Files in batches of about as many definitions, in order."""
    found: list[list[str]] = []
    count = BATCH_DEFINITIONS
    for path in paths:
        if count >= BATCH_DEFINITIONS:
            found.append([])
            count = 0
        found[-1].append(path)
        count += len(snapshot.rows_of(path)[1]) + 1
    return found


def check_in_workers(
    opening: Opening,
    todo: Sequence[list[str]],
    workers: int,
    inline: Callable[[list[str]], list[Checked]],
    progress: Callable[[Progress], None] | None,
) -> dict[str, Checked]:
    """The findings of batches of files, checked by worker processes; what they cannot do, by `inline`."""
    waiting: queue.Queue[list[str]] = queue.Queue()
    for batch in todo:
        waiting.put(batch)
    answers: queue.Queue[tuple[list[str], list[Checked] | None] | BaseException] = queue.Queue()

    def work() -> None:
        worker: _Worker | None = None
        with suppress(OSError):  # where no process can be started the batches are done by this one
            worker = _Worker(opening)
        try:
            while True:
                batch = waiting.get_nowait()
                answers.put((batch, worker.ask(batch) if worker is not None else None))
        except queue.Empty:
            return
        except BaseException as error:
            answers.put(error)
        finally:
            if worker is not None:
                worker.stop()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(workers, len(todo)))]
    for thread in threads:
        thread.start()
    found: dict[str, Checked] = {}
    total = sum(len(batch) for batch in todo)
    for _ in todo:
        answered = answers.get()
        if isinstance(answered, BaseException):
            raise answered
        batch, answer = answered
        found.update((one.path, one) for one in (answer if answer is not None else inline(batch)))
        if progress is not None:
            progress(Progress(len(found), total, "checking"))
    for thread in threads:
        thread.join()
    return found


class _Worker:
    """One process; after its first failure it answers nothing any more."""

    def __init__(self, opening: Opening) -> None:
        self._process = start_process("canonry.workspace.audit_worker")
        self._usable = True
        self._send(pickle.dumps(opening))

    def ask(self, batch: list[str]) -> list[Checked] | None:
        """The findings of a batch, or None where the process cannot tell."""
        if not self._usable or not self._send(pickle.dumps(batch)):
            return None
        watch = threading.Timer(BATCH_SECONDS, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            message = read_message(self._process.stdout)  # type: ignore[arg-type]
        finally:
            watch.cancel()
        # The other end of the pipe is our own program, started above.
        answer: list[Checked] | None = pickle.loads(message) if message is not None else None
        self._usable = message is not None
        return answer

    def stop(self) -> None:
        """Ends the process."""
        end_process(self._process)

    def _send(self, message: bytes) -> bool:
        try:
            write_message(self._process.stdin, message)  # type: ignore[arg-type]
        except OSError:
            self._usable = False
        return self._usable
