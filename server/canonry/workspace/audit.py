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
from canonry.index.discovery import is_test_path
from canonry.index.live import LiveIndex
from canonry.index.pool import end_process, start_process
from canonry.index.snapshot import Snapshot
from canonry.index.store import content_digest
from canonry.index.worker import read_message, write_message
from canonry.match import Screen
from canonry.model import Finding, Fix, Progress, Refusal
from canonry.rules.base import all_rules
from canonry.syntax import ModuleFacts, read_source, tree_of
from canonry.workspace.asked import Ask, Recorder
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
class Basis:
    """What a file's findings have been made from, beside its text: where it has changed, they may have."""

    asked: frozenset[Ask] = frozenset()
    compared: bool = False
    """Whether a definition of the file was compared with others: none of the others had a match."""
    matching: frozenset[str] = frozenset()
    """The codes of the rules that have asked for matches."""
    others: tuple[Finding, ...] = ()
    """What all other rules have said, before decisions."""
    accepted: frozenset[Accepted] = frozenset()
    """What has taken back findings of the other rules."""


NO_BASIS = Basis()


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's findings."""

    path: str
    findings: tuple[Finding, ...]
    as_indexed: bool = True
    """Whether the file still was what the index has of it."""
    used: Used = NOTHING_USED
    basis: Basis = NO_BASIS


@dataclass(frozen=True, slots=True)
class Task:
    """A file that is to be judged."""

    path: str
    known: Checked | None = None
    """What is true of it but for its matches; None for nothing."""


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
    tasks: Sequence[Task],
    passing: Mapping[str, frozenset[int]],
    recorder: Recorder,
    facts_of: Callable[[str], ModuleFacts | None],
    checker: Callable[[Document, frozenset[int], Mapping[str, Sequence[Finding]] | None], Checker],
    check: Callable[[Path], tuple[Finding, ...]],
) -> Iterator[Checked]:
    """The findings of indexed files, in their order.

    `passing` are the definitions that may have a match, in the files that have any. `facts_of` gives the
    facts of a file. `checker` gives the judge of a document of which some definitions may have one, where
    some rules' findings are known; `recorder` has what it asks for. `check` checks a file as it is on disk,
    for those that have changed since they were indexed.
    """
    snapshot = index.snapshot
    for task in tasks:
        path, known, mine = task.path, task.known, passing.get(task.path, frozenset())
        if known is not None and not known.basis.compared and not mine:
            yield known  # no definition had a match, and none has
            continue
        recorder.begin(path)
        facts = facts_of(path)
        try:
            if facts is None:
                raise StaleFacts(path)
            absolute = index.root / path
            text = _text(absolute, index.digest(path))
            tree = tree_of(text, facts, is_test_path(path, index.settings))
            document = Document(absolute, path, text, None, tree, snapshot)
            judge = checker(document, mine, _said(known))
            findings = judge.findings()
            ignoring = judge.ignoring_settings()
            yield Checked(path, findings, True, *_made_from(judge, recorder, bool(mine), known, ignoring))
        except (StaleFacts, FileNotFoundError):
            try:
                yield Checked(path, check(index.root / path), as_indexed=False)
            except FileNotFoundError:  # deleted since it was indexed: it has no findings
                yield Checked(path, (), as_indexed=False)


def _said(known: Checked | None) -> Mapping[str, Sequence[Finding]] | None:
    """What the rules that have not asked for matches say, by code."""
    if known is None:
        return None
    said: dict[str, list[Finding]] = {
        rule.code: [] for rule in all_rules() if rule.code not in known.basis.matching
    }
    for one in known.basis.others:
        said[one.code].append(one)
    return said


def _made_from(
    judge: Checker,
    recorder: Recorder,
    compared: bool,
    known: Checked | None,
    ignoring: frozenset[tuple[str, str]],
) -> tuple[Used, Basis]:
    asked, matching = recorder.noted(), frozenset(judge.matching)
    accepted = frozenset(group for code, group in judge.accepted if code not in matching)
    if known is not None:
        asked, matching = asked | known.basis.asked, matching | known.basis.matching
        accepted = known.basis.accepted
    others = tuple(one for one in judge.said if one.code not in matching)
    used = Used(accepted | frozenset(group for _, group in judge.accepted), ignoring)
    return used, Basis(asked, compared, matching, others, accepted)


def plain(checked: Checked) -> Checked:
    """The same with the titles of the fixes alone: what computes them cannot be sent."""

    def told(finding: Finding) -> Finding:
        if not finding.fixes:
            return finding
        return replace(finding, fixes=tuple(replace(one, compute=not_here) for one in finding.fixes))

    basis = replace(checked.basis, others=tuple(map(told, checked.basis.others)))
    return replace(checked, findings=tuple(map(told, checked.findings)), basis=basis)


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


def batches(snapshot: Snapshot, tasks: Iterable[Task]) -> list[list[Task]]:
    """Files in batches of about as many definitions, in order."""
    found: list[list[Task]] = []
    count = BATCH_DEFINITIONS
    for task in tasks:
        if count >= BATCH_DEFINITIONS:
            found.append([])
            count = 0
        found[-1].append(task)
        count += len(snapshot.rows_of(task.path)[1]) + 1
    return found


def check_in_workers(
    opening: Opening,
    todo: Sequence[list[Task]],
    workers: int,
    inline: Callable[[list[Task]], list[Checked]],
    progress: Callable[[Progress], None] | None,
) -> dict[str, Checked]:
    """The findings of batches of files, checked by worker processes; what they cannot do, by `inline`."""
    waiting: queue.Queue[list[Task]] = queue.Queue()
    for batch in todo:
        waiting.put(batch)
    answers: queue.Queue[tuple[list[Task], list[Checked] | None] | BaseException] = queue.Queue()

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

    def ask(self, batch: list[Task]) -> list[Checked] | None:
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
