"""Which of many indexed definitions can be findings at all: an upper bound of their probability, quickly.

Weighing one definition takes milliseconds, and nearly none of a large workspace's is a finding. The screen
looks at many at once, in arrays: it finds every pair whose cosine is high enough (`LEAST_SURE_COSINE`) and
bounds the probability from what is cheap to compute, taking 1 for the evidence that is not. What passes is
weighed as ever, so findings are the same with and without it; a test holds that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from canonry.index.segment import FEATURE_KINDS, KINDS, Floats, Hashes, Segment
from canonry.index.snapshot import COMMON_LEAST, COMMON_SHARE, KIND_WEIGHTS, LENGTH_PRIOR, Snapshot, rarity
from canonry.match import kinship
from canonry.match.batch import MIN_SKELETON
from canonry.match.kinship import RARE, STRONG, usage
from canonry.match.matcher import CANDIDATES, SEARCHED, least_cosine
from canonry.match.rank import GATE, TABLE
from canonry.match.silence import CLASS_KIND, can_be_offered, never_speaks
from canonry.match.weights import BODY, CALIBRATION_BODY, INTERCEPT_BODY
from canonry.model import SymbolKind, Trait
from canonry.syntax import Feature, feature_hash
from canonry.syntax.features import KIND_SHIFT
from canonry.syntax.words import split_identifier

SLACK = 1e-3
"""Of cosines, and of the logit: sums of floats depend on their order."""
CHUNK = 400
"""Definitions looked at together: arrays of some megabytes."""

COSINES: dict[str, tuple[Feature, ...]] = {
    "name-words": (Feature.NAME,),
    "parameters": (Feature.PARAMETER,),
    "annotations": (Feature.ANNOTATION,),
    "calls": (Feature.CALL,),
    "imported": (Feature.IMPORTED,),
    "attributes": (Feature.ATTRIBUTE,),
    "literals": (Feature.LITERAL,),
    "documentation": (Feature.DOC,),
    "vocabulary": (Feature.WORD,),
    "statements": (Feature.SHAPE,),
    "exceptions": (Feature.RAISES,),
    "bases": (Feature.BASE,),
    "members": (Feature.MEMBER,),
    "operations": (Feature.OPERATION,),
    "decorators": (Feature.DECORATOR,),
}
"""Evidence that is the cosine of some kinds of features."""

NEAREST: dict[str, tuple[Feature, ...]] = {
    "nearest-words": (Feature.WORD,),
    "nearest-name": (Feature.NAME,),
    "nearest-calls": (Feature.CALL, Feature.IMPORTED),
}
"""Evidence that is such a cosine as a share of the best candidate's."""

_AMOUNTS = frozenset(("same-name", "inherited", "repeats-inherited", "same-method-same-form"))
"""Evidence that may be any number up to 1 where names are the same, and is 0 where they are not."""

METHOD_KIND = KINDS.index(SymbolKind.METHOD)

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class _Pairs:
    """Queries with candidates; entry i of each array is pair i."""

    query: Rows
    """Positions in the chunk."""
    row: Rows
    """Candidates, as rows of the field."""
    cosine: Floats

    def take(self, mask: Mask) -> _Pairs:
        return _Pairs(self.query[mask], self.row[mask], self.cosine[mask])


