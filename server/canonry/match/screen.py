"""Which of many indexed definitions can be findings at all: an upper bound of their probability, quickly.

Weighing one definition takes milliseconds, and few of a large workspace's are findings. The screen looks
at many at once: it finds every pair whose cosine is high enough (`least_cosine`) and bounds each kind of
evidence (`bounds.py`), first by what arrays tell of all pairs (`arrays.py`), then of those that are left by
what has to be looked at pair by pair (`closeness.py`). A definition passes with a pair whose probability can
be over the threshold. What passes is weighed as ever, so findings are the same with and without it; tests
hold that.

The weights and trees are the model's. Of kinds of evidence that it does not know the screen takes whatever
speaks most for a pair, so a new one makes it let more through, and nothing wrong. What it expects: evidence
is from 0 to 1, and a kind that it computes means what its function means.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from canonry.index.segment import KINDS, Segment
from canonry.index.snapshot import Snapshot
from canonry.match import arrays
from canonry.match.bounds import SLACK, Bounds
from canonry.match.closeness import Closeness
from canonry.match.field import Field, Mask, Rows
from canonry.match.matcher import CANDIDATES, SEARCHED, least_cosine
from canonry.match.near import Near, Pairs
from canonry.match.rank import GATE
from canonry.match.silence import CLASS_KIND, can_be_offered, never_speaks
from canonry.match.weights import CALIBRATION_BODY
from canonry.model import Trait

CHUNK = 400
"""Definitions looked at together: arrays of some megabytes."""
BESIDE = 12
"""So many of the nearest candidates are what a pair is compared with: the best in anything is mostly one."""


class Screen:
    """Upper bounds for the definitions of one snapshot, at one threshold."""

    def __init__(self, snapshot: Snapshot, threshold: float, minimum_lines: int) -> None:
        self._minimum_lines = minimum_lines
        self._least = least_cosine(threshold, snapshot.statistics.total) * (1 - SLACK)
        clipped = min(max(threshold, 1e-6), 1 - 1e-6)
        slope, shift = CALIBRATION_BODY
        self._logit = (float(np.log(clipped / (1 - clipped))) - shift) / slope
        # The trees are asked from GATE on; what is below is as probable as the linear model says.
        self._least_linear = min(GATE, self._logit) - SLACK
        self._field = field = Field(snapshot)
        self._near = Near(field, self._least)
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
        """The rows that have a pair over the threshold by all that is known of it."""
        pairs, _, left = self._bounded(rows)
        passed: list[int] = rows[np.unique(pairs.query[left])].tolist()
        return passed

    def _bounded(self, rows: Rows) -> tuple[Pairs, Bounds, Rows]:
        """Pairs with what is known of them, and the numbers of those that are not ruled out.

        The others are those that the search has nearest: what these are compared with.
        """
        field = self._field
        own = [field.features_of(row) for row in rows.tolist()]
        pairs = self._near.pairs_within(rows, own)
        offered = self._is_offered(rows, pairs)
        sure = _surely_weighed(pairs, offered)
        bounds = Bounds.unknown(len(pairs.row))
        arrays.headers(field, rows, pairs, bounds)
        arrays.among(pairs, offered, bounds)
        asked = offered & (pairs.cosine >= self._least) & (bounds.linear() >= self._least_linear)
        queries = np.zeros(len(rows), np.bool_)
        queries[pairs.query[asked]] = True
        kept = asked | (sure & queries[pairs.query] & (pairs.positions() < BESIDE))
        pairs, bounds, asked, sure = pairs.take(kept), bounds.take(kept), asked[kept], sure[kept]
        left = np.flatnonzero(asked)
        if len(left):
            arrays.features(field, rows, own, pairs, sure, bounds)
            left = self._over(bounds, left)
        close = Closeness(field, rows, pairs, bounds)
        for look in (close.spelling, close.files, close.bodies, close.names_and_classes):
            look(left)
            left = self._over(bounds, left)
        close.nearest_form(left, sure)
        return pairs, bounds, self._over(bounds, left)

    def _over(self, bounds: Bounds, some: Rows) -> Rows:
        left: Rows = some[bounds.linear(some) >= self._least_linear]
        return left[bounds.reaches(self._logit, left)]

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
