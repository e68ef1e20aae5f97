"""The features of all definitions of a snapshot by number, and who has which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import Floats, Hashes, Ints
from canonry.index.snapshot import COMMON_LEAST, COMMON_SHARE, KIND_WEIGHTS, Snapshot, rarity
from canonry.syntax.features import KIND_SHIFT

BITS = 64
"""So many queries are looked up together: each has a bit."""

_BIT = np.uint64(1) << np.arange(BITS, dtype=np.uint64)

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Sums = NDArray[Any]


@dataclass(frozen=True)
class Terms:
    """Entry i of each array is the feature of number i."""

    features: Hashes
    """Every feature once, sorted."""
    kinds: NDArray[np.intp]
    counts: Ints
    """How many definitions have each."""
    rarity: Floats
    squares: Floats
    """What each contributes to the search's dot product; nothing where it is too common for the search."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> Terms:
        """All terms of a snapshot."""
        vocabularies = [part.segment.vocabulary for part in snapshot.parts]
        # One alone is sorted, and has each feature once.
        features = vocabularies[0] if len(vocabularies) == 1 else np.unique(np.concatenate(vocabularies))
        statistics = snapshot.statistics
        counts = statistics.counts(features)
        rarities = rarity(counts, statistics.total)
        kinds = (features >> np.uint32(KIND_SHIFT)).astype(np.intp)
        common = max(COMMON_LEAST, int(statistics.total * COMMON_SHARE))
        squares = np.where(counts > common, np.float32(0), (KIND_WEIGHTS[kinds] * rarities) ** 2)
        return cls(features, kinds, counts, rarities, squares)

    def __len__(self) -> int:
        return len(self.features)

    def of_features(self, features: Hashes) -> Ints:
        """The numbers of features; -1 for those that no definition has."""
        if not len(self.features):
            return np.full(len(features), -1, np.int32)
        at = np.searchsorted(self.features, features)
        at[at == len(self.features)] = 0
        return np.where(self.features[at] == features, at, -1).astype(np.int32)


class Marks:
    """Tells which of up to `BITS` queries have a term: a bit for each query, a place for each term.

    Looking up a million terms takes a step each, where a search in sorted lists takes ten and more.
    """

    def __init__(self, size: int) -> None:
        self._bits = np.zeros(size + 1, np.uint64)  # one more: -1 is a term that nobody has

    def have(self, own: Sequence[Ints], query: Rows, terms: Ints) -> Mask:
        """Whether each query has the term beside it. `own` are the terms of each, every one once."""
        for bit, some in zip(_BIT, own, strict=False):
            self._bits[some] |= bit
        self._bits[-1] = 0
        found: Mask = (self._bits[terms] & _BIT[query]) != 0
        for some in own:
            self._bits[some] = 0
        return found


def sorted_pairs(first: Rows | Ints, second: Rows | Ints) -> tuple[Ints, Ints]:
    """Pairs of numbers that are not negative, in order of the first and then of the second."""
    both = (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
    both.sort()  # sorting one array of numbers takes half of what sorting places by two takes
    return (both >> np.uint64(32)).astype(np.int32), both.astype(np.uint32).view(np.int32)