class Screen:
    """Upper bounds for the definitions of one snapshot, at one threshold."""

    def __init__(self, snapshot: Snapshot, threshold: float, minimum_lines: int) -> None:
        self._snapshot = snapshot
        self._minimum_lines = minimum_lines
        self._least = least_cosine(threshold, snapshot.statistics.total) * (1 - SLACK)
        clipped = min(max(threshold, 1e-6), 1 - 1e-6)
        slope, shift = CALIBRATION_BODY
        # The trees are asked from GATE on; what is below is as probable as the linear model says.
        self._logit = min(GATE, (float(np.log(clipped / (1 - clipped))) - shift) / slope) - SLACK
        parts = snapshot.parts
        self._segments = [part.segment for part in parts]
        self._starts: list[int] = np.cumsum([0, *(one.size for one in self._segments)]).tolist()
        self._alive = np.concatenate([part.alive for part in parts])
        self._traits = np.concatenate([one.symbol_traits for one in self._segments])
        self._kinds = np.concatenate([one.symbol_kind for one in self._segments])
        self._counts = np.concatenate([one.symbol_counts for one in self._segments])
        self._lengths = np.concatenate([np.diff(one.symbol_features) for one in self._segments])
        files = np.cumsum([0, *(len(one.paths) for one in self._segments)])
        self._files = np.concatenate(
            [one.symbol_file + first for one, first in zip(self._segments, files.tolist(), strict=False)]
        )
        self._norms = np.concatenate([snapshot.norms_of(at) for at in range(len(parts))])
        self._scores: Floats = np.zeros(len(self._norms), np.float32)
        self._features = np.concatenate([one.features for one in self._segments])
        self._features_from: list[int] = np.cumsum(
            [0, *(len(one.features) for one in self._segments)]
        ).tolist()
        self._features_at = np.concatenate(
            [
                one.symbol_features[:-1].astype(np.int64) + first
                for one, first in zip(self._segments, self._features_from, strict=False)
            ]
        )
        # For each feature of each definition its rarity, and where it stands in its segment's vocabulary.
        self._vocabulary_at = [_vocabulary_places(one) for one in self._segments]
        counts = [snapshot.statistics.counts(one.vocabulary) for one in self._segments]
        self._counts_of = np.concatenate(
            [own[at] for own, at in zip(counts, self._vocabulary_at, strict=True)]
        )
        rarities = [rarity(one, snapshot.statistics.total) for one in counts]
        self._rarity: Floats = np.concatenate(
            [own[at] for own, at in zip(rarities, self._vocabulary_at, strict=True)]
        )
        weights = KIND_WEIGHTS[(self._features >> np.uint32(KIND_SHIFT)).astype(np.intp)] * self._rarity
        self._squares: Floats = weights * weights
        uses = np.concatenate([one.symbol_uses for one in self._segments])
        self._used = usage(uses)
        self._common = max(COMMON_LEAST, int(snapshot.statistics.total * COMMON_SHARE))
        self._offered = {
            (wants_class, in_tests): self._alive
            & can_be_offered(self._traits, self._kinds == CLASS_KIND, wants_class, in_tests)
            for wants_class in (False, True)
            for in_tests in (False, True)
        }

    def passing(self, part: int, rows: Sequence[int]) -> set[int]:
        """Those rows of a part that may be findings; the others are none."""
        if self._least <= 0:
            return set(rows)
        start = self._starts[part]
        passed: set[int] = set()
        asked: list[int] = []
        for at in rows:
            if self._speaks(self._segments[part], at):
                if self._traits[start + at] & Trait.EMPTY:
                    passed.add(at)  # bare headers have weights of their own, and are few
                else:
                    asked.append(start + at)
        for first in range(0, len(asked), CHUNK):
            chunk = asked[first : first + CHUNK]
            passed.update(row - start for row in self._chunk(np.array(chunk, np.int64)))
        return passed

    def _speaks(self, segment: Segment, at: int) -> bool:
        body_lines = int(segment.symbol_lines[at, 1]) - int(segment.symbol_counts[at, 3]) + 1
        kind, traits = KINDS[int(segment.symbol_kind[at])], Trait(int(segment.symbol_traits[at]))
        return not never_speaks(kind, segment.local_names[at], traits, body_lines, self._minimum_lines)

    def _chunk(self, rows: Rows) -> set[int]:
        ends = (self._features_at[rows] + self._lengths[rows]).tolist()
        starts = self._features_at[rows].tolist()
        features = [self._features[start:end] for start, end in zip(starts, ends, strict=True)]
        pairs = self._near(rows, features)
        if not len(pairs.row):
            return set()
        bound, kept = self._cheap(rows, pairs)
        pairs, bound = pairs.take(kept), bound[kept]
        if not len(pairs.row):
            return set()
        bound = bound + self._by_features(rows, pairs, features) + self._called(rows)[pairs.query]
        kept = bound >= self._logit
        pairs, bound = pairs.take(kept), bound[kept]
        return self._by_text(rows, pairs, bound)

    # The search

    def _near(self, rows: Rows, features: list[Hashes]) -> _Pairs:
        """For each query the rows whose cosine is high enough, nearest first, as many as the search takes."""
        occurrence, owner = self._occurrences(rows)
        ends = np.cumsum(self._lengths[rows])
        squares = self._squares[occurrence]
        totals = np.bincount(owner, squares, len(rows)) + LENGTH_PRIOR**2
        squares = np.where(self._counts_of[occurrence] > self._common, 0, squares)
        worth = squares / np.maximum(self._counts_of[occurrence], 1)
        places = [
            self._places_in(number, segment, rows, occurrence)
            for number, segment in enumerate(self._segments)
        ]
        found: list[Rows] = []
        start = 0
        for end, total in zip(ends.tolist(), totals.tolist(), strict=True):
            own = slice(start, end)
            found.append(self._sharing([one[own] for one in places], squares[own], worth[own], total))
            start = end
        row = np.concatenate(found)
        query = np.repeat(np.arange(len(rows)), [len(one) for one in found])
        if not len(row):
            return _Pairs(query, row, np.zeros(0, np.float32))
        theirs, pair = self._occurrences(row)
        place, hit = _lookup(features, query[pair], self._features[theirs])
        sums = np.bincount(pair, squares[place] * hit, len(row))
        cosine = (sums / (self._norms[row] * np.sqrt(totals)[query])).astype(np.float32)
        return self._first(rows, _Pairs(query, row, cosine).take(cosine >= self._least))

    def _places_in(self, number: int, segment: Segment, rows: Rows, occurrence: Rows) -> Rows:
        """Where the features of rows stand in a segment's vocabulary, -1 for those that do not."""
        if not len(segment.vocabulary):
            return np.full(len(occurrence), -1, np.int64)
        start, end = self._starts[number], self._starts[number + 1]
        if start <= rows.min() and rows.max() < end:
            return self._vocabulary_at[number][occurrence - self._features_from[number]].astype(np.int64)
        features = self._features[occurrence]
        at = np.searchsorted(segment.vocabulary, features)
        at[at == len(segment.vocabulary)] = 0
        return np.where(segment.vocabulary[at] == features, at, -1)

    def _sharing(self, places: list[Rows], squares: Floats, worth: Floats, total: float) -> Rows:
        """Rows that can be near enough, by their rarest features in common.

        Features that together have too little weight are no reason to look at a row: with
        q = p + s, cosine(q, d) <= cosine(p, d) + |s|/|q|, so a row without any feature of p is farther than
        |s|/|q| (as prefix filtering does it: Bayardo, Ma and Srikant 2007). The commonest are left out.
        """
        order = np.argsort(worth)
        mass = np.cumsum(squares[order])
        dropped = int(np.searchsorted(mass, self._least**2 * total))
        rest = float(mass[dropped - 1]) if dropped else 0.0
        kept = order[dropped:]
        scores, needed = self._scores, self._least * np.sqrt(total)
        found: list[Rows] = []
        for segment, place, first in zip(self._segments, places, self._starts, strict=False):
            at = place[kept]
            present = at >= 0
            starts = segment.postings_at[at[present]].tolist()
            ends = segment.postings_at[at[present] + 1].tolist()
            lists = [segment.postings[start:end] for start, end in zip(starts, ends, strict=True)]
            if not lists:
                continue
            touched = np.concatenate(lists) + first
            np.add.at(scores, touched, np.repeat(squares[kept][present], [len(one) for one in lists]))
            near = touched[scores[touched] + rest >= needed * self._norms[touched]]
            scores[touched] = 0
            near = np.unique(near)
            found.append(near[self._alive[near]])
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def _first(self, rows: Rows, pairs: _Pairs) -> _Pairs:
        """The pairs in order of query and cosine, without a definition's own, cut where the search cuts."""
        order = np.lexsort((-pairs.cosine, pairs.query))
        pairs = _Pairs(pairs.query[order], pairs.row[order], pairs.cosine[order])
        keep = np.ones(len(pairs.row), np.bool_)
        same = self._files[pairs.row] == self._files[rows[pairs.query]]
        for at in np.flatnonzero(same).tolist():
            mine, theirs = self._local_name(int(rows[pairs.query[at]])), self._local_name(int(pairs.row[at]))
            if theirs == mine or mine.startswith(f"{theirs}.") or theirs.startswith(f"{mine}."):
                keep[at] = False
        pairs = pairs.take(keep)
        starts = np.searchsorted(pairs.query, pairs.query)
        # Of those that are equally far at the end of the search's list any may have been taken.
        return pairs.take(np.arange(len(pairs.row)) - starts < 2 * SEARCHED)

    # Bounds

    def _cheap(self, rows: Rows, pairs: _Pairs) -> tuple[Floats, Mask]:
        """The bound of the logit from headers and cosines; and which pairs are offered and stay over it.

        For the evidence that `_by_features` and `_by_text` compute it takes what speaks most for the pair.
        """
        query = rows[pairs.query]
        traits = self._traits[query]
        classes = self._kinds[query] == CLASS_KIND
        tests = (traits & Trait.TEST) > 0
        offered = np.zeros(len(query), np.bool_)
        for (wants_class, in_tests), mask in self._offered.items():
            offered |= mask[pairs.row] & (classes == wants_class) & (tests == in_tests)
        for at in np.flatnonzero(offered & tests & ~classes).tolist():
            offered[at] = not self._name(int(pairs.row[at])).startswith("test_")
        mine, theirs = self._counts[query], self._counts[pairs.row]
        short = np.minimum(mine[:, 2], theirs[:, 2]) + 1
        long = np.maximum(mine[:, 2], theirs[:, 2]) + 1
        same_kind = self._kinds[query] == self._kinds[pairs.row]
        exact: dict[str, NDArray[Any]] = {
            "search": pairs.cosine,
            "arity": 1 / (1 + np.abs(mine[:, 0] - theirs[:, 0])),
            "same-kind": np.where(same_kind, 1.0, 0.7),
            "same-color": ((traits ^ self._traits[pairs.row]) & Trait.ASYNC) == 0,
            "same-file": self._files[query] == self._files[pairs.row],
            "alike-length": short / long,
            "length": np.minimum(1.0, mine[:, 2] / 20),
            "test-code": tests,
            "used": self._used[pairs.row],
        }
        bound = np.full(len(query), INTERCEPT_BODY, np.float32)
        for kind, _ in TABLE:
            weight = BODY.get(kind, 0.0)
            bound += weight * exact[kind].astype(np.float32) if kind in exact else max(weight, 0.0)
        kept = offered & (bound >= self._logit)
        bound += _standing(pairs, offered, kept)
        return bound, kept & (bound >= self._logit)

    def _by_features(self, rows: Rows, pairs: _Pairs, features: list[Hashes]) -> Floats:
        """What the bound loses by evidence that is computed from features, for each pair."""
        occurrence, pair = self._occurrences(pairs.row)
        flat, rarities = self._features[occurrence], self._rarity[occurrence]
        kinds = (flat >> np.uint32(KIND_SHIFT)).astype(np.intp)
        cell = pair * FEATURE_KINDS + kinds
        shape = (len(pairs.row), FEATURE_KINDS)
        theirs = np.bincount(cell, rarities, shape[0] * FEATURE_KINDS).reshape(shape)
        _, hit = _lookup(features, pairs.query[pair], flat)
        common = np.bincount(cell, rarities * hit, shape[0] * FEATURE_KINDS).reshape(shape)
        mine, owner = self._occurrences(rows)
        cell = owner * FEATURE_KINDS + (self._features[mine] >> np.uint32(KIND_SHIFT)).astype(np.intp)
        ours = np.bincount(cell, self._rarity[mine], len(rows) * FEATURE_KINDS).reshape(-1, FEATURE_KINDS)
        own = ours[pairs.query]
        # Of many candidates those at the end may not be weighed at all.
        surely = np.arange(len(pairs.query)) - np.searchsorted(pairs.query, pairs.query) < CANDIDATES // 2
        change = np.zeros(len(pairs.row), np.float32)

        def cosine(columns: tuple[Feature, ...]) -> NDArray[np.float64]:
            some = list(columns)
            mean = np.sqrt(theirs[:, some].sum(1) * own[:, some].sum(1))
            shared = common[:, some].sum(1)
            alike: NDArray[np.float64] = np.divide(shared, mean, out=np.zeros_like(shared), where=mean > 0)
            return alike

        for kind, columns in COSINES.items():
            weight = BODY.get(kind, 0.0)
            if weight:
                change += weight * cosine(columns) - max(weight, 0.0)
        for kind, columns in NEAREST.items():
            weight = BODY.get(kind, 0.0)
            if weight > 0:
                alike = cosine(columns)
                # The best of those looked at: the best of all is no worse, so this share is no smaller.
                best = np.zeros(len(rows), alike.dtype)
                np.maximum.at(best, pairs.query[surely], alike[surely])
                held = best[pairs.query]
                share = np.divide(alike, held, out=np.ones_like(alike), where=held > 0)
                change += weight * (np.minimum(share, 1) - 1)
        strong = list(STRONG)
        shared = common[:, strong].sum(1)
        shares = {
            "covered": shared / np.maximum(own[:, strong].sum(1), 1e-6),
            "covering": shared / np.maximum(theirs[:, strong].sum(1), 1e-6),
            "rare-in-common": np.minimum(shared / RARE, 1),
        }
        for kind, share in shares.items():
            weight = BODY.get(kind, 0.0)
            change += weight * share - max(weight, 0.0)
        # How common a name is counts where both have it: it has one feature, found by its kind.
        whole = np.where(
            self._features[mine] >> np.uint32(KIND_SHIFT) == Feature.WHOLE_NAME, self._counts_of[mine], 0
        )
        names = np.bincount(owner, whole, len(rows))
        amount = np.minimum(1.0, np.log(np.maximum(names, 1)) / np.log(30))
        weight = BODY.get("convention", 0.0)
        change += weight * amount[pairs.query] * (common[:, Feature.WHOLE_NAME] > 0) - max(weight, 0.0)
        return change

    def _called(self, rows: Rows) -> Floats:
        """What a bound loses by how many call something of the query's name."""
        weight = BODY.get("called", 0.0)
        names = [feature_hash(Feature.CALL, self._name(row).encode()) for row in rows.tolist()]
        amount = kinship.calling(self._snapshot.statistics.counts(np.array(names, np.uint32)))
        change: Floats = (weight * amount - max(weight, 0.0)).astype(np.float32)
        return change

    def _by_text(self, rows: Rows, pairs: _Pairs, bound: Floats) -> set[int]:
        """The queries with a pair that stays over the threshold with names and bodies compared."""
        passed: set[int] = set()
        spelling, form = max(BODY.get("name-spelling", 0.0), 0.0), max(BODY.get("body", 0.0), 0.0)
        for at in np.argsort(-bound).tolist():
            row = int(rows[pairs.query[at]])
            if row in passed:
                continue
            other, rest = int(pairs.row[at]), float(bound[at])
            alike = fuzz.token_sort_ratio(self._words(row), self._words(other)) / 100
            rest -= spelling * (1 - alike)
            if rest < self._logit:
                continue
            rest += self._against(row, other)
            if rest < self._logit:
                continue
            if rest - form * (1 - self._same_form(row, other)) >= self._logit:
                passed.add(row)
        return passed

    def _against(self, row: int, other: int) -> float:
        """What a pair's names, places and classes take from the bound."""
        (one, at), (two, there) = self._place(row), self._place(other)
        mine, theirs = one.names[at], two.names[there]
        owner, other_owner = self._owner_name(row), self._owner_name(other)
        methods = bool(self._kinds[row] == self._kinds[other] == METHOD_KIND)
        same = mine.replace("_", "").lower() == theirs.replace("_", "").lower()
        words, others = split_identifier(mine), split_identifier(theirs)
        differ = sum(a != b for a, b in zip(words, others, strict=False))
        one_file = bool(self._files[row] == self._files[other])
        paths = one.paths[int(one.symbol_file[at])], two.paths[int(two.symbol_file[there])]
        # Of a class the query has no owner; kinship's functions take its own name for one there.
        held = owner if self._kinds[row] == METHOD_KIND else ""
        has = {
            "same-name": same,
            "inherited": methods and mine == theirs,
            "repeats-inherited": methods and mine == theirs,
            "same-method": methods and mine == theirs,
            "same-method-same-form": methods and mine == theirs,
            "same-class-name": bool(held) and held == other_owner and not one_file,
            "counterpart": len(words) == len(others) > 1 and differ == 1,
            "family": self._of_one_family(row, other),
            "variant": kinship.are_variants(mine, paths[0], held, theirs, paths[1], other_owner),
            "opposite": kinship.are_opposite(mine, theirs),
            "sibling-role": kinship.share_role(owner, other_owner),
            "shared-place": kinship.is_shared(paths[1]) and not kinship.is_shared(paths[0]),
            "aside": kinship.is_aside(paths[1]) and not kinship.is_aside(paths[0]),
            "private": not one_file and (theirs.startswith("_") or other_owner.startswith("_")),
        }
        change = 0.0
        for kind, is_so in has.items():
            weight = BODY.get(kind, 0.0)
            # Some of these are amounts: what is there counts in full where it speaks for the pair.
            if kind in _AMOUNTS:
                change -= 0.0 if is_so else max(weight, 0.0)
            else:
                change += weight * is_so - max(weight, 0.0)
        return change

    def _owner_name(self, row: int) -> str:
        owner = self._owner(row)
        return self._name(owner) if owner >= 0 else ""

    def _of_one_family(self, row: int, other: int) -> bool:
        """Whether the pair's classes have a base in common."""
        owners = [self._owner(row), self._owner(other)]
        if -1 in owners:
            return False
        mine, theirs = (self._bases(one) for one in owners)
        return bool(np.intersect1d(mine, theirs, assume_unique=True).size)

    def _owner(self, row: int) -> int:
        if self._kinds[row] == CLASS_KIND:
            return row
        segment, at = self._place(row)
        parent = int(segment.symbol_parent[at])
        return parent + row - at if parent >= 0 and self._kinds[row] == METHOD_KIND else -1

    def _bases(self, row: int) -> Hashes:
        start = int(self._features_at[row])
        features = self._features[start : start + int(self._lengths[row])]
        bases: Hashes = features[(features >> np.uint32(KIND_SHIFT)) == Feature.BASE]
        return bases

    # Rows

    def _place(self, row: int) -> tuple[Segment, int]:
        number = bisect_right(self._starts, row) - 1
        return self._segments[number], row - self._starts[number]

    def _name(self, row: int) -> str:
        segment, at = self._place(row)
        return segment.names[at]

    def _local_name(self, row: int) -> str:
        segment, at = self._place(row)
        return segment.local_names[at]

    def _words(self, row: int) -> str:
        return " ".join(split_identifier(self._name(row)))

    def _same_form(self, row: int, other: int) -> float:
        """The evidence `body` of a pair."""
        if KINDS[int(self._kinds[row])] is SymbolKind.CLASS:
            return 0.0
        (one, at), (two, there) = self._place(row), self._place(other)
        mine, theirs = one.skeleton_of(at), two.skeleton_of(there)
        if len(mine) < MIN_SKELETON or len(theirs) < MIN_SKELETON:
            return 0.0
        return Indel.normalized_similarity(mine, theirs, score_cutoff=0.4)

    def _occurrences(self, rows: Rows) -> tuple[Rows, Rows]:
        """Where the features of rows stand in the field's, one after the other; and which row has each."""
        lengths = self._lengths[rows]
        ends = np.cumsum(lengths)
        owner = np.repeat(np.arange(len(rows)), lengths)
        return np.arange(int(ends[-1])) + (self._features_at[rows] - (ends - lengths))[owner], owner


