"""A new definition beside its candidates: what they have in common, by kind of feature, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from canonry.index.columns import KINDS
from canonry.index.segment import FEATURE_KINDS, Floats, Hashes, Ints, Segment
from canonry.index.snapshot import EMPTY, Ref, Snapshot
from canonry.match.places import place_features
from canonry.model import SymbolKind, Trait
from canonry.syntax import Definition, Feature
from canonry.syntax.features import KIND_SHIFT

Number = TypeVar("Number", bound=np.generic)

MIN_SKELETON = 6
"""Shorter bodies are all alike."""


_EMPTY = int(Trait.EMPTY)


@dataclass(frozen=True)
class Query:
    """The definition that is being written."""

    definition: Definition
    module: str
    path: str
    """Relative to the workspace."""
    owner: Definition | None = None
    """The class that a method stands in."""

    @cached_property
    def features(self) -> Hashes:
        """Its features, sorted."""
        return np.frombuffer(self.definition.features, "<u4").astype(np.uint32, copy=False)

    @property
    def traits(self) -> Trait:
        """Its traits."""
        return Trait(self.definition.traits)

    @property
    def has_body(self) -> bool:
        """Whether something of the body is there."""
        return not self.definition.traits & _EMPTY

    @cached_property
    def family(self) -> frozenset[int]:
        """Bases of the class, or of the method's class, as features."""
        definition = self.definition if self.definition.kind is SymbolKind.CLASS else self.owner
        if definition is None:
            return frozenset()
        features = np.frombuffer(definition.features, "<u4")
        return frozenset(features[(features >> KIND_SHIFT) == Feature.BASE].tolist())

    @cached_property
    def parameter_count(self) -> int:
        """Parameters without self and cls."""
        return sum(one.name not in ("self", "cls") for one in self.definition.parameters)


