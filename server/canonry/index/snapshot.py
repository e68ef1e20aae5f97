"""An immutable view of the index: a large segment, what has changed since, and the open buffers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from canonry.index.columns import KINDS
from canonry.index.segment import FEATURE_KINDS, Floats, Hashes, Ints, Segment
from canonry.model import SymbolKind, Trait
from canonry.syntax import Definition, Feature, ModuleFacts
from canonry.syntax.features import KIND_SHIFT

KIND_WEIGHTS: Floats = np.zeros(FEATURE_KINDS, np.float32)
"""How much a feature of each kind counts in the search for candidates."""
for _kind, _weight in {
    Feature.NAME: 1.6,
    Feature.PARAMETER: 0.8,
    Feature.ANNOTATION: 0.5,
    Feature.CALL: 1.0,
    Feature.ATTRIBUTE: 0.5,
    Feature.LITERAL: 1.0,
    Feature.DOC: 0.8,
    Feature.WORD: 1.0,
    Feature.SHAPE: 0.6,
    Feature.DECORATOR: 0.3,
    Feature.BASE: 0.8,
    Feature.MEMBER: 1.0,
    Feature.IMPORTED: 1.0,
    Feature.WHOLE_NAME: 0.8,
    Feature.RAISES: 0.6,
    Feature.OPERATION: 0.4,
}.items():
    KIND_WEIGHTS[_kind] = _weight

COMMON_SHARE = 0.08
"""A feature that more than this share of all definitions has finds nobody; it only counts as evidence."""
COMMON_LEAST = 200
"""Below so many definitions a feature is never too common to find candidates by."""
LEAST_COSINE = 0.02
"""What is farther has hardly one rare feature in common."""
KEPT_FACTS = 400
"""Files of which a snapshot keeps the facts once a definition of theirs was looked up."""
LEAST_TOTAL = 6
"""A workspace of fewer definitions is weighed as one of so many; what two of two have is not common then."""
LENGTH_PRIOR = 6.0
"""Added to a definition's norm, so that a two-line helper does not win by having nothing else."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A definition of a snapshot: which part, and which row."""

    part: int
    at: int


@dataclass(frozen=True)
class Part:
    """A segment with what is valid of it in a snapshot."""

    segment: Segment
    facts_of: Callable[[str], ModuleFacts | None]
    """The facts of a file of this segment, by its path."""
    dead_files: frozenset[int] = field(default=frozenset())
    """Files that another part has in a newer state, or that are gone."""
    hidden: frozenset[int] = field(default=frozenset())
    """Those of the dead that are as they are on disk, and are left out because they are open."""

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Which definitions are valid."""
        if not self.dead_files:
            return np.ones(self.segment.size, np.bool_)
        dead = np.fromiter(self.dead_files, np.int32, len(self.dead_files))
        return ~np.isin(self.segment.symbol_file, dead)

    def without(self, files: frozenset[int]) -> Part:
        """The same part with more files left out."""
        if not files:
            return self
        hidden = self.hidden | (files - self.dead_files)
        return Part(self.segment, self.facts_of, self.dead_files | files, hidden)


class Statistics:
    """How common each feature is, from the largest segment; smaller parts do not change it."""

    def __init__(self, segment: Segment) -> None:
        self.total = max(segment.size, 1)
        self._vocabulary = segment.vocabulary
        self._counts = np.diff(segment.postings_at)

    def counts(self, features: Hashes) -> Ints:
        """How many definitions have each feature."""
        if not len(self._vocabulary):
            return np.zeros(len(features), np.int32)
        at = np.searchsorted(self._vocabulary, features)
        at[at == len(self._vocabulary)] = 0
        return np.where(self._vocabulary[at] == features, self._counts[at], 0).astype(np.int32)

    def rarity(self, features: Hashes) -> Floats:
        """Inverse document frequency as in BM25 (Robertson and Zaragoza 2009): ln(1 + (N-n+.5) / (n+.5))."""
        return rarity(self.counts(features), self.total)


def rarity(counts: Ints, total: int) -> Floats:
    """Inverse document frequency of features that `counts` of `total` definitions have.

    In a workspace of two definitions that are the same every feature is one that all have; it would say
    nothing if there were not taken to be `LEAST_TOTAL` at least.
    """
    total = max(total, LEAST_TOTAL)
    clipped = np.minimum(counts, total)
    found: Floats = np.log1p((total - clipped + 0.5) / (clipped + 0.5)).astype(np.float32)
    return found


def norms(segment: Segment, statistics: Statistics) -> Floats:
    """The length of each definition's weighted feature vector."""
    kinds = (segment.vocabulary >> np.uint32(KIND_SHIFT)).astype(np.intp)
    weight = KIND_WEIGHTS[kinds] * statistics.rarity(segment.vocabulary)
    spread = np.repeat(weight * weight, np.diff(segment.postings_at))
    squares = np.bincount(segment.postings, weights=spread, minlength=segment.size)
    found: Floats = np.sqrt(squares + LENGTH_PRIOR**2).astype(np.float32)
    return found


