"""The files that the setting `lessons` names: found on disk, read once, read again when they change."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from canonry.config import Globs, Settings
from canonry.index.discovery import NEVER
from canonry.scopes.lessons.reading import NO_LESSONS, Lessons, read_lessons

MAX_SIZE = 2_000_000
"""A file of more bytes is no text that someone has written."""

_MAGIC = frozenset("*?[\\")


class LessonsOf:
    """The lessons of a workspace while it is in use; may be asked from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: tuple[tuple[str, ...], Lessons] = ((), NO_LESSONS)
        self._texts: dict[str, tuple[bytes, Lessons]] = {}
        self._lock = threading.Lock()

    def get(self, settings: Settings) -> Lessons:
        """The lessons, read when they are first asked for."""
        known = self._known
        if known[0] == settings.lessons:
            return known[1]
        return self._read(settings.lessons)

    def reload(self, settings: Settings) -> bool:
        """Reads the files again; True where anything in them is different."""
        before = self._known[1]
        return self._read(settings.lessons) is not before

    def _read(self, globs: tuple[str, ...]) -> Lessons:
        with self._lock:
            texts: dict[str, tuple[bytes, Lessons]] = {}
            for path in lesson_files(self._root, globs):
                try:
                    data = _data(self._root / path)
                except OSError as error:
                    data, made = b"", _unreadable(path, error.strerror or type(error).__name__)
                else:
                    held = self._texts.get(path)
                    made = held[1] if held is not None and held[0] == data else _lessons(data, path)
                texts[path] = (data, made)
            same = [(path, id(one)) for path, (_, one) in texts.items()] == [
                (path, id(one)) for path, (_, one) in self._texts.items()
            ]
            if not same or self._known[0] != globs:
                self._texts = texts
                self._known = (globs, _joined([one for _, one in texts.values()]))
            return self._known[1]


def is_lesson_file(path: str, globs: Sequence[str]) -> bool:
    """Whether a file (relative, with `/`) is one that the setting names."""
    return bool(globs) and Globs(globs).covers(path)


def lesson_files(root: Path, globs: Sequence[str]) -> list[str]:
    """The files that some globs name, relative to the workspace and sorted."""
    named = Globs(globs)
    if not named:
        return []
    found = {path for start in _starts(globs) for path in _walk(root, start) if named.covers(path)}
    return sorted(found)


def _starts(globs: Sequence[str]) -> list[str]:
    """The folders below which files may be named."""
    starts = {_literal(glob) for glob in globs if not glob.startswith("!")}
    return sorted(
        one for one in starts if not any(one != other and _is_below(one, other) for other in starts)
    )


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _literal(glob: str) -> str:
    """The parts of a glob before the first that has a wildcard; the last part may be a file."""
    glob = glob.removesuffix("/")
    if "/" not in glob:
        return ""
    parts: list[str] = []
    for part in glob.removeprefix("/").split("/"):
        if not _MAGIC.isdisjoint(part):
            break
        parts.append(part)
    return "/".join(parts)


def _walk(root: Path, start: str) -> Iterator[str]:
    """Regular files at or below a path, but for folders that never hold anything written by hand."""
    if (root / start).is_file():
        yield start
        return
    for folder, folders, files in os.walk(root / start):
        folders[:] = [one for one in folders if one not in NEVER]
        relative = Path(folder).relative_to(root).as_posix()
        for name in files:
            yield name if relative == "." else f"{relative}/{name}"


def _data(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_SIZE:
        raise OSError(0, f"it has {size:,} bytes, more than {MAX_SIZE:,}")
    return path.read_bytes()


def _lessons(data: bytes, path: str) -> Lessons:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unreadable(path, f"line {line} is not UTF-8")
    return read_lessons(text, path)


def _unreadable(path: str, why: str) -> Lessons:
    return Lessons(files=(path,), unreadable=((path, why),))


def _joined(parts: Sequence[Lessons]) -> Lessons:
    return Lessons(
        tuple(one for part in parts for one in part.lessons),
        tuple(one for part in parts for one in part.unused),
        tuple(one for part in parts for one in part.files),
        tuple(one for part in parts for one in part.unreadable),
    )
