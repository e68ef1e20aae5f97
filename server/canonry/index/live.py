"""A workspace's index while it is in use: brought up to date with the disk, seen through snapshots."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from canonry.config import Settings
from canonry.index.columns import NOTHING_KNOWN, FileRead, Known
from canonry.index.compiled import (
    compile_store,
    drop_segments,
    read_compiled,
    sort_known,
    write_compiled,
)
from canonry.index.extraction import Extractors
from canonry.index.intake import Intake
from canonry.index.pool import Compiler, WorkerFailed
from canonry.index.rows import StoredRows
from canonry.index.segment import DIGEST_SIZE, Segment, build_segment
from canonry.index.snapshot import EMPTY, Part, Snapshot
from canonry.index.store import FileStamp, Store
from canonry.index.worker import FileTask
from canonry.model import IndexStatus, Progress
from canonry.syntax import ModuleFacts

INLINE_COMPILE = 400
"""A store of so few files is compiled in this process."""
OVERLAY_FILES = 64
OVERLAY_SHARE = 0.05
"""More changed files than both (or than half of a small workspace) are compiled into a new large segment."""
MANY_FILES = 100
"""So many files that change at once are read by a refresh, in worker processes."""
MOST_LOSSES = 3
"""So often a refresh begins anew where the store loses its rows meanwhile."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a snapshot is made of."""

    base: Segment
    dead: frozenset[int]
    overlay: Mapping[str, tuple[bytes, ModuleFacts]]
    """Files beside the base, each with the digest of its content."""
    overlay_segment: Segment
    generation: int


