"""The pairs of definitions that are near each other, for many at once.

`pairs_within` finds all that are within a cosine, and skips most of the work by it. `pairs_searched` finds
what the search finds for each of them: it costs more, and tells how a candidate stands among all others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from canonry.index.segment import Floats, Hashes, Segment
from canonry.index.snapshot import COMMON_LEAST, COMMON_SHARE, LENGTH_PRIOR
from canonry.match.field import Field, Mask, Rows, lookup
from canonry.match.matcher import SEARCHED
from canonry.match.silence import is_part_of_it


@dataclass(frozen=True)
class Pairs:
    """Queries with candidates, in order of query and nearest first; entry i of each array is pair i."""

    query: Rows
    """Positions among the queries."""
    row: Rows
    """Candidates, as rows of the field."""
    cosine: Floats

    def take(self, mask: Mask) -> Pairs:
        """Some of the pairs, in the same order."""
        return Pairs(self.query[mask], self.row[mask], self.cosine[mask])

    def positions(self) -> Rows:
        """The place of each pair among those of its query, from 0 on."""
        places: Rows = np.arange(len(self.query)) - np.searchsorted(self.query, self.query)
        return places


class Near:
    """The search for pairs in one field that are at least so near."""

    def __init__(self, field: Field, least: float) -> None:
        self._field = field
        self._least = least
        self._scores: Floats = np.zeros(len(field.norms), np.float32)
        self._common = max(COMMON_LEAST, int(field.snapshot.statistics.total * COMMON_SHARE))

    def pairs_within(self, rows: Rows, features: list[Hashes]) -> Pairs:
        """For each query (a row with its features) the rows near enough, as many as the search takes.

        A query itself, what encloses it and what is inside it is left out.
        """
        field = self._field
        occurrence, owner = field.occurrences(rows)
        ends = np.cumsum(field.lengths[rows])
        squares = field.squares[occurrence]
        totals = np.bincount(owner, squares, len(rows)) + LENGTH_PRIOR**2
        squares = np.where(field.counts_of[occurrence] > self._common, 0, squares)
        worth = squares / np.maximum(field.counts_of[occurrence], 1)
        places = [field.places_in(number, rows, occurrence) for number in range(len(field.segments))]
        found: list[Rows] = []
        start = 0
        for end, total in zip(ends.tolist(), totals.tolist(), strict=True):
            own = slice(start, end)
            found.append(self._sharing([one[own] for one in places], squares[own], worth[own], total))
            start = end
        row = np.concatenate(found)
        query = np.repeat(np.arange(len(rows)), [len(one) for one in found])
        if not len(row):
            return Pairs(query, row, np.zeros(0, np.float32))
        theirs, pair = field.occurrences(row)
        place, hit = lookup(features, query[pair], field.features[theirs])
        sums = np.bincount(pair, squares[place] * hit, len(row))
        cosine = (sums / (field.norms[row] * np.sqrt(totals)[query])).astype(np.float32)
        return self._first(rows, Pairs(query, row, cosine).take(cosine >= self._least))

    def pairs_searched(self, rows: Rows, features: list[Hashes]) -> Pairs:
        """For each query what the search finds, however far."""
        field = self._field
        queries: list[int] = []
        found: list[int] = []
        cosines: list[float] = []
        for at, (row, own) in enumerate(zip(rows.tolist(), features, strict=True)):
            mine, file = field.local_name(row), int(field.files[row])
            inside = self._around(row, file, mine)

            def skip(number: int, segment: Segment, inside: list[int] = inside) -> frozenset[int]:
                first = field.starts[number]
                return frozenset(one - first for one in inside if 0 <= one - first < segment.size)

            for ref, cosine in field.snapshot.candidates(own, SEARCHED, skip=skip):
                queries.append(at)
                found.append(field.starts[ref.part] + ref.at)
                cosines.append(cosine)
        return Pairs(np.array(queries, np.int64), np.array(found, np.int64), np.array(cosines, np.float32))

    def _around(self, row: int, file: int, mine: str) -> list[int]:
        """The rows of a file that are a query itself, enclose it, or are inside it."""
        field = self._field
        found = [row]
        for step in (-1, 1):
            at = row + step
            while 0 <= at < len(field.files) and field.files[at] == file:
                if is_part_of_it(mine, field.local_name(at)):
                    found.append(at)
                at += step
        return found

    def _sharing(self, places: list[Rows], squares: Floats, worth: Floats, total: float) -> Rows:
        """Rows that can be near enough, by their rarest features in common.

        Features that together have too little weight are no reason to look at a row: with
        q = p + s, cosine(q, d) <= cosine(p, d) + |s|/|q|, so a row without any feature of p is farther than
        |s|/|q| (as prefix filtering does it: Bayardo, Ma and Srikant 2007). The commonest are left out.
        """
        field = self._field
        order = np.argsort(worth)
        mass = np.cumsum(squares[order])
        dropped = int(np.searchsorted(mass, self._least**2 * total))
        rest = float(mass[dropped - 1]) if dropped else 0.0
        kept = order[dropped:]
        scores, needed = self._scores, self._least * np.sqrt(total)
        found: list[Rows] = []
        for segment, place, first in zip(field.segments, places, field.starts, strict=False):
            at = place[kept]
            present = at >= 0
            lists = segment.postings_of(at[present])
            if not lists:
                continue
            touched = np.concatenate(lists) + first
            np.add.at(scores, touched, np.repeat(squares[kept][present], [len(one) for one in lists]))
            near = touched[scores[touched] + rest >= needed * field.norms[touched]]
            scores[touched] = 0
            near = np.unique(near)
            found.append(near[field.alive[near]])
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def _first(self, rows: Rows, pairs: Pairs) -> Pairs:
        """The pairs in order of query and cosine, without a definition's own, cut where the search cuts."""
        field = self._field
        order = np.lexsort((-pairs.cosine, pairs.query))
        pairs = Pairs(pairs.query[order], pairs.row[order], pairs.cosine[order])
        keep = np.ones(len(pairs.row), np.bool_)
        same = field.files[pairs.row] == field.files[rows[pairs.query]]
        for at in np.flatnonzero(same).tolist():
            mine = field.local_name(int(rows[pairs.query[at]]))
            keep[at] = not is_part_of_it(mine, field.local_name(int(pairs.row[at])))
        pairs = pairs.take(keep)
        # Of those that are equally far at the end of the search's list any may have been taken.
        return pairs.take(pairs.positions() < 2 * SEARCHED)
