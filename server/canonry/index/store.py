"""The index on disk: one SQLite file, a row a source file. Any row may vanish; the files are the truth."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from canonry.syntax import SCHEMA_VERSION, ModuleFacts
from canonry.syntax.facts import decode_facts

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that writes the same index."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One indexed file. `path` is relative to the workspace, with `/`."""

    path: str
    size: int
    mtime_ns: int
    digest: bytes
    module: str
    facts: bytes
    """Compressed, as `pack_facts` gives them."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What is compared to see whether a file has changed."""

    size: int
    mtime_ns: int
    digest: bytes
    module: str


class Store:
    """One workspace's rows. Usable from several threads and processes at once.

    A damaged file, or one of another schema, is replaced by an empty one. Where the folder cannot
    be written, the rows are kept in memory for as long as the process lives (`persistent` is False).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"index-{SCHEMA_VERSION}.sqlite"
        self.persistent = True
        self.problem = ""
        self._lock = threading.RLock()
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                return self._connect(str(self.path))
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    raise
                self._remove()
                return self._connect(str(self.path))
            except sqlite3.DatabaseError:
                self._remove()
                return self._connect(str(self.path))
        except (OSError, sqlite3.Error) as error:
            self.persistent = False
            self.problem = f"the index cannot be kept in {self.folder}: {error}; it lives in memory instead"
            return self._connect(":memory:")

    def _connect(self, target: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            target, timeout=BUSY_TIMEOUT, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 4000")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER NOT NULL,"
                " mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL, module TEXT NOT NULL, facts BLOB NOT NULL)"
                " WITHOUT ROWID"
            )
            connection.execute("SELECT count(*), max(size + mtime_ns), max(module) FROM files").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def _run(self, action: str, parameters: Iterable[object] = ()) -> list[tuple[object, ...]]:
        """Runs one statement, once more on an empty file where the file is found damaged."""
        with self._lock:
            try:
                return self._connection.execute(action, tuple(parameters)).fetchall()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self._connection.close()
                self._remove()
                self._connection = self._open()
                return self._connection.execute(action, tuple(parameters)).fetchall()

    def stamps(self) -> dict[str, FileStamp]:
        """The stamps of all rows."""
        rows = self._run("SELECT path, size, mtime_ns, digest, module FROM files")
        return {str(row[0]): FileStamp(*row[1:]) for row in rows}  # type: ignore[arg-type]

    def stamp(self, path: str) -> FileStamp | None:
        """The stamp of one row."""
        rows = self._run("SELECT size, mtime_ns, digest, module FROM files WHERE path = ?", (path,))
        return FileStamp(*rows[0]) if rows else None  # type: ignore[arg-type]

    def put(self, rows: Iterable[FileRow]) -> None:
        """Adds or replaces rows, all or none."""
        with self._lock, self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                [(r.path, r.size, r.mtime_ns, r.digest, r.module, r.facts) for r in rows],
            )

    def touch(self, stamps: Iterable[tuple[str, int, int]]) -> None:
        """Sets size and modification time of files whose content has not changed."""
        with self._lock, self._transaction():
            self._connection.executemany(
                "UPDATE files SET size = ?, mtime_ns = ? WHERE path = ?",
                [(size, mtime, path) for path, size, mtime in stamps],
            )

    def remove(self, paths: Iterable[str]) -> None:
        """Drops rows; those that are not there are no error."""
        with self._lock, self._transaction():
            self._connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def _transaction(self) -> sqlite3.Connection:
        self._connection.execute("BEGIN IMMEDIATE")
        return self._connection  # its context manager commits, or rolls back on an exception

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of one file; None where there is no row or a damaged one."""
        rows = self._run("SELECT facts FROM files WHERE path = ?", (path,))
        return unpack_facts(rows[0][0]) if rows else None

    def all_facts(self) -> Iterator[tuple[str, bytes, ModuleFacts]]:
        """Path, digest and facts of every row in order of path; damaged rows are left out."""
        with self._lock:
            cursor = self._connection.execute("SELECT path, digest, facts FROM files ORDER BY path")
            while rows := cursor.fetchmany(200):
                for path, digest, packed in rows:
                    facts = unpack_facts(packed)
                    if facts is not None:
                        yield str(path), digest, facts

    def clear(self) -> None:
        """Drops everything."""
        with self._lock:
            self._connection.close()
            if self.persistent:
                self._remove()
            self._connection = self._open()

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


def pack_facts(encoded: bytes) -> bytes:
    """Encoded facts as they are stored."""
    return zlib.compress(encoded, 1)


def unpack_facts(packed: object) -> ModuleFacts | None:
    """Facts from a stored row; None where it is damaged."""
    if not isinstance(packed, bytes):
        return None
    try:
        return decode_facts(zlib.decompress(packed))
    except (zlib.error, ValueError):
        return None


def content_digest(data: bytes) -> bytes:
    """The digest by which a file's content is known."""
    return hashlib.blake2b(data, digest_size=16).digest()