class LiveIndex:
    """The index of one root. Changing calls may come from any thread, one at a time; reading ones always."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        settings: Settings,
        workers: int | None = None,
        extractors: Extractors | None = None,
    ) -> None:
        self.root = root
        self.settings = settings
        self.workers = workers or max(1, min(os.cpu_count() or 1, 8))
        self.store = Store(folder)
        self._intake = Intake(root, settings, self.workers, self.store, extractors or {}, self._known_paths)
        self.rows = StoredRows(self._stored, self._intake.mend)
        self.ready = False
        self._writing = threading.RLock()
        self._compiler: Compiler | None = None
        self._state = _State(EMPTY, frozenset(), {}, EMPTY, 0)
        self._load()
        self._snapshot = self._compose(None)

    # Reading

    @property
    def snapshot(self) -> Snapshot:
        """The index as it is now, without open buffers."""
        return self._snapshot

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of one file as it is on disk."""
        known = self._state.overlay.get(path)
        return known[1] if known is not None else self._stored_facts(path)

    def digest(self, path: str) -> bytes:
        """The digest of a file's content; empty where it is not known."""
        state = self._state
        known = state.overlay.get(path)
        if known is not None:
            return known[0]
        at = state.base.file_index.get(path)
        return state.base.digest_of(at) if at is not None else b""

    def fingerprint(self) -> str:
        """Equal for the same files with the same contents under the same names."""
        state = self._state
        whole = hashlib.blake2b(state.base.digests.tobytes(), digest_size=16)
        for pool in (state.base.paths, state.base.modules):
            whole.update(pool.data.tobytes())
        whole.update(repr(sorted(state.dead)).encode())
        for path, (digest, facts) in sorted(state.overlay.items()):
            whole.update(repr((path, digest, facts.module)).encode())
        whole.update(repr(self._intake.texts_state()).encode())
        return whole.hexdigest()

    def relevant(self, path: Path) -> bool:
        """Whether a file belongs to the workspace by the rules of discovery."""
        return self._intake.relevant(path)

    def module_of(self, path: Path) -> tuple[str, bool]:
        """The dotted name under which a file is imported ("" for none), and whether it is a package."""
        return self._intake.module_of(path)

    def source_root(self, path: Path) -> Path:
        """The folder from which a file's module name counts."""
        return self._intake.source_root(path)

    def is_apart(self, path: Path, other: Path) -> bool:
        """Whether a file is a module that only scripts beside it can import, and `other` is none of these.

        What stands in a folder of scripts beside the packages is one, unless somebody outside imports it.
        """
        if self._intake.is_apart(path, other):
            return True
        return self._intake.is_beside_packages(path, other) and not self._is_imported_outside(path)

    def _is_imported_outside(self, path: Path) -> bool:
        relative = self.relative(path)
        facts = self.facts(relative)
        folder = relative.partition("/")[0] + "/"
        names = [f"{facts.module}.{one.name}" for one in facts.definitions if one.parent < 0] if facts else []
        referring = (one for name in names for one in self._snapshot.files_referring(name))
        return any(not one.startswith(folder) for one in referring)

    def task(self, path: Path) -> FileTask:
        """How a file is to be read."""
        return self._intake.task(path)

    def relative(self, path: Path) -> str:
        """A path as the index has it."""
        return self._intake.relative(path)

    def status(self) -> IndexStatus:
        """Counts and sizes."""
        state = self._state
        files = len(state.base.paths) - len(state.dead) + len(state.overlay)
        lines = int(state.base.file_lines.sum()) - sum(int(state.base.file_lines[at]) for at in state.dead)
        return IndexStatus(
            root=self.root,
            location=self.store.folder,
            files=files,
            definitions=sum(int(part.alive.sum()) for part in self._snapshot.parts),
            lines=lines + sum(facts.lines for _, facts in state.overlay.values()),
            size=self.store.bytes_on_disk() if self.store.persistent else 0,
            ready=self.ready,
            skipped=tuple((self.root / path, why) for path, why in sorted(self._intake.skipped.items())),
            problem=self.store.problem,
        )

    # Changing

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        changed: Collection[str] = (),
    ) -> None:
        """Brings the index up to date with the disk; what has been read is kept when it is cancelled.

        `changed` are files (relative) that are known to have changed, whatever their times say.
        """
        with self._writing:
            for _ in range(MOST_LOSSES):
                losses = self.store.losses
                self._refresh_once(progress, cancelled, frozenset(changed))
                if self.store.losses == losses:
                    return

    def _refresh_once(
        self,
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool],
        changed: frozenset[str],
    ) -> None:
        if progress is not None:
            progress(Progress(0, 0, "looking for files"))
        changes = self._intake.changes(cancelled, changed)
        if changes is None:
            return
        will_compile = len(changes.tasks) > INLINE_COMPILE and self.store.persistent
        with self._compiling() if will_compile else nullcontext():
            columns: dict[str, FileRead] | None = {} if will_compile else None
            if self._intake.take(changes, progress, cancelled, columns):
                self.rows.outdated()
            self._follow_store(progress, known=columns or {})
        self.ready = True

    @contextmanager
    def _compiling(self) -> Iterator[Compiler]:
        """A process for compiling: the one that gets ready already, where there is one."""
        if self._compiler is not None:
            yield self._compiler
            return
        self._compiler = Compiler()
        try:
            yield self._compiler
        finally:
            self._compiler.stop()
            self._compiler = None

    def update(self, paths: Iterable[Path]) -> bool:
        """Takes in files that were created, changed or deleted; True where the index has changed."""
        with self._writing:
            inside = {path: path.relative_to(self.root).as_posix() for path in paths if self._is_inside(path)}
            before = self._state.generation
            losses = self.store.losses
            if len(inside) > MANY_FILES or any(self._intake.moves_modules(*one) for one in inside.items()):
                self.refresh(changed=inside.values())
                return self._state.generation != before
            changed = False
            for path, relative in inside.items():
                changed = self._intake.take_one(path, relative) or changed
            if self.store.losses != losses:
                self.refresh()
            elif changed:
                self.rows.outdated()
                self._follow_store(None)
            return changed or self._state.generation != before

    def _is_inside(self, path: Path) -> bool:
        return path.is_relative_to(self.root)

    def settle(self) -> bool:
        """Compiles what has changed since the last time; True where anything had.

        Afterwards everything weighs as in an index that is newly built. Until then what is common and what
        is used is what it was before the changes, and so are modules' names where imports tell them.
        """
        with self._writing:
            renamed = self._intake.name_again()
            if renamed:
                self.refresh()
            if not self._state.dead and not self._state.overlay:
                return renamed
            self._follow_store(None, compiled=True)
            return True

    def apply_settings(self, settings: Settings) -> None:
        """Other settings from the next refresh on."""
        with self._writing:
            self.settings = settings
            self._intake.apply_settings(settings)

    def clear(self) -> None:
        """Drops everything, on disk too."""
        with self._writing:
            self.store.clear()
            self.rows.outdated()
            drop_segments(self.store.folder)
            self.ready = False
            self._state = _State(EMPTY, frozenset(), {}, EMPTY, self._state.generation + 1)
            self._snapshot = self._compose(None)

    def close(self) -> None:
        """Ends the use of the index files."""
        with self._writing:
            self.store.close()

    # Parts

    def _load(self) -> None:
        """Takes the compiled segment of an earlier run, and what the store has beyond it."""
        base = (read_compiled(self.store.folder) if self.store.persistent else None) or EMPTY
        self._set(base, *self._difference(base, self.store.stamps(), {}))

    def _difference(
        self,
        base: Segment,
        stamps: Mapping[str, FileStamp],
        known: Mapping[str, tuple[bytes, ModuleFacts]],
    ) -> tuple[frozenset[int], dict[str, tuple[bytes, ModuleFacts]]]:
        """What a base lacks of the store's rows: its files that are no longer so, and files beside it."""
        dead, beside = _compare(base, stamps)
        overlay: dict[str, tuple[bytes, ModuleFacts]] = {}
        for path in beside:
            digest = stamps[path].digest
            held = known.get(path)
            if held is not None and held[0] == digest and held[1].module == stamps[path].module:
                overlay[path] = held
                continue
            facts = self._stored_facts(path)
            if facts is not None:
                overlay[path] = (digest, facts)
        return dead, overlay

    def _stored_facts(self, path: str) -> ModuleFacts | None:
        facts = self.store.facts(path)
        if facts is None and self._intake.mend(path):
            facts = self.store.facts(path)
        return facts

    def _set(
        self, base: Segment, dead: frozenset[int], overlay: Mapping[str, tuple[bytes, ModuleFacts]]
    ) -> None:
        files = [(path, facts) for path, (_, facts) in sorted(overlay.items())]
        segment = build_segment(files, others=[base]) if files else EMPTY
        self._state = _State(base, dead, dict(overlay), segment, self._state.generation + 1)

    def _compose(self, previous: Snapshot | None) -> Snapshot:
        state = self._state
        parts = [Part(state.base, self.facts, state.dead)]
        if state.overlay_segment.size or len(state.overlay_segment.paths):
            parts.append(Part(state.overlay_segment, self.facts))
        snapshot = Snapshot(parts, state.generation)
        if previous is not None:
            snapshot.inherit_norms(previous)
        return snapshot

    def _follow_store(
        self,
        progress: Callable[[Progress], None] | None,
        *,
        compiled: bool = False,
        known: Known = NOTHING_KNOWN,
    ) -> None:
        """Takes in what the store has now, whoever wrote it: beside the base, or by compiling a new one.

        `known` are files that have just been read.
        """
        state = self._state
        stamps = self.store.stamps()
        dead, beside = _compare(state.base, stamps)
        files = len(state.base.paths)
        if compiled or len(beside) > max(min(OVERLAY_FILES, files * 0.5), files * OVERLAY_SHARE):
            if progress is not None:
                progress(Progress(0, 0, "compiling"))
            base = self._compile(known, stamps)
            # Another process may have changed rows since.
            self._set(base, *self._difference(base, self.store.stamps(), {}))
        else:
            _, overlay = self._difference(state.base, stamps, state.overlay)
            if dead == state.dead and overlay == state.overlay:
                return
            self.rows.outdated()  # another process may have written them
            self._set(state.base, dead, overlay)
        self._snapshot = self._compose(self._snapshot)

    def _compile(self, known: Known, stamps: Mapping[str, FileStamp]) -> Segment:
        if not self.store.persistent:
            return compile_store(self.store)
        try:
            if len(stamps) > INLINE_COMPILE:
                with self._compiling() as compiler:
                    compiler.compile(self.store.folder, *sort_known(known, stamps))
            else:
                write_compiled(self.store.folder, compile_store(self.store, known))
        except (OSError, WorkerFailed):
            # No room, or no right to write: the segment is made in memory, and made again the next time.
            return compile_store(self.store)
        return read_compiled(self.store.folder) or compile_store(self.store)

    def paths(self) -> list[str]:
        """Every indexed file, relative to the root, sorted."""
        return sorted(
            set(self._known_paths()) - {self._state.base.paths[at] for at in self._state.dead}
            | set(self._state.overlay)
        )

    def _known_paths(self) -> list[str]:
        return [*self._state.base.file_index, *self._state.overlay]

    def _stored(self, kind: str, path: str | None) -> Mapping[str, bytes]:
        if path is None:
            return self.store.all_extracted(kind)
        return {path: self.store.extracted(kind, path)}


def _compare(base: Segment, stamps: Mapping[str, FileStamp]) -> tuple[frozenset[int], list[str]]:
    """Files of a base whose rows are gone or different, and rows that the base has not or not so."""
    dead: set[int] = set()
    index = base.file_index
    digests = base.digests.tobytes()
    modules = base.modules.all()
    for path, at in index.items():
        stamp = stamps.get(path)
        digest = digests[at * DIGEST_SIZE : (at + 1) * DIGEST_SIZE]
        if stamp is None or stamp.digest != digest or stamp.module != modules[at]:
            dead.add(at)
    return frozenset(dead), [path for path in stamps if index.get(path, -1) in dead or path not in index]
