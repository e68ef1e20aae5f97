"""A new definition beside its candidates: what they have in common, by kind of feature, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from canonry.index.segment import FEATURE_KINDS, Floats, Hashes, Ints
from canonry.index.snapshot import Ref, Snapshot
from canonry.model import SymbolKind, Trait
from canonry.syntax import Definition, Feature
from canonry.syntax.features import KIND_SHIFT

_BASES: Hashes = np.array([Feature.BASE << KIND_SHIFT, (Feature.BASE + 1) << KIND_SHIFT], np.uint32)
"""Between these are the features of bases."""
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

    @cached_property
    def kept(self) -> dict[str, tuple[Floats, Floats]]:
        """What several kinds of evidence are made of, computed once."""
        return {}

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each candidate's features stand in `flat`: first and one behind the last."""
        ends = np.searchsorted(self.owner_of, np.arange(len(self.refs)), "right").tolist()
        return list(zip([0, *ends[:-1]], ends, strict=True)) if ends else []

    def count_of(self, hits: NDArray[np.bool_]) -> Ints:
        """How many of each candidate's features are marked in an array like `flat`."""
        return np.bincount(self.owner_of[hits], minlength=len(self.refs)).astype(np.int32)

    def cosine_of(self, *kinds: Feature) -> Floats:
        """How alike both sides are in some kinds of features, 0 to 1: common / geometric mean."""
        columns = list(kinds)
        common = self.common[:, columns].sum(1)
        mean = np.sqrt(self.theirs[:, columns].sum(1) * self.ours[columns].sum())
        alike: Floats = np.divide(common, mean, out=np.zeros_like(common), where=mean > 0)
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
        return [self.snapshot.path(ref) for ref in self.refs]

    @cached_property
    def owner_names(self) -> list[str]:
        """The name of each candidate's class (its own where it is one); empty for a function."""
        return [self.snapshot.name(owner) if owner is not None else "" for owner in self.owners]

    @cached_property
    def traits(self) -> NDArray[np.int32]:
        """The candidates' traits."""
        parts = self.snapshot.parts
        return np.array([parts[ref.part].segment.symbol_traits[ref.at] for ref in self.refs], np.int32)

    @cached_property
    def counts(self) -> NDArray[np.int32]:
        """The candidates' parameters, required ones, statements and body line."""
        parts = self.snapshot.parts
        return np.array([parts[r.part].segment.symbol_counts[r.at] for r in self.refs], np.int32).reshape(
            -1, 4
        )

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
        found: list[Ref | None] = []
        for ref, kind in zip(self.refs, self.kinds, strict=True):
            if kind is SymbolKind.CLASS:
                found.append(ref)
                continue
            parent = int(self.snapshot.parts[ref.part].segment.symbol_parent[ref.at])
            found.append(Ref(ref.part, parent) if parent >= 0 and kind is SymbolKind.METHOD else None)
        return found

    @cached_property
    def families(self) -> list[frozenset[int]]:
        """Bases of each candidate's class, as features."""
        found: list[frozenset[int]] = []
        for owner in self.owners:
            if owner is None:
                found.append(frozenset())
                continue
            features = self.snapshot.parts[owner.part].segment.features_of(owner.at)
            first, end = np.searchsorted(features, _BASES).tolist()  # sorted by kind
            found.append(frozenset(features[first:end].tolist()))
        return found

    @cached_property
    def same_file(self) -> NDArray[np.bool_]:
        """Whether each candidate stands in the query's file."""
        segments = [part.segment for part in self.snapshot.parts]
        own = [one.file_index.get(self.query.path, -1) for one in segments]
        return np.array(
            [segments[ref.part].symbol_file[ref.at] == own[ref.part] for ref in self.refs], np.bool_
        )

    @cached_property
    def kinds(self) -> list[SymbolKind]:
        """What each candidate is."""
        return [self.snapshot.kind(ref) for ref in self.refs]
