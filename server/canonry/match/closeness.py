"""What a single pair's names, places, classes and bodies take from the bound of its logit.

The bound has the most that each kind of evidence can add; here what it really adds is put in its place,
for those kinds that are computed pair by pair. Weights are the model's; other kinds keep their bound.
"""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from canonry.match import kinship
from canonry.match.batch import MIN_SKELETON
from canonry.match.field import METHOD_KIND, Field
from canonry.match.weights import BODY
from canonry.syntax import Feature, feature_hash
from canonry.syntax.words import split_identifier

RULED_OUT = -math.inf
"""Of a pair that is under the threshold before all of it has been looked at."""


class Closeness:
    """What pairs of rows of one field lose. Each pair is looked at once."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._known: dict[tuple[int, int], float] = {}
        self._forms: dict[tuple[int, int], float] = {}
        self._families: dict[tuple[int, int], bool] = {}
        self._bases_of: dict[int, frozenset[int]] = {}

    def change(self, row: int, other: int, most: float) -> float:
        """What the pair loses, `nearest-form` aside; RULED_OUT where it loses more than `most`."""
        known = self._known.get((row, other))
        if known is None:
            known = self._known[row, other] = self._change(row, other, most)
        return known

    def form(self, row: int, other: int) -> float:
        """The evidence `body` of a pair."""
        known = self._forms.get((row, other))
        if known is None:
            known = self._forms[row, other] = self._form(row, other)
        return known

    def _change(self, row: int, other: int, most: float) -> float:
        field = self._field
        mine, theirs = field.name(row), field.name(other)
        alike = fuzz.token_sort_ratio(_spelled(mine), _spelled(theirs)) / 100
        change = _counted("name-spelling", alike)
        if change < -most:
            return RULED_OUT
        form = self.form(row, other)
        change += _counted("body", form) + _counted("same-form", (form - 0.85) / 0.15)
        if change < -most:
            return RULED_OUT
        return change + self._by_name(row, other, mine, theirs, (form - 0.8) / 0.2)

    def _by_name(self, row: int, other: int, mine: str, theirs: str, near: float) -> float:
        field = self._field
        parent, here, there = int(field.parents[row]), int(field.classes[row]), int(field.classes[other])
        holder = field.name(parent) if parent >= 0 else ""
        other_owner = field.name(there) if there >= 0 else ""
        words, others = split_identifier(mine), split_identifier(theirs)
        family = self._family(here if here >= 0 else parent, there)
        inherits = family and _base(other_owner) in self._bases(here)
        inherited = inherits and mine == theirs and field.kinds[row] == METHOD_KIND
        same_method = mine == theirs and field.kinds[row] == field.kinds[other] == METHOD_KIND
        path, other_path = field.path(row), field.path(other)
        return (
            _counted("counterpart", float(len(words) == len(others) > 1 and _differing(words, others) == 1))
            + _counted("variant", kinship.are_variants(mine, path, holder, theirs, other_path, other_owner))
            + _counted("opposite", kinship.are_opposite(mine, theirs))
            + _counted("family", family)
            + _counted("inherited", inherited)
            + _counted("repeats-inherited", near if inherited else 0.0)
            + _counted("same-method-same-form", near if same_method else 0.0)
        )

    def _family(self, here: int, there: int) -> bool:
        """Whether two classes have a base in common, or the one is the other's base."""
        field = self._field
        if here < 0 or there < 0 or not (field.has_bases[here] or field.has_bases[there]):
            return False
        known = self._families.get((here, there))
        if known is None:
            bases, others = self._bases(here), self._bases(there)
            mine, theirs = _base(field.name(here)), _base(field.name(there))
            known = not bases.isdisjoint(others) or theirs in bases or mine in others
            self._families[here, there] = known
        return known

    def _bases(self, row: int) -> frozenset[int]:
        known = self._bases_of.get(row)
        if known is None:
            known = self._bases_of[row] = self._field.bases(row)
        return known

    def _form(self, row: int, other: int) -> float:
        field = self._field
        mine, theirs = field.skeleton(row), field.skeleton(other)
        if len(mine) < MIN_SKELETON or len(theirs) < MIN_SKELETON:
            return 0.0
        return Indel.normalized_similarity(mine, theirs, score_cutoff=0.4)


def _counted(kind: str, value: float) -> float:
    """How much less a kind of evidence adds than the most that it can: at its value, cut to 0 to 1."""
    weight = BODY.get(kind)
    if weight is None:
        return 0.0
    if value <= 0:
        return -weight if weight > 0 else 0.0
    here = weight * value if value < 1 else weight
    return here - weight if weight > 0 else here


@lru_cache(maxsize=200_000)
def _spelled(name: str) -> str:
    return " ".join(split_identifier(name))


@lru_cache(maxsize=50_000)
def _base(name: str) -> int:
    return feature_hash(Feature.BASE, name.encode())


def _differing(words: tuple[str, ...], others: tuple[str, ...]) -> int:
    return sum(a != b for a, b in zip(words, others, strict=False))