@dataclass(frozen=True)
class Batch:
    """A query with candidates, weighed by kind of feature. Row i of each array is candidate i."""

    query: Query
    snapshot: Snapshot
    refs: Sequence[Ref]
    cosine: Floats
    """Of the search: over all features."""
    common: Floats
    """Rarity-weighted features in common: candidates by kinds."""
    theirs: Floats
    """Of the candidate: candidates by kinds."""
    ours: Floats
    """Of the query, by kinds."""
    flat: Hashes
    """All candidates' features, one after the other."""
    owner_of: NDArray[np.intp]
    """Which candidate has each of them."""
    place: NDArray[np.intp]
    """Where each of them stands among the query's features, -1 for those that the query has not."""

    @classmethod
    def of(cls, query: Query, snapshot: Snapshot, found: Sequence[tuple[Ref, float]]) -> Batch:
        """Weighs a query against what the search has found."""
        features = query.features
        kinds = (features >> np.uint32(KIND_SHIFT)).astype(np.intp)
        weights = snapshot.statistics.rarity(features)
        ours = np.bincount(kinds, weights, FEATURE_KINDS).astype(np.float32)
        refs = [ref for ref, _ in found]
        rows = [snapshot.parts[ref.part].segment.features_of(ref.at) for ref in refs]
        count = len(refs)
        lengths = [len(row) for row in rows]
        flat = np.concatenate(rows) if rows else np.zeros(0, np.uint32)
        owner_of = np.repeat(np.arange(count), lengths)
        cell = owner_of * FEATURE_KINDS + (flat >> np.uint32(KIND_SHIFT)).astype(np.intp)
        rarities = snapshot.statistics.rarity(flat)
        theirs = np.bincount(cell, rarities, count * FEATURE_KINDS)
        at = np.searchsorted(features, flat)
        if len(features):
            at[at == len(features)] = 0
            at[features[at] != flat] = -1
        else:
            at = np.full(len(flat), -1)
        shared = np.where(at >= 0, rarities, 0)
        common = np.bincount(cell, shared, count * FEATURE_KINDS)
        shape = (count, FEATURE_KINDS)
        return cls(
            query,
            snapshot,
            refs,
            np.array([score for _, score in found], np.float32),
            common.reshape(shape).astype(np.float32),
            theirs.reshape(shape).astype(np.float32),
            ours,
            flat,
            owner_of,
            at,
        )

    def count_of(self, hits: NDArray[np.bool_]) -> Ints:
        """How many of each candidate's features are marked in an array like `flat`."""
        return np.bincount(self.owner_of[hits], minlength=len(self.refs)).astype(np.int32)

    def cosine_of(self, *kinds: Feature) -> Floats:
        """How alike both sides are in some kinds of features, 0 to 1: common / geometric mean."""
        if len(kinds) == 1:
            return self._cosines[:, kinds[0]]
        columns = list(kinds)
        common = self.common[:, columns].sum(1)
        mean = np.sqrt(self.theirs[:, columns].sum(1) * self.ours[columns].sum())
        alike: Floats = np.divide(common, mean, out=np.zeros_like(common), where=mean > 0)
        return alike

    @cached_property
    def _cosines(self) -> Floats:
        """The same for each kind by itself: candidates by kinds."""
        mean = np.sqrt(self.theirs * self.ours)
        alike: Floats = np.divide(self.common, mean, out=np.zeros_like(self.common), where=mean > 0)
        return alike

    def common_weight(self, *kinds: Feature) -> Floats:
        """How much (in nats of rarity) both sides have in common in some kinds."""
        total: Floats = self.common[:, list(kinds)].sum(1)
        return total

    @cached_property
    def names(self) -> list[str]:
        """The candidates' names."""
        return [self.snapshot.name(ref) for ref in self.refs]

    @cached_property
    def paths(self) -> list[str]:
        """The candidates' files, relative to the workspace."""
        paths = [part.segment.paths for part in self.snapshot.parts]
        return [paths[ref.part][file] for ref, file in zip(self.refs, self._files.tolist(), strict=True)]

    @cached_property
    def owner_names(self) -> list[str]:
        """The name of each candidate's class (its own where it is one); empty for a function."""
        return [self.snapshot.name(owner) if owner is not None else "" for owner in self.owners]

    @cached_property
    def traits(self) -> Ints:
        """The candidates' traits."""
        return self._of_rows(lambda segment: segment.symbol_traits)

    @cached_property
    def counts(self) -> Ints:
        """The candidates' parameters, required ones, statements and body line."""
        return self._of_rows(lambda segment: segment.symbol_counts)

    @cached_property
    def uses(self) -> Ints:
        """How many modules use each candidate."""
        return self._of_rows(lambda segment: segment.symbol_uses)

    @cached_property
    def bodies(self) -> Floats:
        """Indel similarity of the normalised bodies, a class's with its methods; 0 where one is too short."""
        mine = self.query.definition.skeleton
        scores = np.zeros(len(self.refs), np.float32)
        if len(mine) < MIN_SKELETON:
            return scores
        for at, ref in enumerate(self.refs):
            theirs = self.snapshot.parts[ref.part].segment.skeleton_of(ref.at)
            if len(theirs) >= MIN_SKELETON:
                scores[at] = Indel.normalized_similarity(mine, theirs, score_cutoff=0.4)
        return scores

    @cached_property
    def owners(self) -> list[Ref | None]:
        """The class of each candidate: itself where it is one, a method's class, else None."""
        parents = self._of_rows(lambda segment: segment.symbol_parent).tolist()
        found: list[Ref | None] = []
        for ref, kind, parent in zip(self.refs, self.kinds, parents, strict=True):
            if kind is SymbolKind.CLASS:
                found.append(ref)
            else:
                found.append(Ref(ref.part, parent) if parent >= 0 and kind is SymbolKind.METHOD else None)
        return found

    @cached_property
    def families(self) -> list[frozenset[int]]:
        """Bases of each candidate's class, as features."""
        nothing: frozenset[int] = frozenset()
        segments = [part.segment for part in self.snapshot.parts]
        return [
            nothing if owner is None else segments[owner.part].bases_of(owner.at) for owner in self.owners
        ]

    @cached_property
    def same_file(self) -> NDArray[np.bool_]:
        """Whether each candidate stands in the query's file."""
        path = self.query.path
        own = np.array([part.segment.file_index.get(path, -1) for part in self.snapshot.parts])
        same: NDArray[np.bool_] = self._files == own[self._rows[0]]
        return same

    @cached_property
    def placed(self) -> tuple[Floats, Floats]:
        """The rarity of what either has and the other has not: words of its own place, and all words."""
        query, rarity = self.query, self.snapshot.statistics.rarity
        mine = query.features
        own = place_features(query.path, query.owner.name if query.owner else "")
        at = np.searchsorted(mine, own)
        own = own[mine[np.minimum(at, len(mine) - 1)] == own] if len(mine) else own[:0]
        weights = rarity(own)
        # Which of these each candidate has: they stand among the query's features.
        ours = np.full(len(self.refs), float(weights.sum()), np.float64)
        for place, weight in zip(np.searchsorted(mine, own).tolist(), weights.tolist(), strict=True):
            ours[self.count_of(self.place == place) > 0] -= weight
        # And of the words of their places those that each candidate has and the query has not.
        wanted = [place_features(p, o) for p, o in zip(self.paths, self.owner_names, strict=True)]
        theirs = np.zeros(len(self.refs))
        if len(self.flat):
            keys = self._keyed(self.owner_of, self.flat)
            flat = np.concatenate(wanted)
            owner = np.repeat(np.arange(len(wanted)), [len(one) for one in wanted])
            keyed = self._keyed(owner, flat)
            found = np.minimum(np.searchsorted(keys, keyed), len(keys) - 1)
            hits = (keys[found] == keyed) & (self.place[found] < 0)
            rarities, owner = rarity(flat[hits]), owner[hits]
            for one in np.unique(owner).tolist():
                theirs[one] = float(rarities[owner == one].sum())
        word = int(Feature.WORD)
        missing = self.ours[word] + self.theirs[:, word] - 2 * self.common[:, word]
        return (ours + theirs).astype(np.float32), missing.astype(np.float32)

    @cached_property
    def kinds(self) -> list[SymbolKind]:
        """What each candidate is."""
        return [KINDS[kind] for kind in self._of_rows(lambda segment: segment.symbol_kind).tolist()]

    @cached_property
    def _files(self) -> Ints:
        """The number of each candidate's file in its part."""
        return self._of_rows(lambda segment: segment.symbol_file)

    @cached_property
    def _rows(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The candidates' parts, and their rows there."""
        return (
            np.array([ref.part for ref in self.refs], np.intp),
            np.array([ref.at for ref in self.refs], np.intp),
        )

    @staticmethod
    def _keyed(owner: NDArray[np.intp], features: Hashes) -> NDArray[np.uint64]:
        """Features of several candidates as numbers, ascending where both are."""
        return (owner.astype(np.uint64) << np.uint64(32)) | features.astype(np.uint64)

    def _of_rows(self, array: Callable[[Segment], NDArray[Number]]) -> NDArray[Number]:
        """What an array of the segments has for each candidate."""
        parts, rows = self._rows
        segments = [part.segment for part in self.snapshot.parts]
        first = array(segments[int(parts[0])] if len(parts) else EMPTY)
        found = np.empty((len(rows), *first.shape[1:]), first.dtype)
        for part in set(parts.tolist()):
            mine = parts == part
            found[mine] = array(segments[part])[rows[mine]]
        return found
