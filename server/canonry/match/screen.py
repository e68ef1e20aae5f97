"""Which of many indexed definitions can be findings at all: an upper bound of their probability, quickly.

Weighing one definition takes milliseconds, and nearly none of a large workspace's is a finding. The screen
looks at many at once, in arrays: it finds every pair whose cosine is high enough (`least_cosine`) and
bounds the logit from what is cheap to compute, taking the most that a kind of evidence can add for that
which is not. Definitions that are left are searched for as they will be when they are weighed, and bounded
once more by how their candidates stand among each other. What passes is weighed as ever, so findings are the
same with and without it; tests hold that.

The weights are the model's. Of kinds of evidence that it does not know the screen takes the most that they
can add, so a new one makes it let more through, and nothing wrong. What it expects: evidence is from 0 to 1,
the trees are asked from GATE of the linear logit on, and a kind that it computes means what it means in
`evidence.py` and `kinship.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import FEATURE_KINDS, KINDS, Floats, Hashes, Segment
from canonry.index.snapshot import Snapshot
from canonry.match import kinship
from canonry.match.closeness import Closeness
from canonry.match.field import METHOD_KIND, Field, Mask, Rows, lookup
from canonry.match.kinship import RARE, STRONG, usage
from canonry.match.matcher import CANDIDATES, SEARCHED, least_cosine
from canonry.match.near import Near, Pairs
from canonry.match.rank import GATE, TABLE
from canonry.match.silence import CLASS_KIND, can_be_offered, never_speaks
from canonry.match.weights import BODY, CALIBRATION_BODY, INTERCEPT_BODY
from canonry.model import Trait
from canonry.syntax import Feature, feature_hash
from canonry.syntax.features import KIND_SHIFT

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
IDENTICAL = (
    Feature.WORD,
    Feature.CALL,
    Feature.ATTRIBUTE,
    Feature.LITERAL,
    Feature.SHAPE,
    Feature.PARAMETER,
)


class Screen:
    """Upper bounds for the definitions of one snapshot, at one threshold."""

    def __init__(self, snapshot: Snapshot, threshold: float, minimum_lines: int) -> None:
        self._minimum_lines = minimum_lines
        self._least = least_cosine(threshold, snapshot.statistics.total) * (1 - SLACK)
        clipped = min(max(threshold, 1e-6), 1 - 1e-6)
        slope, shift = CALIBRATION_BODY
        # The trees are asked from GATE on; what is below is as probable as the linear model says.
        self._logit = min(GATE, (float(np.log(clipped / (1 - clipped))) - shift) / slope) - SLACK
        self._field = field = Field(snapshot)
        self._near = Near(field, self._least)
        self._used = usage(field.uses)
        self._offered = {
            (wants_class, in_tests): field.alive
            & can_be_offered(field.traits, field.kinds == CLASS_KIND, wants_class, in_tests)
            for wants_class in (False, True)
            for in_tests in (False, True)
        }

    def passing(self, part: int, rows: Sequence[int]) -> set[int]:
        """Those rows of a part that may be findings; the others are none."""
        if self._least <= 0:
            return set(rows)
        field = self._field
        start = field.starts[part]
        passed: set[int] = set()
        asked: list[int] = []
        for at in rows:
            if self._speaks(field.segments[part], at):
                if field.traits[start + at] & Trait.EMPTY:
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

    def _chunk(self, rows: Rows) -> list[int]:
        close = Closeness(self._field)
        features = [self._field.features_of(row) for row in rows.tolist()]
        left = self._bounded(rows, features, self._near.pairs_within(rows, features), close)
        if not left:
            return []
        rows, features = rows[left], [features[at] for at in left]
        left = self._bounded(rows, features, self._near.pairs_searched(rows, features), close)
        passed: list[int] = rows[left].tolist()
        return passed

    def _bounded(self, rows: Rows, features: list[Hashes], pairs: Pairs, close: Closeness) -> list[int]:
        """The positions of the queries that have a pair over the threshold by all that is known of it."""
        offered = self._is_offered(rows, pairs)
        sure = _surely_weighed(pairs, offered)
        bound, asked = self._cheap(rows, pairs, offered)
        # The others of a query with a pair that is left are what that pair is compared with.
        queries = np.zeros(len(rows), np.bool_)
        queries[pairs.query[asked]] = True
        kept = asked | (sure & queries[pairs.query])
        pairs, bound, asked, sure = pairs.take(kept), bound[kept], asked[kept], sure[kept]
        if not len(pairs.row):
            return []
        bound = bound + self._by_features(rows, pairs, features, sure) + self._called(rows)[pairs.query]
        return self._by_text(rows, pairs, np.where(asked, bound, -np.inf), sure, close)

    # Bounds

    def _is_offered(self, rows: Rows, pairs: Pairs) -> Mask:
        field = self._field
        query = rows[pairs.query]
        classes = field.kinds[query] == CLASS_KIND
        tests = (field.traits[query] & Trait.TEST) > 0
        offered = np.zeros(len(query), np.bool_)
        for (wants_class, in_tests), mask in self._offered.items():
            offered |= mask[pairs.row] & (classes == wants_class) & (tests == in_tests)
        for at in np.flatnonzero(offered & tests & ~classes).tolist():
            offered[at] = not field.name(int(pairs.row[at])).startswith("test_")
        return offered

    def _cheap(self, rows: Rows, pairs: Pairs, offered: Mask) -> tuple[Floats, Mask]:
        """The bound of the logit from headers and cosines; and which pairs stay over the threshold.

        For the evidence that `_by_features` and `_by_text` compute it takes what speaks most for the pair.
        """
        field = self._field
        query = rows[pairs.query]
        traits = field.traits[query]
        mine, theirs = field.counts[query], field.counts[pairs.row]
        short = np.minimum(mine[:, 2], theirs[:, 2]) + 1
        long = np.maximum(mine[:, 2], theirs[:, 2]) + 1
        same_kind = field.kinds[query] == field.kinds[pairs.row]
        exact: dict[str, NDArray[Any]] = {
            "search": pairs.cosine,
            "arity": 1 / (1 + np.abs(mine[:, 0] - theirs[:, 0])),
            "same-kind": np.where(same_kind, 1.0, 0.7),
            "same-color": ((traits ^ field.traits[pairs.row]) & Trait.ASYNC) == 0,
            "same-file": field.files[query] == field.files[pairs.row],
            "alike-length": short / long,
            "length": np.minimum(1.0, mine[:, 2] / 20),
            "test-code": (traits & Trait.TEST) > 0,
            "used": self._used[pairs.row],
            "is-class": field.kinds[query] == CLASS_KIND,
            "is-method": field.kinds[query] == METHOD_KIND,
            "their-length": np.minimum(1.0, theirs[:, 2] / 20),
            **self._places(query, pairs.row),
        }
        bound = np.full(len(query), INTERCEPT_BODY, np.float32)
        for kind, _ in TABLE:
            weight = BODY.get(kind, 0.0)
            bound += weight * exact[kind].astype(np.float32) if kind in exact else max(weight, 0.0)
        kept = offered & (pairs.cosine >= self._least) & (bound >= self._logit)
        bound += _standing(pairs, offered, kept)
        return bound, kept & (bound >= self._logit)

    def _places(self, query: Rows, other: Rows) -> dict[str, NDArray[Any]]:
        """The evidence of names and places that is a comparison of numbers."""
        field = self._field
        one_file = field.files[query] == field.files[other]
        method = field.kinds[query] == METHOD_KIND
        both = method & (field.kinds[other] == METHOD_KIND)
        file, their_file = field.files[query], field.files[other]
        parent, theirs = field.parents[query], field.classes[other]
        # What a query stands in counts as its class, whatever it is.
        mine = np.where(field.kinds[query] == CLASS_KIND, query, parent)
        paired, held = (mine >= 0) & (theirs >= 0), (parent >= 0) & (theirs >= 0)
        here, there = field.folders[file], field.folders[their_file]
        common = np.cumprod((here == there) & (here >= 0), axis=1).sum(1)
        between = (here >= 0).sum(1) + (there >= 0).sum(1) - 2 * common
        last = field.last_words[mine]
        same_name = field.folded_names[query] == field.folded_names[other]
        return {
            # How rare the name is is an amount: what there is counts in full where it speaks for the pair.
            "same-name": same_name & (BODY.get("same-name", 0.0) > 0),
            "same-method": both & (field.names[query] == field.names[other]),
            "same-class": method & one_file & (field.outer_names[query] == field.outer_names[other]),
            "same-class-name": held & ~one_file & (field.names[parent] == field.names[theirs]),
            "sibling-role": paired
            & (last >= 0)
            & (last == field.last_words[theirs])
            & (field.name_words[mine] != field.name_words[theirs]),
            "shared-place": field.shared[their_file] & ~field.shared[file],
            "aside": field.aside[their_file] & ~field.aside[file],
            "private": ~one_file & (field.private[other] | ((theirs >= 0) & field.private[theirs])),
            "same-folder": 1 / (1 + between),
        }

    def _by_features(self, rows: Rows, pairs: Pairs, features: list[Hashes], sure: Mask) -> Floats:
        """What the bound loses by evidence that is computed from features, for each pair."""
        field = self._field
        occurrence, pair = field.occurrences(pairs.row)
        flat, rarities = field.features[occurrence], field.rarity[occurrence]
        kinds = (flat >> np.uint32(KIND_SHIFT)).astype(np.intp)
        cell = pair * FEATURE_KINDS + kinds
        shape = (len(pairs.row), FEATURE_KINDS)
        theirs = np.bincount(cell, rarities, shape[0] * FEATURE_KINDS).reshape(shape)
        _, hit = lookup(features, pairs.query[pair], flat)
        common = np.bincount(cell, rarities * hit, shape[0] * FEATURE_KINDS).reshape(shape)
        mine, owner = field.occurrences(rows)
        cell = owner * FEATURE_KINDS + (field.features[mine] >> np.uint32(KIND_SHIFT)).astype(np.intp)
        ours = np.bincount(cell, field.rarity[mine], len(rows) * FEATURE_KINDS).reshape(-1, FEATURE_KINDS)
        own = ours[pairs.query]
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
                np.maximum.at(best, pairs.query[sure], alike[sure])
                held = best[pairs.query]
                share = np.divide(alike, held, out=np.ones_like(alike), where=held > 0)
                change += weight * (np.minimum(share, 1) - 1)
        strong = list(STRONG)
        shared = common[:, strong].sum(1)
        shares = {
            "covered": shared / np.maximum(own[:, strong].sum(1), 1e-6),
            "covering": shared / np.maximum(theirs[:, strong].sum(1), 1e-6),
            "rare-in-common": np.minimum(shared / RARE, 1),
            "identical": np.clip((cosine(IDENTICAL) - 0.8) / 0.2, 0, 1),
        }
        for kind, share in shares.items():
            weight = BODY.get(kind, 0.0)
            change += weight * share - max(weight, 0.0)
        # How common a name is counts where both have it: it has one feature, found by its kind.
        whole = np.where(
            field.features[mine] >> np.uint32(KIND_SHIFT) == Feature.WHOLE_NAME, field.counts_of[mine], 0
        )
        names = np.bincount(owner, whole, len(rows))
        amount = np.minimum(1.0, np.log(np.maximum(names, 1)) / np.log(30))
        weight = BODY.get("convention", 0.0)
        change += weight * amount[pairs.query] * (common[:, Feature.WHOLE_NAME] > 0) - max(weight, 0.0)
        return change

    def _called(self, rows: Rows) -> Floats:
        """What a bound loses by how many call something of the query's name."""
        weight = BODY.get("called", 0.0)
        names = [feature_hash(Feature.CALL, self._field.name(row).encode()) for row in rows.tolist()]
        amount = kinship.calling(self._field.snapshot.statistics.counts(np.array(names, np.uint32)))
        change: Floats = (weight * amount - max(weight, 0.0)).astype(np.float32)
        return change

    def _by_text(
        self, rows: Rows, pairs: Pairs, bound: NDArray[np.floating[Any]], sure: Mask, close: Closeness
    ) -> list[int]:
        """The queries with a pair that stays over the threshold with names, places and bodies compared."""
        weight = max(BODY.get("nearest-form", 0.0), 0.0)
        left = np.flatnonzero(bound >= self._logit)
        best: dict[int, float] = {}
        passed: set[int] = set()
        for at in left[np.argsort(-bound[left])].tolist():
            query, other = int(pairs.query[at]), int(pairs.row[at])
            if query in passed:
                continue
            row, rest = int(rows[query]), float(bound[at])
            rest += close.change(row, other, rest - self._logit)
            form = close.form(row, other) if rest >= self._logit else 0.0
            if rest - (0 if form else weight) < self._logit:
                continue
            if weight and query not in best:
                beside = pairs.row[sure & (pairs.query == query)].tolist()
                best[query] = max((close.form(row, one) for one in beside), default=0.0)
            if rest - weight * (1 - form / max(form, best.get(query, 0.0), 1e-6)) >= self._logit:
                passed.add(query)
        return sorted(passed)


def _surely_weighed(pairs: Pairs, offered: Mask) -> Mask:
    """The candidates that will be weighed beside the others, whatever rounding makes of equal cosines.

    The search takes so many, and of those that can be offered so many are weighed: of those that are as far
    as the first that is left out, any may be.
    """
    sure = offered.copy()
    firsts = np.flatnonzero(np.r_[True, pairs.query[1:] != pairs.query[:-1]])
    for first, end in zip(firsts.tolist(), [*firsts[1:].tolist(), len(pairs.row)], strict=True):
        inside = np.flatnonzero(offered[first:end])
        cosine = pairs.cosine[first:end]
        floor = 0.0
        if end - first >= SEARCHED:
            floor = float(cosine[SEARCHED - 1])
        if len(inside) >= CANDIDATES:
            floor = max(floor, float(cosine[inside[CANDIDATES - 1]]))
        if floor:
            sure[first:end] &= cosine > floor * (1 + SLACK)
    return sure


def _standing(pairs: Pairs, offered: Mask, wanted: Mask) -> Floats:
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
