"""The way of files into the store: which of them have changed, reading them, the rows that are written."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from canonry.config import Settings
from canonry.index.columns import FileRead
from canonry.index.discovery import INITIALISERS, Discovery, SourceFile, is_test_path
from canonry.index.extraction import Extractors, fingerprint, of_texts, of_trees
from canonry.index.modules import ModuleNames
from canonry.index.pool import Worker, read_files
from canonry.index.store import FileRow, Store, trusted_time
from canonry.index.texts import Texts
from canonry.index.worker import FileAnswer, FileTask, read_file
from canonry.model import Progress

INLINE_FILES = 24
"""So few files are read in this process: starting a worker takes longer."""
EARLY_FILES = 1000
"""Where so many more files are found than are known, workers get ready while the others are looked for."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the disk differs from the store."""

    tasks: list[tuple[FileTask, int]]
    """The files that are to be read, each with its size."""
    gone: list[str]
    texts: tuple[SourceFile, ...]
    """All files that are no Python and wanted, changed or not."""


class Intake:
    """Keeps the rows of a store those of the files below a root.

    Those methods that write are called by one thread at a time. `known` gives the files that the index has,
    relative to the root; a file may be named twice.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        workers: int,
        store: Store,
        extractors: Extractors,
        known: Callable[[], Iterable[str]],
    ) -> None:
        self._root = root
        self._settings = settings
        self._workers = workers
        self._store = store
        self._known = known
        self._extractors = of_trees(extractors)
        self._texts = Texts(root, of_texts(extractors))
        self._fingerprint = fingerprint(self._extractors)
        self._names: ModuleNames | None = None
        self._discovery = Discovery(root, settings)
        self._ready: list[Worker] = []
        """Processes that get ready to read while files are looked for."""
        self.skipped: dict[str, str] = {}
        """Files that cannot be read or are left out, each with the reason."""

    def relevant(self, path: Path) -> bool:
        """Whether a file belongs to the workspace by the rules of discovery."""
        return self._discovery.relevant(path)

    def module_of(self, path: Path) -> tuple[str, bool]:
        """The dotted name under which a file is imported ("" for none), and whether it is a package."""
        names = self._module_names()
        return names.module_name(path), names.is_package(path)

    def source_root(self, path: Path) -> Path:
        """The folder from which a file's module name counts."""
        return self._module_names().source_root(path)

    def is_apart(self, path: Path, other: Path) -> bool:
        """Whether a file is a module that only scripts beside it can import, and `other` is none of them."""
        names = self._module_names()
        root = names.source_root(path)
        is_top = "." not in names.module_name(path) and not names.is_package(path)
        return is_top and root != names.source_root(other) and not names.is_anchored(root)

    def is_beside_packages(self, path: Path, other: Path) -> bool:
        """Whether a file stands in a folder of scripts, and `other` in a regular package."""
        return self._module_names().is_beside_packages(path, other)

    def task(self, path: Path, known: bytes = b"") -> FileTask:
        """How a file is to be read."""
        module, is_package = self.module_of(path)
        relative = self.relative(path)
        return FileTask(
            relative, str(path), module, is_package, is_test_path(relative, self._settings), known
        )

    def relative(self, path: Path) -> str:
        """A path as the index has it."""
        return path.relative_to(self._root).as_posix()

    def apply_settings(self, settings: Settings) -> None:
        """Other settings from the next time on."""
        self._settings = settings
        self._discovery = Discovery(self._root, settings)
        self._names = None

    def texts_state(self) -> object:
        """Equal where the rows of files that are no Python are."""
        return self._texts.state(self._store)

    def changes(self, cancelled: Callable[[], bool], changed: Collection[str] = ()) -> Changes | None:
        """What is to be done so that the store has all files as they are; None where it is cancelled.

        `changed` are files (relative) that are known to have changed, whatever their times say.
        """
        discovery = Discovery(self._root, self._settings)
        stamps = self._store.stamps()

        def get_ready(count: int) -> None:
            if count > len(stamps) + EARLY_FILES and not self._ready:
                self._ready = [Worker() for _ in range(self._workers)]
                for one in self._ready:
                    one.prepare([*self._extractors])

        discovered = discovery.run(cancelled, get_ready)
        if not discovered.complete:
            self._end_ready()
            return None
        start = len(str(self._root)) + 1
        found = {one.path[start:].replace(os.sep, "/"): one for one in discovered.files}
        self.skipped = {one.path[start:].replace(os.sep, "/"): one.reason for one in discovered.skipped}
        names = ModuleNames(self._root, [self._root / path for path in found], self._settings.source_roots)
        self._discovery, self._names = discovery, names
        tasks: list[tuple[FileTask, int]] = []
        for path, file in found.items():
            stamp = stamps.get(path)
            absolute = self._root / path
            module = names.module_name(absolute)
            same = stamp is not None and stamp.module == module and stamp.extracted == self._fingerprint
            times = stamp is not None and (stamp.size, stamp.mtime_ns) == (file.size, file.mtime_ns)
            if same and times and path not in changed:
                continue
            known = stamp.digest if stamp is not None and same else b""
            test = is_test_path(path, self._settings)
            task = FileTask(path, str(absolute), module, names.is_package(absolute), test, known)
            tasks.append((task, file.size))
        gone = [path for path in stamps if path not in found]
        return Changes(tasks, gone, discovered.texts)

    def take(
        self,
        changes: Changes,
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool],
        columns: dict[str, FileRead] | None = None,
    ) -> bool:
        """Reads what has changed, in worker processes where it is much; True where the store has changed.

        `columns` is given what is read, where that is to be compiled.
        """
        if changes.gone:
            self._store.remove(changes.gone)
        try:
            self._read(changes.tasks, progress, cancelled, columns)
        finally:
            self._end_ready()
        return self._texts.refresh(self._store, changes.texts) or bool(changes.tasks or changes.gone)

    def take_one(self, path: Path, relative: str) -> bool:
        """Takes in one file that was created, changed or deleted; True where the store has changed."""
        other = path.suffix not in (".py", ".pyi") and self._texts.update(
            self._store, self._discovery, path, relative
        )
        if not path.is_file() or not self._discovery.relevant(path):
            # A folder that is gone takes all its files with it.
            inside = [one for one in self._known() if one == relative or one.startswith(f"{relative}/")]
            self._store.remove(inside)
            return bool(inside) or other
        stamp = self._store.stamp(relative)
        same = stamp is not None and stamp.extracted == self._fingerprint
        task = self.task(path, stamp.digest if stamp is not None and same else b"")
        answer = read_file(task, self._settings.max_file_size, [*self._extractors.values()])
        if answer.problem:
            self.skipped[relative] = answer.problem
            self._store.remove([relative])
            return stamp is not None
        if answer.facts:
            self.skipped.pop(relative, None)
            self._store.put([self._row(answer, task.module)])
        return bool(answer.facts)

    def moves_modules(self, path: Path, relative: str) -> bool:
        """Whether a folder has become a package, or is none any more: its modules have other names then."""
        if path.name not in INITIALISERS or not self._discovery.relevant(path):
            return False
        return path.is_file() != (self._store.stamp(relative) is not None)

    def name_again(self) -> bool:
        """Names the modules by the files as they are now; True where any is read under another name.

        A change of one file's imports, or a file that comes or goes, may rename a whole folder's modules.
        """
        stamps = self._store.stamps()
        files = {path: str(self._root / path) for path in stamps}
        self._names = ModuleNames(self._root, files.values(), self._settings.source_roots)
        return any(self._names.module_name(files[path]) != stamp.module for path, stamp in stamps.items())

    def mend(self, path: str) -> bool:
        """Reads a file again whose row is damaged; True where it still is what the row was made of."""
        stamp = self._store.stamp(path)
        if stamp is None:
            return False
        absolute = self._root / path
        package = absolute.name in INITIALISERS
        task = FileTask(path, str(absolute), stamp.module, package, is_test_path(path, self._settings))
        answer = read_file(task, self._settings.max_file_size, [*self._extractors.values()])
        if answer.digest != stamp.digest or not answer.facts:
            return False
        self._store.put([self._row(answer, stamp.module)])
        return True

    def _read(
        self,
        tasks: list[tuple[FileTask, int]],
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool],
        columns: dict[str, FileRead] | None,
    ) -> None:
        modules = {task.path: task.module for task, _ in tasks}
        unreadable: list[str] = []
        done = 0
        pending: list[FileRow] = []

        def deliver(answers: list[FileAnswer]) -> None:
            nonlocal done
            touched = []
            for answer in answers:
                done += 1
                if answer.problem:
                    self.skipped[answer.path] = answer.problem
                    unreadable.append(answer.path)
                elif answer.facts:
                    pending.append(self._row(answer, modules[answer.path]))
                    if columns is not None:
                        columns[answer.path] = FileRead(answer.digest, modules[answer.path], answer.columns)
                else:
                    touched.append((answer.path, answer.size, trusted_time(answer.mtime_ns)))
            if touched:
                self._store.touch(touched)
            if len(pending) >= 400:
                self._store.put(pending)
                pending.clear()
            if progress is not None:
                progress(Progress(done, len(tasks), "indexing"))

        wanted = columns is not None
        largest = self._settings.max_file_size
        if len(tasks) <= INLINE_FILES:
            for task, _ in tasks:
                if cancelled():
                    break
                deliver([read_file(task, largest, [*self._extractors.values()], wanted)])
        else:
            places = [*self._extractors]
            read_files(tasks, largest, self._workers, deliver, cancelled, places, wanted, self._ready)
        if pending:
            self._store.put(pending)
        if unreadable:
            self._store.remove(unreadable)

    def _end_ready(self) -> None:
        while self._ready:
            self._ready.pop().stop()

    def _row(self, answer: FileAnswer, module: str) -> FileRow:
        return FileRow(
            answer.path,
            answer.size,
            trusted_time(answer.mtime_ns),
            answer.digest,
            module,
            answer.facts,
            self._fingerprint,
            answer.rows,
        )

    def _module_names(self) -> ModuleNames:
        if self._names is None:
            files = [self._root / path for path in dict.fromkeys(self._known())]
            self._names = ModuleNames(self._root, files, self._settings.source_roots)
        return self._names
