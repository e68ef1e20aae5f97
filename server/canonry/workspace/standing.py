"""What of the last audit still stands: a file is judged again where what its findings were made from changed.

A file's findings depend on its own text, on what its rules have asked of other files (`asked.py`), and on
what all definitions weigh: how rare a word is depends on every file. The first two are compared; matches are
weighed anew after any change, and of the rules only those are run that ask for matches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from canonry.index.live import LiveIndex
from canonry.index.segment import Hashes, Segment
from canonry.rules.base import all_extractors
from canonry.workspace.asked import FILE, MODULE, NAME, ROWS, TABLE, USERS, Ask, digest_of
from canonry.workspace.audit import Checked
from canonry.workspace.surveying import Survey
from canonry.workspace.verdicts import Outline, Verdicts


@dataclass(frozen=True)
class Standing:
    """What is true of the files as they are now."""

    whole: dict[str, Checked] = field(default_factory=dict)
    """Of these all that is known."""
    but_matches: dict[str, Checked] = field(default_factory=dict)
    """Of these all but their matches."""


def outlines_of(index: LiveIndex) -> dict[str, Outline]:
    """Every indexed file as others depend on it."""
    found: dict[str, Outline] = {}
    for part in index.snapshot.parts:
        segment = part.segment
        references, at = _references_by_file(segment)
        rows = np.searchsorted(segment.symbol_file, np.arange(len(segment.paths) + 1)).tolist()
        names = np.array([hash_of(one) for one in segment.names.all()], np.uint32)
        modules = segment.modules.all()
        for file, path in enumerate(segment.paths.all()):
            if file in part.dead_files:
                continue
            start, end = rows[file], rows[file + 1]
            found[path] = Outline(
                index.digest(path),
                modules[file],
                segment.symbol_uses[start:end].tobytes(),
                names[start:end].tobytes(),
                references[at[file] : at[file + 1]].tobytes(),
            )
    return found


def hash_of(name: str) -> int:
    """The CRC-32 of a name as the index has it."""
    return crc32(name.encode("utf-8", "replace"))


def tables_of(index: LiveIndex, checked: Iterable[Checked]) -> dict[str, str]:
    """The digests of the rows that the findings depend on, by extractor."""
    names = {ask[1] for one in checked for ask in one.basis.asked if ask[0] in (TABLE, ROWS)}
    return {name: table_digest(index, name) for name in names}


def table_digest(index: LiveIndex, name: str) -> str:
    """Equal where all rows of an extractor are."""
    whole = hashlib.blake2b(digest_size=16)
    for path, data in sorted(index.store.all_extracted(name).items()):
        whole.update(f"{len(path)} {path} {len(data)} ".encode("utf-8", "surrogatepass"))
        whole.update(data)
    return whole.hexdigest()


def standing(kept: Verdicts, now: Mapping[str, Outline], index: LiveIndex, survey: Survey) -> Standing:
    """What stands of what is kept after a change. `survey` answers what is asked again."""
    changed = {path for path in kept.outlines.keys() | now.keys() if kept.outlines.get(path) != now.get(path)}
    asks = _Asks(kept, now, changed, index, survey)
    return Standing(
        but_matches={
            path: one
            for path, one in kept.checked.items()
            if path not in changed and asks.stand(one.basis.asked)
        }
    )


def _changed_tables(kept: Verdicts, index: LiveIndex) -> frozenset[str]:
    return frozenset(name for name, digest in kept.tables.items() if table_digest(index, name) != digest)


class _Asks:
    """Whether what was asked would be answered as it was."""

    def __init__(
        self,
        kept: Verdicts,
        now: Mapping[str, Outline],
        changed: set[str],
        index: LiveIndex,
        survey: Survey,
    ) -> None:
        self._changed = changed
        self._survey = survey
        self._tables = _changed_tables(kept, index)
        self._extractors = {one.name: one for one in all_extractors().values()}
        self._modules: set[str] = set()
        self._names: set[int] = set()
        self._references: set[int] = set()
        for path in changed:
            was, is_now = kept.outlines.get(path), now.get(path)
            sides = [one for one in (was, is_now) if one is not None]
            if was is None or is_now is None or was.module != is_now.module:
                self._modules.update(one.module for one in sides)
            for one in sides:
                self._names.update(np.frombuffer(one.names, np.uint32).tolist())
                self._references.update(np.frombuffer(one.references, np.uint32).tolist())
        self._known: dict[Ask, bool] = {}

    def stand(self, asked: Iterable[Ask]) -> bool:
        """Whether all answers are the same."""
        return all(self._stands(ask) for ask in asked)

    def _stands(self, ask: Ask) -> bool:
        known = self._known.get(ask)
        if known is None:
            known = self._known[ask] = self._is_same(*ask)
        return known

    def _is_same(self, kind: str, what: str, key: str = "", answer: str = "") -> bool:
        if kind == FILE:
            return what not in self._changed
        if kind == MODULE:
            return what not in self._modules
        if kind == NAME:
            return hash_of(what) not in self._names
        if kind == USERS:
            return hash_of(what) not in self._references
        if kind == TABLE:
            return what not in self._tables
        if kind == ROWS:
            return what not in self._tables or (
                what in self._extractors
                and digest_of(self._survey.rows(self._extractors[what], key)) == answer
            )
        raise ValueError(f"nobody knows how to compare {kind}")


def _references_by_file(segment: Segment) -> tuple[Hashes, NDArray[np.int64]]:
    """The hashes of what each file refers to, file after file, and where those of each begin."""
    spread = np.repeat(segment.references, np.diff(segment.references_at))
    order = np.argsort(segment.reference_files, kind="stable")
    counts = np.bincount(segment.reference_files, minlength=len(segment.paths))
    return spread[order], np.r_[0, np.cumsum(counts)]
