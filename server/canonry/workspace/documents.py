"""The open documents, and what exists around them: the files on disk with what is open in place of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from canonry.config import Settings
from canonry.index.live import LiveIndex
from canonry.index.snapshot import Part, Snapshot
from canonry.syntax import ModuleFacts, UnreadableSource, parse_tree, read_source
from canonry.workspace.buffers import Buffer, Document, ReadAs
from canonry.workspace.kept import Kept, Surroundings


class Documents:
    """The open documents of a workspace. Every method may be called from any thread.

    Paths may be relative to the root. `settings` are those in force.
    """

    def __init__(self, root: Path, index: LiveIndex, settings: Callable[[], Settings]) -> None:
        self._root = root
        self._index = index
        self._settings = settings
        self._lock = threading.RLock()
        self._buffers: dict[Path, Buffer] = {}
        self._settings_texts: dict[Path, tuple[str, int | None]] = {}
        self._kept: dict[Path, Kept] = {}
        self._disk: tuple[object, Snapshot] | None = None

    def __len__(self) -> int:
        return len(self._buffers)

    def open(self, path: Path, text: str, version: int | None) -> None:
        """From now on the text of a file is this, whatever is on disk."""
        path = self.absolute(path)
        relative = self._index.relative(path)
        with self._lock:
            self._buffers[path] = Buffer(path, relative, text, version)
            self._kept[path] = Kept()

    def update(self, path: Path, text: str, version: int | None) -> None:
        """A newer text of an open document; one that is not open is opened."""
        with self._lock:
            buffer = self._buffers.get(self.absolute(path))
            if buffer is None:
                self.open(path, text, version)
            else:
                buffer.text, buffer.version = text, version  # together: see text_and_version

    def close(self, path: Path) -> None:
        """The file is what is on disk again."""
        path = self.absolute(path)
        with self._lock:
            self._buffers.pop(path, None)
            self._kept.pop(path, None)

    def open_settings(self, path: Path, text: str, version: int | None) -> None:
        """A settings file is open with this text."""
        with self._lock:
            self._settings_texts[self.absolute(path)] = text, version

    def close_settings(self, path: Path) -> None:
        """A settings file is what is on disk again."""
        with self._lock:
            self._settings_texts.pop(self.absolute(path), None)

    def read_again(self) -> None:
        """All documents are read anew: what a test module is, or a file's module name, may be different."""
        with self._lock:
            for path, buffer in self._buffers.items():
                self._buffers[path] = Buffer(
                    path, buffer.relative, buffer.text, buffer.version, buffer.opening
                )

    def forget(self, path: Path) -> None:
        """Nothing is kept of the checks of an open document so far."""
        path = self.absolute(path)
        with self._lock:
            if path in self._kept:
                self._kept[path] = Kept()

    def kept(self, path: Path) -> Kept | None:
        """What is kept between checks of an open document; None for any other file."""
        return self._kept.get(path)

    def absolute(self, path: Path) -> Path:
        """A path that may be relative to the root, as an absolute one."""
        return path if path.is_absolute() else self._root / path

    def text_of(self, path: Path) -> str:
        """The text of a file: the open document's, else the disk's. Raises OSError or UnreadableSource."""
        path = self.absolute(path)
        buffer = self._buffers.get(path)
        return buffer.text if buffer is not None else read_source(path.read_bytes())

    def text_and_version(self, path: Path) -> tuple[str, int | None]:
        """The text of a file (absolute path), be it a settings file, and its version where it is open."""
        with self._lock:
            buffer = self._buffers.get(path)
            if buffer is not None:
                return buffer.text, buffer.version
            if path in self._settings_texts:
                return self._settings_texts[path]
        return read_source(path.read_bytes()), None

    def document(self, path: Path) -> Document:
        """A file as it is now, read; open or not. Raises OSError and UnreadableSource."""
        path = self.absolute(path)
        disk = self._index.snapshot
        buffer = self._buffers.get(path)
        if buffer is not None:
            return self._read(buffer, disk)
        text = read_source(path.read_bytes())
        try:
            task = self._index.task(path)
        except ValueError:
            raise UnreadableSource(f"{path} is outside of the workspace {self._root}") from None
        tree = parse_tree(text, task.module, task.is_package, task.test_module)
        return Document(path, task.path, text, None, tree, disk)

    def surroundings(self, document: Document | None) -> Surroundings:
        """What exists now, with one document in the state that is given."""
        snapshot = self._index.snapshot
        with self._lock:
            documents = {one.relative: self._read(one, snapshot) for one in self._buffers.values()}
        if document is not None:
            documents[document.relative] = document
        disk = self._without(snapshot, frozenset(documents))
        ordered = dict(sorted(documents.items()))
        parts = [Part(one.segment, _facts_in(ordered)) for one in ordered.values()]
        near = Snapshot(parts, disk.generation, disk.statistics)
        return Surroundings(self._root, disk, near, ordered, self._settings())

    def whole(self) -> Snapshot:
        """Disk and open documents as one snapshot."""
        around = self.surroundings(None)
        whole = Snapshot(
            [*around.disk.parts, *around.open.parts], around.disk.generation, around.disk.statistics
        )
        whole.inherit_norms(around.disk)
        return whole

    def _read(self, buffer: Buffer, disk: Snapshot) -> Document:
        def read_as() -> ReadAs:
            task = self._index.task(buffer.path)
            return ReadAs(task.module, task.is_package, task.test_module)

        with self._lock:
            return buffer.document(disk, read_as)

    def _without(self, snapshot: Snapshot, paths: frozenset[str]) -> Snapshot:
        """A snapshot of the disk without some files."""
        if not paths:
            return snapshot
        key = (snapshot, paths)
        known = self._disk
        if known is not None and known[0] == key:
            return known[1]
        parts = []
        for part in snapshot.parts:
            files = frozenset(at for path in paths if (at := part.segment.file_index.get(path)) is not None)
            parts.append(part.without(files))
        made = Snapshot(parts, (snapshot.generation, paths), snapshot.statistics)
        made.inherit_norms(snapshot)
        made.share_facts(snapshot)
        self._disk = (key, made)
        return made


def _facts_in(documents: Mapping[str, Document]) -> Callable[[str], ModuleFacts | None]:
    def facts(path: str) -> ModuleFacts | None:
        document = documents.get(path)
        return document.facts if document is not None else None

    return facts
