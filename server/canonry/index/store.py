"""The index on disk: one SQLite file, a row a source file. Any row may vanish; the files are the truth."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from canonry.index.private import make_private
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
            make_private(self.folder)
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
                " mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL, module TEXT NOT NULL, facts BLOB NOT NULL,"
                " extracted TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.execute(
                "CREATE TABLE IF NOT EXISTS extracted (kind TEXT NOT NULL, path TEXT NOT NULL,"
                " data BLOB NOT NULL, PRIMARY KEY (kind, path)) WITHOUT ROWID"
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
        rows = self._run("SELECT path, size, mtime_ns, digest, module, extracted FROM files")
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
        with self._lock, self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(r.path, r.size, r.mtime_ns, r.digest, r.module, r.facts, r.extracted) for r in rows],
            )
            self._connection.executemany("DELETE FROM extracted WHERE path = ?", [(r.path,) for r in rows])
            self._connection.executemany(
                "INSERT OR REPLACE INTO extracted VALUES (?, ?, ?)",
                [(kind, r.path, data) for r in rows for kind, data in r.rows.items()],
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
        paths = list(paths)
        with self._lock, self._transaction():
            self._connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])
            self._connection.executemany("DELETE FROM extracted WHERE path = ?", [(path,) for path in paths])

    def text_stamps(self) -> dict[str, tuple[int, int, str]]:
        """Size, modification time and fingerprint of every file that is no Python, by path."""
        rows = self._run("SELECT path, size, mtime_ns, extracted FROM texts")
        return {str(row[0]): (int(row[1]), int(row[2]), str(row[3])) for row in rows}  # type: ignore[call-overload]

    def put_texts(self, rows: Iterable[TextRow], gone: Iterable[str] = ()) -> None:
        """Adds or replaces files that are no Python, and drops those that are gone; all or none."""
        rows = list(rows)
        changed = [(path,) for path in (*(row.path for row in rows), *gone)]
        with self._lock, self._transaction():
            self._connection.executemany("DELETE FROM texts WHERE path = ?", changed)
            self._connection.executemany("DELETE FROM extracted WHERE path = ?", changed)
            self._connection.executemany(
                "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)",
                [(r.path, r.size, r.mtime_ns, r.extracted) for r in rows],
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO extracted VALUES (?, ?, ?)",
                [(kind, r.path, data) for r in rows for kind, data in r.rows.items()],
            )

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

    def extracted(self, kind: str, path: str) -> bytes:
        """What an extractor found in one file, in its stored form; empty for nothing."""
        rows = self._run("SELECT data FROM extracted WHERE kind = ? AND path = ?", (kind, path))
        return rows[0][0] if rows and isinstance(rows[0][0], bytes) else b""

    def all_extracted(self, kind: str) -> dict[str, bytes]:
        """What an extractor found, by path, in its stored form; files with nothing are left out."""
        rows = self._run("SELECT path, data FROM extracted WHERE kind = ?", (kind,))
        return {str(path): data for path, data in rows if isinstance(data, bytes)}

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
