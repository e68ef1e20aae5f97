"""The index on disk: one SQLite file, a row a source file. Any row may vanish; the files are the truth."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from canonry.index.packing import unpack
from canonry.index.private import make_private
from canonry.syntax import SCHEMA_VERSION, ModuleFacts
from canonry.syntax.facts import decode_facts

T = TypeVar("T")

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that writes the same index."""
PAGE_SIZE = 16_384
"""Bytes. Most rows fit into one page. They are appended, with their keys in an index beside them: with small
pages in order of the keys writing took three times as long, and the file was half as large again.
"""
ROWS_AT_ONCE = 200
"""Rows that are asked for at once: few, as they are held in memory."""
LOG_SIZE = 16_000_000
"""Bytes of the write-ahead log at which its pages go into the file."""
RACY_NS = 100_000_000
"""A file that was written so shortly before it was read may be written again within one tick of the file
system's clock (up to 16 ms), so its time does not tell. git calls such entries racily clean.
"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One indexed file. `path` is relative to the workspace, with `/`."""

    path: str
    size: int
    mtime_ns: int
    digest: bytes
    module: str
    facts: bytes
    """As `pack` gives them."""
    extracted: str = ""
    """The fingerprint of the extractors that were run."""
    rows: Mapping[str, bytes] = field(default_factory=dict)
    """What each extractor found, in its stored form."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A file that is no Python and was read for its rows. `path` is relative to the workspace, with `/`."""

    path: str
    size: int
    mtime_ns: int
    extracted: str
    """The fingerprint of the extractors that were run."""
    rows: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What is compared to see whether a file has changed."""

    size: int
    mtime_ns: int
    digest: bytes
    module: str
    extracted: str = ""


class Store:
    """One workspace's rows. Usable from several threads and processes at once.

    A damaged file is given up for a new, empty one; one of another schema is not looked at. Where the
    folder cannot be written, now or later, or another process has locked the file for too long, the rows
    go on in memory for as long as the process lives (`persistent` is False).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"index-{SCHEMA_VERSION}.sqlite"
        self.persistent = True
        self.problem = ""
        self.losses = 0
        """How often rows have been given up: those that were there before must be made again."""
        self._lock = threading.RLock()
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            make_private(self.folder)
            # The first one has its schema for a name, each that took the place of another a later name.
            self.path = max(self.folder.glob(f"{self.path.stem}-*.sqlite"), default=self.path)
            try:
                return self._connect(str(self.path))
            except sqlite3.DatabaseError as error:
                if not _is_damage(error) and error.sqlite_errorcode in _NOT_ITS_FAULT:
                    raise
                return self._new_file()
        except (OSError, sqlite3.Error) as error:
            return self._in_memory(error)

    def _connect(self, target: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            target, timeout=BUSY_TIMEOUT, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_SIZE // PAGE_SIZE}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER NOT NULL,"
                " mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL, module TEXT NOT NULL, facts BLOB NOT NULL,"
                " extracted TEXT NOT NULL)"
            )
            connection.execute(
                "CREATE TABLE IF NOT EXISTS extracted (kind TEXT NOT NULL, path TEXT NOT NULL,"
                " data BLOB NOT NULL, PRIMARY KEY (kind, path))"
            )
            connection.execute(
                "CREATE TABLE IF NOT EXISTS texts (path TEXT PRIMARY KEY, size INTEGER NOT NULL,"
                " mtime_ns INTEGER NOT NULL, extracted TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.execute("CREATE INDEX IF NOT EXISTS extracted_path ON extracted (path)")
            connection.execute("SELECT kind, path, data FROM extracted LIMIT 1").fetchone()
            connection.execute("SELECT path, size, mtime_ns, extracted FROM texts LIMIT 1").fetchone()
            connection.execute("SELECT count(*), max(size + mtime_ns), max(module) FROM files").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _new_file(self) -> sqlite3.Connection:
        """An empty file under a new name, in place of one that is given up.

        A name is never used twice: another process may have the old file open, and would remove the
        new one's log by its name when it ends.
        """
        old = self.path
        self.path = self.folder / f"index-{SCHEMA_VERSION}-{time.time_ns():020d}-{os.getpid()}.sqlite"
        self.losses += 1
        connection = self._connect(str(self.path))
        for suffix in ("", "-wal", "-shm"):
            try:
                Path(f"{old}{suffix}").unlink(missing_ok=True)
            except OSError:
                # In use on a system that locks open files: the newer name counts.
                continue
        return connection

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        self.persistent = False
        self.problem = f"the index cannot be kept in {self.folder}: {error}; it lives in memory instead"
        return self._connect(":memory:")

    def _with(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Does something with the rows; once more, elsewhere, where the file is damaged or cannot be used."""
        with self._lock:
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                damage = _is_damage(error)
                if not self.persistent or not (damage or isinstance(error, sqlite3.OperationalError)):
                    raise
                if damage:
                    self._connection.close()
                    self._start_anew()
                else:
                    self._go_on_in_memory(error)
            return work(self._connection)

    def _start_anew(self) -> None:
        try:
            self._connection = self._new_file()
        except (OSError, sqlite3.Error) as error:
            self._connection = self._in_memory(error)

    def _go_on_in_memory(self, error: sqlite3.Error) -> None:
        """Takes the rows along from a file that can be used no more: no room, no right, locked for long."""
        old, self._connection = self._connection, self._in_memory(error)
        try:
            for table, columns in (("files", 7), ("extracted", 3), ("texts", 4)):
                self._connection.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * columns)})",
                    old.execute(f"SELECT * FROM {table}"),
                )
        except sqlite3.Error:
            self.losses += 1  # what could not be taken along is read again
        finally:
            old.close()

    def _run(self, action: str, parameters: Iterable[object] = ()) -> list[tuple[object, ...]]:
        given = tuple(parameters)
        return self._with(lambda connection: connection.execute(action, given).fetchall())

    def stamps(self) -> dict[str, FileStamp]:
        """The stamps of all rows, in order of path."""
        rows = self._run("SELECT path, size, mtime_ns, digest, module, extracted FROM files ORDER BY path")
        return {str(row[0]): FileStamp(*row[1:]) for row in rows}  # type: ignore[arg-type]

    def stamp(self, path: str) -> FileStamp | None:
        """The stamp of one row."""
        rows = self._run(
            "SELECT size, mtime_ns, digest, module, extracted FROM files WHERE path = ?", (path,)
        )
        return FileStamp(*rows[0]) if rows else None  # type: ignore[arg-type]

    def put(self, rows: Iterable[FileRow]) -> None:
        """Adds or replaces rows with what was extracted, all or none."""
        rows = list(rows)

        def work(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [(r.path, r.size, r.mtime_ns, r.digest, r.module, r.facts, r.extracted) for r in rows],
                )
                connection.executemany("DELETE FROM extracted WHERE path = ?", [(r.path,) for r in rows])
                connection.executemany(
                    "INSERT OR REPLACE INTO extracted VALUES (?, ?, ?)",
                    [(kind, r.path, data) for r in rows for kind, data in r.rows.items()],
                )

        self._with(work)

    def touch(self, stamps: Iterable[tuple[str, int, int]]) -> None:
        """Sets size and modification time of files whose content has not changed."""
        values = [(size, mtime, path) for path, size, mtime in stamps]

        def work(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.executemany("UPDATE files SET size = ?, mtime_ns = ? WHERE path = ?", values)

        self._with(work)

    def remove(self, paths: Iterable[str]) -> None:
        """Drops rows; those that are not there are no error."""
        values = [(path,) for path in paths]

        def work(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.executemany("DELETE FROM files WHERE path = ?", values)
                connection.executemany("DELETE FROM extracted WHERE path = ?", values)

        self._with(work)

    def text_stamps(self) -> dict[str, tuple[int, int, str]]:
        """Size, modification time and fingerprint of every file that is no Python, by path."""
        rows = self._run("SELECT path, size, mtime_ns, extracted FROM texts ORDER BY path")
        return {str(row[0]): (int(row[1]), int(row[2]), str(row[3])) for row in rows}  # type: ignore[call-overload]

    def put_texts(self, rows: Iterable[TextRow], gone: Iterable[str] = ()) -> None:
        """Adds or replaces files that are no Python, and drops those that are gone; all or none."""
        rows = list(rows)
        changed = [(path,) for path in (*(row.path for row in rows), *gone)]

        def work(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.executemany("DELETE FROM texts WHERE path = ?", changed)
                connection.executemany("DELETE FROM extracted WHERE path = ?", changed)
                connection.executemany(
                    "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)",
                    [(r.path, r.size, r.mtime_ns, r.extracted) for r in rows],
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO extracted VALUES (?, ?, ?)",
                    [(kind, r.path, data) for r in rows for kind, data in r.rows.items()],
                )

        self._with(work)

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of one file; None where there is no row or a damaged one."""
        rows = self._run("SELECT facts FROM files WHERE path = ?", (path,))
        return unpack_facts(rows[0][0]) if rows else None

    def facts_of(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes, ModuleFacts]]:
        """Path, digest and facts of some files; those without a row, or with a damaged one, are left out."""
        for first in range(0, len(paths), ROWS_AT_ONCE):
            some = paths[first : first + ROWS_AT_ONCE]
            marks = ", ".join("?" * len(some))
            for path, digest, packed in self._run(
                f"SELECT path, digest, facts FROM files WHERE path IN ({marks})", some
            ):
                facts = unpack_facts(packed)
                if facts is not None and isinstance(digest, bytes):
                    yield str(path), digest, facts

    def extracted(self, kind: str, path: str) -> bytes:
        """What an extractor found in one file, in its stored form; empty for nothing."""
        rows = self._run("SELECT data FROM extracted WHERE kind = ? AND path = ?", (kind, path))
        return rows[0][0] if rows and isinstance(rows[0][0], bytes) else b""

    def all_extracted(self, kind: str) -> dict[str, bytes]:
        """What an extractor found, in its stored form, by path and in that order; empty ones are left out."""
        rows = self._run("SELECT path, data FROM extracted WHERE kind = ? ORDER BY path", (kind,))
        return {str(path): data for path, data in rows if isinstance(data, bytes)}

    def clear(self) -> None:
        """Drops everything."""
        with self._lock:
            self._connection.close()
            if not self.persistent:
                self._connection = self._connect(":memory:")
                return
            self._start_anew()

    def bytes_on_disk(self) -> int:
        """Size of the folder's files."""
        try:
            return sum(entry.stat().st_size for entry in os.scandir(self.folder) if entry.is_file())
        except OSError:
            return 0

    def close(self) -> None:
        """Ends the use of the file."""
        with self._lock:
            self._connection.close()


_NOT_ITS_FAULT = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})
"""Errors on opening that say nothing against the file: it is left to those who can use it."""


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is at fault: no database, one that is corrupt, or text that Python cannot decode."""
    undecodable = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    return undecodable or type(error) is sqlite3.DatabaseError


def _transaction(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("BEGIN IMMEDIATE")
    return connection  # its context manager commits, or rolls back on an exception


def unpack_facts(packed: object) -> ModuleFacts | None:
    """Facts from a stored row; None where it is damaged."""
    data = unpack(packed)
    try:
        return None if data is None else decode_facts(data)
    except ValueError:
        return None


def content_digest(data: bytes) -> bytes:
    """The digest by which a file's content is known."""
    return hashlib.blake2b(data, digest_size=16).digest()


def trusted_time(mtime_ns: int) -> int:
    """A file's time as it is compared later; 0, which no file has, where it would not tell of a change."""
    return 0 if abs(time.time_ns() - mtime_ns) < RACY_NS else mtime_ns
