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

from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np

from canonry.index.columns import KINDS
from canonry.index.segment import Segment
from canonry.index.snapshot import Snapshot
from canonry.match import arrays
from canonry.match.bounds import EVERY, SLACK, Bounds
from canonry.match.closeness import Closeness
from canonry.match.field import METHOD_KIND, Field
from canonry.match.matcher import CANDIDATES, SEARCHED, least_cosine
from canonry.match.near import Near, Pairs
from canonry.match.rank import GATE, LEAST_OF_COPIES, calibration
from canonry.match.silence import CLASS_KIND, can_be_offered, never_speaks
from canonry.match.terms import BITS, Mask, Rows
from canonry.model import Trait


class Screen:
    """Upper bounds for the definitions of one snapshot, at one threshold."""

    def __init__(self, snapshot: Snapshot, threshold: float, minimum_lines: int) -> None:
        self._minimum_lines = minimum_lines
        self._least = least_cosine(threshold, snapshot.statistics.total) * (1 - SLACK)
        clipped = min(max(threshold, 1e-6), 1 - 1e-6)
        slope, shift = calibration(True, snapshot.statistics.total)
        self._logit = (float(np.log(clipped / (1 - clipped))) - shift) / slope
        # The trees are asked from GATE on; what is below is as probable as the linear model says.
        self._least_linear = min(GATE, self._logit) - SLACK
        self._takes_copies = threshold <= LEAST_OF_COPIES
        self._field = field = Field(snapshot)
        self._near = Near(field, self._least)
        self._offered = {
            (wants_class, in_tests): field.alive
            & can_be_offered(field.traits, field.kinds == CLASS_KIND, wants_class, in_tests)
            for wants_class in (False, True)
            for in_tests in (False, True)
        }
        self._special = {
            in_tests: field.alive
            & can_be_offered(field.traits, field.kinds == CLASS_KIND, False, in_tests, special=True)
            for in_tests in (False, True)
        }
        """Special methods, by whether those of tests are among them."""
        special = np.flatnonzero(self._special[True] & (field.kinds == METHOD_KIND)).tolist()
        self._forms = Counter(self._form(row) for row in special)

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
                if field.traits[start + at] & Trait.DUNDER and self._forms[self._form(start + at)] < 2:
                    continue  # only another one of the same form would be said
                if field.traits[start + at] & Trait.EMPTY:
                    passed.add(at)  # bare headers have weights of their own, and are few
                else:
                    asked.append(start + at)
        for first in range(0, len(asked), BITS):
            chunk = asked[first : first + BITS]
            passed.update(row - start for row in self._chunk(np.array(chunk, np.int64)))
        return passed

    def _speaks(self, segment: Segment, at: int) -> bool:
        body_lines = segment.body_lines(at)
        kind, traits = KINDS[int(segment.symbol_kind[at])], Trait(int(segment.symbol_traits[at]))
        return not never_speaks(kind, segment.local_names[at], traits, body_lines, self._minimum_lines)

    def _form(self, row: int) -> tuple[str, bytes]:
        return self._field.name(row), self._field.skeleton(row)

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
        pairs = self._near.pairs_within(rows)
        offered = self._is_offered(rows, pairs)
        sure, maybe = _weighed(pairs, offered, len(rows))
        crowd, lead = (one[maybe[offered]] for one in arrays.among(pairs, offered, len(rows)))
        pairs, sure = pairs.take(maybe), sure[maybe]
        bounds = Bounds.unknown(len(pairs.row))
        if not len(pairs.row):
            return pairs, bounds, np.zeros(0, np.int64)  # nobody is near any of them
        bounds.between("crowd", crowd, np.ones(len(crowd)))
        bounds.between("lead", np.zeros(len(lead)), lead)
        arrays.headers(field, rows, pairs, bounds)
        arrays.features(field, rows, pairs, self._near.common(rows, pairs), sure, bounds)
        left = self._over(bounds, None)
        close = Closeness(field, rows, pairs, bounds)
        for look in (close.spelling, close.files):  # what they tell costs less than to ask the trees again
            look(left)
            left = self._over(bounds, left, asks_trees=False)
        for look in (close.bodies, close.names_and_classes, partial(close.nearest_form, sure=sure)):
            look(left)
            left = self._over(bounds, left)
        return pairs, bounds, left

    def _over(self, bounds: Bounds, some: Rows | None, asks_trees: bool = True) -> Rows:
        """Which of some pairs (None: of all) are not ruled out by what is known of them."""
        at = EVERY if some is None else some
        copies = bounds.may_be_copies(at) & self._takes_copies
        linear = bounds.linear(at)
        kept = copies | (linear >= self._least_linear)
        left: Rows = np.flatnonzero(kept) if some is None else some[kept]
        if not asks_trees:
            return left
        return left[copies[kept] | bounds.reaches(self._logit, left, linear[kept])]

    def _is_offered(self, rows: Rows, pairs: Pairs) -> Mask:
        field = self._field
        query = rows[pairs.query]
        classes = field.kinds[query] == CLASS_KIND
        tests = (field.traits[query] & Trait.TEST) > 0
        offered = np.zeros(len(query), np.bool_)
        for (wants_class, in_tests), mask in self._offered.items():
            offered |= mask[pairs.row] & (classes == wants_class) & (tests == in_tests)
        special = np.flatnonzero(field.traits[query] & Trait.DUNDER)
        mine, theirs = query[special], pairs.row[special]
        like = np.where(tests[special], self._special[True][theirs], self._special[False][theirs])
        offered[special] |= like & (field.names[mine] == field.names[theirs])
        offered &= ~(tests & ~classes & field.tests[pairs.row])
        offered &= ~field.entries[pairs.row]
        return offered


def _weighed(pairs: Pairs, offered: Mask, count: int) -> tuple[Mask, Mask]:
    """The candidates that will be weighed whatever rounding makes of equal cosines, and those that may be.

    The search takes so many, and of those that can be offered so many are weighed. Of those that are as far
    as the last of these, any may be; of those farther none is.
    """
    first = np.searchsorted(pairs.query, np.arange(count + 1))
    number = np.cumsum(offered)
    floor = np.zeros(count, np.float32)
    at_end = first[:-1] + SEARCHED - 1
    is_cut = at_end < first[1:]
    floor[is_cut] = pairs.cosine[at_end[is_cut]]
    offered_before = np.r_[0, number][first[:-1]]
    last = offered & (number - offered_before[pairs.query] == CANDIDATES)
    floor[pairs.query[last]] = np.maximum(floor[pairs.query[last]], pairs.cosine[last])
    floor = floor[pairs.query]
    sure: Mask = offered & ((floor == 0) | (pairs.cosine > floor * (1 + SLACK)))
    maybe: Mask = offered & (pairs.cosine >= floor * (1 - SLACK))
    return sure, maybe