def _vocabulary_places(segment: Segment) -> NDArray[np.int32]:
    """For each feature of each definition where it stands in the segment's vocabulary.

    Postings are in order of the vocabulary; a stable sort by definition puts them in the order of `features`.
    """
    spread = np.repeat(np.arange(len(segment.vocabulary), dtype=np.int32), np.diff(segment.postings_at))
    return spread[np.argsort(segment.postings, kind="stable")]


def _lookup(features: list[Hashes], query: Rows, flat: Hashes) -> tuple[Rows, Mask]:
    """Where in the queries' features (one list after the other) each feature stands, and whether it does."""
    owner = np.repeat(np.arange(len(features), dtype=np.uint64), [len(one) for one in features])
    keys = (owner << np.uint64(32)) | np.concatenate(features).astype(np.uint64)
    wanted = (query.astype(np.uint64) << np.uint64(32)) | flat.astype(np.uint64)
    place = np.searchsorted(keys, wanted)
    place[place == len(keys)] = 0
    return place, keys[place] == wanted


def _standing(pairs: _Pairs, offered: Mask, wanted: Mask) -> Floats:
    """What the bounds of the wanted pairs lose by how a candidate stands among others: `crowd`, `lead`."""
    against, ahead = min(BODY.get("crowd", 0.0), 0.0), max(BODY.get("lead", 0.0), 0.0)
    change = np.zeros(len(pairs.row), np.float32)
    firsts = np.flatnonzero(np.r_[True, pairs.query[1:] != pairs.query[:-1]])
    for first, end in zip(firsts.tolist(), [*firsts[1:].tolist(), len(pairs.row)], strict=True):
        asked = np.flatnonzero(wanted[first:end])
        if not len(asked):
            continue
        inside = np.flatnonzero(offered[first:end])
        # Beyond the search's own list, or at its very end, nothing is sure to be taken.
        sure = inside[inside < SEARCHED - 1]
        cosine = pairs.cosine[first:end]
        best = float(cosine[inside[0]])
        second = float(cosine[sure[1]]) if len(sure) > 1 else 0.0
        own = cosine[asked]
        near = (cosine[sure][None, :] >= 0.75 * (1 + SLACK) * own[:, None]).sum(1) - 1
        leading = own >= best * (1 - SLACK)
        lead = np.where(leading, 1 - second / max(best, 1e-6) * (1 - SLACK), 0.0)
        change[first + asked] = against * np.clip(near, 0, 8) / 8 - ahead * (1 - lead)
    return change
