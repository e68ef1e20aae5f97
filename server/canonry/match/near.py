"""The pairs of definitions that are near each other, for many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from canonry.index.segment import Floats
from canonry.match.field import Field
from canonry.match.matcher import SEARCHED
from canonry.match.terms import Mask, Rows


@dataclass(frozen=True)
class Pairs:
    """Queries with candidates, in order of query and nearest first; entry i of each array is pair i."""

    query: Rows
    """Positions among the queries."""
    row: Rows
    """Candidates, as rows of the field."""
    cosine: Floats

    def take(self, some: Mask | Rows) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.query[some], self.row[some], self.cosine[some])

    def positions(self) -> Rows:
        """The place of each pair among those of its query, from 0 on."""
        places: Rows = np.arange(len(self.query)) - np.searchsorted(self.query, self.query)
        return places


@dataclass(frozen=True)
class Common:
    """What the two of each pair have in common: entry i of each array is a term of one of the pairs."""

    pair: Rows
    at: Rows
    """Where it stands among the terms of all rows, as the candidate's."""


class Near:
    """The search for pairs in one field that are at least so near."""

    def __init__(self, field: Field, least: float) -> None:
        self._field = field
        self._least = np.float32(least)
        self._norms: Floats = np.where(field.alive, field.norms, np.float32(np.inf))
        """Nobody is near to what is dead."""
        self._scores: Floats = np.zeros(len(field.norms), np.float32)
        self._needed: Floats = np.zeros(len(field.norms), np.float32)

    def pairs_within(self, rows: Rows) -> Pairs:
        """For each query (a row) the rows near enough, as many as the search takes.

        A query itself, what encloses it and what is inside it is left out.
        """
        field = self._field
        found = [self._near(row) for row in rows.tolist()]
        row = np.concatenate([one for one, _ in found])
        query = np.repeat(np.arange(len(rows)), [len(one) for one, _ in found])
        pairs = Pairs(query, row, np.concatenate([cosine for _, cosine in found]))
        pairs = pairs.take(~field.is_part_of_it(rows[query], row))
        pairs = pairs.take(np.lexsort((-pairs.cosine, pairs.query)))
        # Of those that are equally far at the end of the search's list any may have been taken.
        return pairs.take(pairs.positions() < 2 * SEARCHED)

    def common(self, rows: Rows, pairs: Pairs) -> Common:
        """What pairs have in common, of up to `BITS` queries."""
        field = self._field
        at, pair = field.occurrences(pairs.row)
        own = [field.own_terms(one) for one in rows.tolist()]
        hits = np.flatnonzero(field.marks.have(own, pairs.query[pair], field.terms_of[at]))
        return Common(pair[hits], at[hits])

    def _near(self, row: int) -> tuple[Rows, Floats]:
        """The rows near enough to one, with their cosines."""
        field, scores, needed = self._field, self._scores, self._needed
        terms = field.own_terms(row)
        terms = terms[field.terms.squares[terms] > 0]
        starts, ends = field.holders_at[terms].tolist(), field.holders_at[terms + 1].tolist()
        lists = [field.holders[start:end] for start, end in zip(starts, ends, strict=True)]
        if not lists:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        added = np.repeat(field.terms.squares[terms], [len(one) for one in lists])
        np.add.at(scores, np.concatenate(lists), added)
        length = field.norms[row]
        np.multiply(self._norms, self._least * length, out=needed)
        near = np.flatnonzero(scores >= needed)
        cosine = scores[near] / (self._norms[near] * length)
        scores.fill(0)
        return near, cosine
