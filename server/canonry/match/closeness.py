"""What a single pair's names, places, classes and bodies tell, computed pair by pair.

The screen asks for it where what is told by arrays leaves a pair over the threshold. Each function puts the
evidence of some pairs, given by their numbers, into the bounds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from canonry.match import kinship
from canonry.match.batch import MIN_SKELETON
from canonry.match.bounds import PLACES, ROUNDING, Bounds
from canonry.match.evidence import near_same_form, spelled
from canonry.match.field import METHOD_KIND, Field
from canonry.match.kinship import COPY, near_form
from canonry.match.near import Pairs
from canonry.match.silence import CLASS_KIND
from canonry.match.standing import overlap
from canonry.match.terms import Mask, Rows
from canonry.syntax import Feature, feature_hash
from canonry.syntax.words import split_identifier


class Closeness:
    """Looks at pairs of rows of one field."""

    def __init__(self, field: Field, rows: Rows, pairs: Pairs, bounds: Bounds) -> None:
        """`rows` are the queries that the pairs are of."""
        self._field = field
        self._queries = rows[pairs.query]
        self._pairs = pairs
        self._bounds = bounds
        self._forms: dict[tuple[int, int], float] = {}

    def spelling(self, some: Rows) -> None:
        """How the names are spelled."""
        names = [(self._field.name(row), self._field.name(other)) for row, other in self._rows(some)]
        alike = [fuzz.token_sort_ratio(spelled(mine), spelled(theirs)) / 100 for mine, theirs in names]
        self._bounds.about("name-spelling", np.array(alike), some)

    def bodies(self, some: Rows) -> None:
        """How alike the bodies are, and what is made of that."""
        bounds, field = self._bounds, self._field
        form = np.array([self._form(row, other) for row, other in self._rows(some)])
        bounds.about("body", form, some)
        same = near_same_form(form)
        bounds.about("same-form", same, some)
        copied = np.flatnonzero(form < COPY - ROUNDING)
        bounds.exactly("copies", 0, some[copied])
        fewest, most = self._known("members", some)
        is_class = field.kinds[self._queries[some]] == CLASS_KIND
        bounds.between("class-copy", is_class * same * fewest, is_class * same * most, some)
        near = near_form(form)
        least, most = (near * np.sqrt(one) for one in self._known("identical", some))
        bounds.between("copy", least, most, some)
        named = self._known("same-name", some)[1] > 2 * ROUNDING
        bounds.between("named-copy", np.zeros(len(some)), named * most, some)
        same_method = self._known("same-method", some)[1] > 0
        bounds.about("same-method-same-form", np.where(same_method, near, 0), some)

    def names_and_classes(self, some: Rows) -> None:
        """What names, places and classes are to each other."""
        told = np.array([self._named(*one) for one in self._rows(some)], np.float32).reshape(-1, 5)
        for at, kind in enumerate(("counterpart", "variant", "opposite", "family", "inherited")):
            self._bounds.exactly(kind, told[:, at], some)
        near = near_form(np.array([self._form(*one) for one in self._rows(some)]))
        self._bounds.about("repeats-inherited", told[:, 4] * near, some)

    def files(self, some: Rows) -> None:
        """How much the files and the classes are variants of each other."""
        told = np.array([self._overlaps(*one) for one in self._rows(some)]).reshape(-1, 2)
        self._bounds.about("twin-files", told[:, 0], some)
        self._bounds.about("parallel", told[:, 1], some)

    def nearest_form(self, some: Rows, sure: Mask) -> None:
        """How alike the bodies are, as a share of the best; `sure` are surely weighed beside the others."""
        best: dict[int, float] = {}
        query, forms = self._pairs.query, self._known("body", some)[1]
        share = np.zeros(len(some))
        for at, (one, form) in enumerate(zip(some.tolist(), forms.tolist(), strict=True)):
            mine = int(query[one])
            if mine not in best:
                first, end = np.searchsorted(query, [mine, mine + 1]).tolist()
                beside = first + np.flatnonzero(sure[first:end])
                best[mine] = max((self._form(*other) for other in self._rows(beside)), default=0.0)
            share[at] = form / max(form, best[mine], 1e-6)
        self._bounds.between("nearest-form", np.zeros(len(some)), share, some)

    def _rows(self, some: Rows) -> list[tuple[int, int]]:
        return list(zip(self._queries[some].tolist(), self._pairs.row[some].tolist(), strict=True))

    def _known(self, kind: str, some: Rows) -> tuple[NDArray[Any], NDArray[Any]]:
        place = PLACES[kind]
        return self._bounds.least[place, some], self._bounds.most[place, some]

    def _form(self, row: int, other: int) -> float:
        known = self._forms.get((row, other))
        if known is None:
            mine, theirs = self._field.skeleton(row), self._field.skeleton(other)
            short = len(mine) < MIN_SKELETON or len(theirs) < MIN_SKELETON
            known = 0.0 if short else Indel.normalized_similarity(mine, theirs, score_cutoff=0.4)
            self._forms[row, other] = known
        return known

    def _named(self, row: int, other: int) -> tuple[bool, bool, bool, bool, bool]:
        field = self._field
        mine, theirs = field.name(row), field.name(other)
        parent, here, there = int(field.parents[row]), int(field.classes[row]), int(field.classes[other])
        holder = field.name(parent) if parent >= 0 else ""
        other_owner = field.name(there) if there >= 0 else ""
        words, others = split_identifier(mine), split_identifier(theirs)
        family = self._family(here if here >= 0 else parent, there)
        inherits = family and _base(other_owner) in field.bases(here)
        path, other_path = field.path(row), field.path(other)
        return (
            len(words) == len(others) > 1 and _differing(words, others) == 1,
            kinship.are_variants(mine, path, holder, theirs, other_path, other_owner),
            kinship.are_opposite(mine, theirs),
            family,
            inherits and mine == theirs and bool(field.kinds[row] == METHOD_KIND),
        )

    def _family(self, here: int, there: int) -> bool:
        """Whether two classes have a base in common, or the one is the other's base."""
        field = self._field
        if here < 0 or there < 0 or not (field.has_bases[here] or field.has_bases[there]):
            return False
        bases, others = field.bases(here), field.bases(there)
        mine, theirs = _base(field.name(here)), _base(field.name(there))
        return not bases.isdisjoint(others) or theirs in bases or mine in others

    def _overlaps(self, row: int, other: int) -> tuple[float, float]:
        """The evidence `twin-files` and `parallel`."""
        field, snapshot = self._field, self._field.snapshot
        path, other_path, own = field.path(row), field.path(other), field.local_name(row)
        twins = parallel = 0.0
        if path != other_path:
            names = snapshot.names_on_disk(path) - {own}
            twins = overlap(names, snapshot.names_on_disk(other_path), own) if names else 0.0
        parent, there = int(field.parents[row]), int(field.classes[other])
        if parent >= 0 and there >= 0:
            members = snapshot.members_on_disk(path, field.local_name(parent)) - {field.name(row)}
            others = snapshot.members_on_disk(other_path, field.local_name(there))
            parallel = overlap(members, others, field.name(other)) if members else 0.0
        return twins, parallel


@lru_cache(maxsize=50_000)
def _base(name: str) -> int:
    return feature_hash(Feature.BASE, name.encode())


def _differing(words: tuple[str, ...], others: tuple[str, ...]) -> int:
    return sum(a != b for a, b in zip(words, others, strict=False))
