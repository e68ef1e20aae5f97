"""What a file's findings have been made from beside its own text: noted while rules ask for it.

Whoever keeps findings can tell later whether what they were made from has changed. Invariant: between two
states in which nothing that is noted for a file has changed, and nothing of the file itself, its rules say
the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

MODULE = "module"
"""Which files are imported under a dotted name."""
FILE = "file"
"""What is known of another file."""
NAME = "name"
"""The definitions with a name."""
USERS = "users"
"""The files that refer to a dotted name."""
TABLE = "table"
"""All rows of an extractor."""
ROWS = "rows"
"""The rows of an extractor that have a key; with the digest of the answer."""

Ask = tuple[str, ...]
"""One of the words above, and what was asked for."""


class Recorder:
    """Notes what is asked for one file after the other."""

    records = True

    def __init__(self) -> None:
        self._own = ""
        self._noted: list[set[Ask]] = [set()]

    def begin(self, path: str) -> None:
        """From now on what is asked is asked for this file; what it asks of itself is not noted."""
        self._own = path
        self._noted = [set()]

    def noted(self) -> frozenset[Ask]:
        """What has been asked for the file."""
        return frozenset(self._noted[0])

    def note(self, kind: str, *what: str) -> None:
        """Something is asked for."""
        if kind != FILE or what[0] != self._own:
            self._noted[-1].add((kind, *what))

    def again(self, asked: frozenset[Ask] | None) -> bool:
        """An answer is given once more that has asked for this. False where that is not known."""
        if asked is None:
            return False
        self._noted[-1] |= asked
        return True

    @contextmanager
    def apart(self) -> Iterator[Noted]:
        """What is asked inside, for an answer that is kept and given again (`again`)."""
        mine = Noted()
        self._noted.append(set())
        try:
            yield mine
        finally:
            asked = self._noted.pop()
            mine.asked = frozenset(asked)
            self._noted[-1] |= asked


class Noted:
    """What has been asked for an answer; None where nobody has noted it."""

    asked: frozenset[Ask] | None = None


class NoRecorder(Recorder):
    """Notes nothing: while somebody types nobody asks for it."""

    records = False

    def note(self, kind: str, *what: str) -> None:
        """Does nothing."""

    def again(self, asked: frozenset[Ask] | None) -> bool:
        """Every answer may be given again."""
        return True

    @contextmanager
    def apart(self) -> Iterator[Noted]:
        """Notes nothing of what is asked inside."""
        yield Noted()


def digest_of(rows: Iterable[object]) -> str:
    """Equal for equal rows."""
    return hashlib.blake2b(repr([*rows]).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