class Snapshot:
    """Parts that together are the workspace at one moment. Immutable; safe to read from any thread."""

    def __init__(
        self, parts: Sequence[Part], generation: object = 0, statistics: Statistics | None = None
    ) -> None:
        self.parts = tuple(parts)
        self.generation = generation
        """Equal for equal contents."""
        self.statistics = statistics or Statistics(self.parts[0].segment if self.parts else EMPTY)
        self._norms: list[Floats | None] = [None] * len(self.parts)
        self._facts: dict[tuple[int, int], ModuleFacts] = {}

    def inherit_norms(self, other: Snapshot) -> None:
        """Takes what is costly to compute from a snapshot with the same first part."""
        if self.parts and other.parts and self.parts[0].segment is other.parts[0].segment:
            self.statistics = other.statistics
            mine = {id(part.segment): at for at, part in enumerate(self.parts)}
            for at, part in enumerate(other.parts):
                if id(part.segment) in mine:
                    # Computed there, so that all who take them share them.
                    self._norms[mine[id(part.segment)]] = other.norms_of(at)

    def share_facts(self, other: Snapshot) -> None:
        """Looks up together with a snapshot of the same parts, whatever files are left out of them."""
        self._facts = other._facts

    @property
    def size(self) -> int:
        """How many definitions, dead ones included (they are few)."""
        return sum(part.segment.size for part in self.parts)

    @property
    def first_open_part(self) -> int:
        """The number of the first part that is an open document; that of the parts where none is."""
        return len(self.parts)

    def norms_of(self, part: int) -> Floats:
        """The norms of a part's definitions."""
        known = self._norms[part]
        if known is None:
            known = self._norms[part] = norms(self.parts[part].segment, self.statistics)
        return known

    def candidates(
        self,
        features: Hashes,
        limit: int,
        factors: Floats | None = None,
        kinds: frozenset[SymbolKind] | None = None,
        skip: Callable[[int, Segment], frozenset[int]] | None = None,
        least: float = LEAST_COSINE,
    ) -> list[tuple[Ref, float]]:
        """The definitions nearest to a set of features, best first, each with its cosine.

        `factors` multiply the features' weights; `kinds` are the kinds wanted; `skip` gives rows of
        a part that do not count; `least` is a cosine that is too low.
        """
        counts = self.statistics.counts(features)
        weights = KIND_WEIGHTS[(features >> np.uint32(KIND_SHIFT)).astype(np.intp)]
        weights = weights * rarity(counts, self.statistics.total)
        if factors is not None:
            weights = weights * factors
        length = float(np.sqrt(np.sum(weights * weights) + LENGTH_PRIOR**2))
        common = max(COMMON_LEAST, int(self.statistics.total * COMMON_SHARE))
        rare = counts <= common
        features, weights = features[rare], weights[rare]
        # A posting contributes the product of both sides' weights; both sides have the same.
        contributions = (
            weights * weights if factors is None else weights * weights / np.maximum(factors[rare], 1e-6)
        )
        found: list[tuple[Ref, float]] = []
        for number, part in enumerate(self.parts):
            segment = part.segment
            if not segment.size or not len(segment.vocabulary):
                continue
            scores = np.zeros(segment.size, np.float32)
            at = np.searchsorted(segment.vocabulary, features)
            at[at == len(segment.vocabulary)] = 0
            present = np.flatnonzero(segment.vocabulary[at] == features)
            lists = segment.postings_of(at[present])
            if lists:
                added = np.repeat(contributions[present], [len(one) for one in lists])
                np.add.at(scores, np.concatenate(lists), added)
            scores /= self.norms_of(number) * length
            scores[~part.alive] = 0
            if kinds is not None:
                wanted = [at for at, kind in enumerate(KINDS) if kind in kinds]
                scores[~np.isin(segment.symbol_kind, wanted)] = 0
            if skip is not None:
                for row in skip(number, segment):
                    scores[row] = 0
            rows = np.flatnonzero(scores > least)
            if len(rows) > limit:
                # Of those that are equally far at the end the first are taken, whatever else there is.
                last = np.partition(scores[rows], len(rows) - limit)[len(rows) - limit]
                nearer = rows[scores[rows] > last]
                rows = np.concatenate([nearer, rows[scores[rows] == last][: limit - len(nearer)]])
            found.extend(
                (Ref(number, row), score)
                for row, score in zip(rows.tolist(), scores[rows].tolist(), strict=True)
            )
        return self.nearest(found, limit)

    def nearest(self, found: list[tuple[Ref, float]], limit: int) -> list[tuple[Ref, float]]:
        """The first of some definitions by their cosines.

        Those that are equally near come in order of their paths, as they do in one part alone: which files
        stand in which part is a matter of what has changed since when.
        """
        found.sort(key=lambda one: (-one[1], one[0].part, one[0].at))
        start = 0
        while start < min(limit, len(found)):
            end = start + 1
            while end < len(found) and found[end][1] == found[start][1]:
                end += 1
            if found[start][0].part != found[end - 1][0].part:
                found[start:end] = sorted(found[start:end], key=lambda one: (self.path(one[0]), one[0].at))
            start = end
        return found[:limit]

    def path(self, ref: Ref) -> str:
        """The path of a definition's file, relative to the workspace."""
        segment = self.parts[ref.part].segment
        return segment.paths[int(segment.symbol_file[ref.at])]

    def module(self, ref: Ref) -> str:
        """The dotted name of a definition's module."""
        segment = self.parts[ref.part].segment
        return segment.modules[int(segment.symbol_file[ref.at])]

    def name(self, ref: Ref) -> str:
        """A definition's own name."""
        return self.parts[ref.part].segment.names[ref.at]

    def local_name(self, ref: Ref) -> str:
        """A definition's qualified name within its module."""
        return self.parts[ref.part].segment.local_names[ref.at]

    def name_place(self, ref: Ref) -> tuple[int, int]:
        """Line and column of a definition's name."""
        line, column = self.parts[ref.part].segment.symbol_lines[ref.at, 2:4].tolist()
        return line, column

    def traits(self, ref: Ref) -> Trait:
        """A definition's traits."""
        return Trait(self.traits_of(ref))

    def traits_of(self, ref: Ref) -> int:
        """The same as a number."""
        return int(self.parts[ref.part].segment.symbol_traits[ref.at])

    def kind(self, ref: Ref) -> SymbolKind:
        """What a definition is."""
        return KINDS[int(self.parts[ref.part].segment.symbol_kind[ref.at])]

    def uses(self, ref: Ref) -> int:
        """How many other modules use it."""
        return int(self.parts[ref.part].segment.symbol_uses[ref.at])

    def body_lines(self, ref: Ref) -> int:
        """How many lines its body has."""
        return self.parts[ref.part].segment.body_lines(ref.at)

    def definition(self, ref: Ref) -> tuple[ModuleFacts, Definition] | None:
        """Everything known of a definition; None where its row has vanished."""
        part = self.parts[ref.part]
        file = int(part.segment.symbol_file[ref.at])
        facts = self._facts.get((ref.part, file))
        if facts is None:
            facts = part.facts_of(self.path(ref))
            if facts is None:
                return None
            if len(self._facts) >= KEPT_FACTS:
                self._facts.clear()
            self._facts[ref.part, file] = facts
        index = ref.at - int(np.searchsorted(part.segment.symbol_file, file))
        if index >= len(facts.definitions) or facts.definitions[index].name != self.name(ref):
            return None
        return facts, facts.definitions[index]

    def row(self, path: str, local_name: str) -> Ref | None:
        """The first definition of a qualified name in a file."""
        for number, part in enumerate(self.parts):
            file = part.segment.file_index.get(path)
            if file is None or file in part.dead_files:
                continue
            start, end = np.searchsorted(part.segment.symbol_file, [file, file + 1]).tolist()
            for at in range(start, end):
                if part.segment.local_names[at] == local_name:
                    return Ref(number, at)
        return None

    def rows_of(self, path: str) -> tuple[int, range]:
        """The part that has a file, and its rows there; no rows where none has it."""
        for number, part in enumerate(self.parts):
            segment = part.segment
            file = segment.file_index.get(path)
            if file is not None and file not in part.dead_files:
                start, end = np.searchsorted(segment.symbol_file, [file, file + 1]).tolist()
                return number, range(start, end)
        return 0, range(0)

    def names_on_disk(self, path: str) -> frozenset[str]:
        """The qualified names of a file's definitions as last read from disk, though it may be open now.

        Nothing for a file that is not on disk.
        """
        place = self._on_disk(path)
        return place[0].names_in(place[1]) if place is not None else frozenset()

    def members_on_disk(self, path: str, owner: str) -> frozenset[str]:
        """The names that stand directly in a file's definition of a qualified name, likewise."""
        place = self._on_disk(path)
        return place[0].members_in(place[1]).get(owner, frozenset()) if place is not None else frozenset()

    def _on_disk(self, path: str) -> tuple[Segment, int] | None:
        """Where a file stands as last read from disk."""
        for part in self.parts:
            file = part.segment.file_index.get(path)
            if file is not None and (file not in part.dead_files or file in part.hidden):
                return part.segment, file
        return None

    def rows_named(self, name: str) -> Iterator[Ref]:
        """Definitions with exactly this name."""
        for number, part in enumerate(self.parts):
            for at in part.segment.rows_by_name.get(name, ()):
                if part.alive[at]:
                    yield Ref(number, at)

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of a file; None where it is in no part."""
        for part in self.parts:
            file = part.segment.file_index.get(path)
            if file is not None and file not in part.dead_files:
                return part.facts_of(path)
        return None

    def paths_of_module(self, dotted: str) -> tuple[str, ...]:
        """The files that are imported under a dotted name; several where parts stand alone."""
        return self._paths_by_module.get(dotted, ())

    @cached_property
    def _paths_by_module(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for part in self.parts:
            segment = part.segment
            for at, (module, path) in enumerate(zip(segment.modules.all(), segment.paths.all(), strict=True)):
                if module and at not in part.dead_files:
                    found[module] = (*found.get(module, ()), path)
        return found

    def modules(self) -> dict[str, str]:
        """Every module's path, by its dotted name."""
        found: dict[str, str] = {}
        for part in self.parts:
            segment = part.segment
            for at, (module, path) in enumerate(zip(segment.modules.all(), segment.paths.all(), strict=True)):
                if module and at not in part.dead_files:
                    found[module] = path
        return found

    def files_referring(self, dotted: str) -> set[str]:
        """Paths of files that import or reach a dotted name."""
        found: set[str] = set()
        for part in self.parts:
            for file in part.segment.files_referring(dotted):
                if file not in part.dead_files:
                    found.add(part.segment.paths[file])
        return found


def _empty() -> Segment:
    from canonry.index.segment import build_segment

    return build_segment([])


EMPTY: Segment = _empty()
