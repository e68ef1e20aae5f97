"""What extractors have found on disk, decoded when it is asked for and kept until the disk changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from canonry.index.extraction import Extractor, R

KEPT_FILES = 500
"""Files whose rows are kept decoded for each extractor that is asked by file."""


@dataclass
class Table:
    """All rows of one extractor with keys. Never changed: a newer state is a new table."""

    data: Mapping[str, bytes]
    by_path: dict[str, tuple[Any, ...]]
    by_key: dict[str, frozenset[str]] = field(default_factory=dict)
    """Paths of the files that have rows of a key."""


class StoredRows:
    """The rows of all files on disk. May be asked from any thread.

    `stored` gives rows in their stored form by path: of one file, or (path None) of all that have any.
    `mend` reads a file again whose stored rows are damaged.
    """

    def __init__(
        self,
        stored: Callable[[str, str | None], Mapping[str, bytes]],
        mend: Callable[[str], object] = lambda path: None,
    ) -> None:
        self._stored = stored
        self._mend = mend
        self._lock = threading.RLock()
        self._generation = 0
        self._files: OrderedDict[tuple[str, str], tuple[int, tuple[Any, ...]]] = OrderedDict()
        self._tables: dict[str, tuple[int, Table]] = {}

    @property
    def generation(self) -> int:
        """Another number after each change of anything on disk."""
        return self._generation

    def outdated(self) -> None:
        """The disk has changed."""
        with self._lock:
            self._generation += 1
            self._files.clear()

    def of_file(self, extractor: Extractor[R], path: str) -> tuple[R, ...]:
        """The rows of one file."""
        key = (extractor.name, path)
        with self._lock:
            known = self._files.get(key)
            if known is not None:
                return known[1]
            generation = self._generation
            rows = self._decoded(extractor, path, self._stored(extractor.name, path).get(path, b""))
            self._files[key] = (generation, rows)
            while len(self._files) > KEPT_FILES:
                self._files.popitem(last=False)
            return rows

    def table(self, extractor: Extractor[R]) -> Table:
        """All rows of an extractor; after a change only the files that differ are decoded again."""
        with self._lock:
            known = self._tables.get(extractor.name)
            if known is not None and known[0] == self._generation:
                return known[1]
            generation = self._generation
            data = self._stored(extractor.name, None)
            before = known[1] if known is not None else Table({}, {})
            table = before if data == before.data else self._table(extractor, data, before)
            self._tables[extractor.name] = (generation, table)
            return table

    def _table(self, extractor: Extractor[R], data: Mapping[str, bytes], before: Table) -> Table:
        by_path: dict[str, tuple[Any, ...]] = {}
        for path, stored in data.items():
            same = before.data.get(path) == stored
            by_path[path] = before.by_path[path] if same else self._decoded(extractor, path, stored)
        keys: dict[str, set[str]] = {}
        for path, rows in by_path.items():
            for key in keys_of(extractor, rows):
                keys.setdefault(key, set()).add(path)
        return Table(data, by_path, {key: frozenset(paths) for key, paths in keys.items()})

    def _decoded(self, extractor: Extractor[R], path: str, stored: bytes) -> tuple[R, ...]:
        rows = extractor.decode(stored)
        if rows is None:
            self._mend(path)
            rows = extractor.decode(self._stored(extractor.name, path).get(path, b""))
        return rows or ()


def keys_of(extractor: Extractor[Any], rows: Iterable[msgspec.Struct]) -> set[str]:
    """All keys that rows have."""
    if extractor.key is None:
        return set()
    return {key for row in rows for key in extractor.key(row)}
