"""Evidence of many pairs at once from arrays: what headers, names, places and features tell.

Each function puts what it knows into the pairs' bounds. What it computes means what the function of the kind
means in `evidence.py`, `kinship.py` and `standing.py`; tests hold the one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from canonry.index.segment import FEATURE_KINDS, Floats, Ints
from canonry.match import kinship, standing
from canonry.match.bounds import ROUNDING, SLACK, Bounds
from canonry.match.evidence import IDENTICAL, NAMED, NAMED_AMOUNT, SAME_NAME, near_all
from canonry.match.field import METHOD_KIND, Field
from canonry.match.matcher import CANDIDATES, SEARCHED
from canonry.match.near import Common, Pairs
from canonry.match.silence import CLASS_KIND
from canonry.match.terms import Mask, Rows, Sums
from canonry.model import Trait
from canonry.syntax import Feature

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
AMOUNTS: dict[str, tuple[tuple[Feature, ...], float]] = {
    "amount-of-literals": ((Feature.LITERAL,), standing.AMOUNT),
    "amount-of-imported": ((Feature.IMPORTED,), standing.AMOUNT),
    "amount-of-documentation": ((Feature.DOC,), standing.AMOUNT),
    "amount-of-calls": ((Feature.CALL,), standing.AMOUNT),
    "amount-of-form": ((Feature.SHAPE,), standing.AMOUNT),
    "same-name": ((Feature.WHOLE_NAME,), SAME_NAME),
    "body-names": (NAMED, NAMED_AMOUNT),
    "rare-in-common": (tuple(kinship.STRONG), kinship.RARE),
}
"""Evidence that is the rarity in common of some kinds of features, up to an amount."""
REST = 1e-3
"""Nats of rarity that rounding may leave between sums that are equal."""


def headers(field: Field, rows: Rows, pairs: Pairs, bounds: Bounds) -> None:
    """What is known of the two definitions by themselves: kinds, counts, names and places."""
    query, other = rows[pairs.query], pairs.row
    traits = field.traits[query]
    mine, theirs = field.counts[query], field.counts[other]
    same_kind = field.kinds[query] == field.kinds[other]
    same_class = (field.kinds[query] == CLASS_KIND) == (field.kinds[other] == CLASS_KIND)
    bounds.about("search", pairs.cosine)
    bounds.about("arity", 1 / (1 + np.abs(mine[:, 0] - theirs[:, 0])))
    bounds.about("same-kind", np.where(same_kind, 1.0, np.where(same_class, 0.7, 0.0)))
    bounds.exactly("same-color", ((traits ^ field.traits[other]) & Trait.ASYNC) == 0)
    bounds.exactly("same-file", field.files[query] == field.files[other])
    short, long = np.minimum(mine[:, 2], theirs[:, 2]) + 1, np.maximum(mine[:, 2], theirs[:, 2]) + 1
    bounds.about("alike-length", short / long)
    bounds.about("length", np.minimum(1.0, mine[:, 2] / 20))
    bounds.about("their-length", np.minimum(1.0, theirs[:, 2] / 20))
    bounds.exactly("test-code", (traits & Trait.TEST) > 0)
    bounds.exactly("is-class", field.kinds[query] == CLASS_KIND)
    bounds.exactly("is-method", field.kinds[query] == METHOD_KIND)
    bounds.about("used", field.usage[other])
    bounds.about("called", field.called[query])
    bounds.about("common-name", field.name_use[query])
    bounds.about("their-common-name", field.name_use[other])
    _places(field, query, other, bounds)


def _places(field: Field, query: Rows, other: Rows, bounds: Bounds) -> None:
    file, their_file = field.files[query], field.files[other]
    one_file = file == their_file
    method = field.kinds[query] == METHOD_KIND
    both = method & (field.kinds[other] == METHOD_KIND)
    parent, theirs = field.parents[query], field.classes[other]
    # What a query stands in counts as its class, whatever it is.
    mine = np.where(field.kinds[query] == CLASS_KIND, query, parent)
    paired, held = (mine >= 0) & (theirs >= 0), (parent >= 0) & (theirs >= 0)
    here, there = field.folders[file], field.folders[their_file]
    common = np.cumprod((here == there) & (here >= 0), axis=1).sum(1)
    depth, their_depth = (here >= 0).sum(1), (there >= 0).sum(1)
    last = field.last_words[mine]
    same_file_name = field.file_names[file] == field.file_names[their_file]
    differing = (here != there).sum(1) + ~same_file_name
    words, others = field.path_words[file], field.path_words[their_file]
    stable = field.stable_path_words[file] == field.stable_path_words[their_file]
    same_name = field.names[query] == field.names[other]
    bounds.exactly("same-method", both & same_name)
    for kind, may_be in (
        ("same-method-same-form", both & same_name),
        ("inherited", method & same_name & held),
        ("repeats-inherited", method & same_name & held),
        ("family", paired),
        ("class-copy", field.kinds[query] == CLASS_KIND),
        ("named-copy", field.folded_names[query] == field.folded_names[other]),
        ("same-name", field.folded_names[query] == field.folded_names[other]),
        ("convention", field.folded_names[query] == field.folded_names[other]),
    ):
        bounds.at_most(kind, may_be)
    same_outer = field.outer_names[query] == field.outer_names[other]
    bounds.exactly("same-class", method & one_file & same_outer)
    bounds.exactly("same-class-name", held & ~one_file & (field.names[parent] == field.names[theirs]))
    bounds.exactly(
        "sibling-role",
        paired
        & (last >= 0)
        & (last == field.last_words[theirs])
        & (field.name_words[mine] != field.name_words[theirs]),
    )
    bounds.exactly("shared-place", field.shared[their_file] & ~field.shared[file])
    bounds.exactly("aside", field.aside[their_file] & ~field.aside[file])
    private = field.private[other] | ((theirs >= 0) & field.private[theirs])
    bounds.exactly("private", ~one_file & private)
    bounds.about("same-folder", 1 / (1 + depth + their_depth - 2 * common))
    bounds.exactly("same-file-name", same_file_name & (here != there).any(1))
    bounds.exactly("one-folder-apart", (depth == their_depth) & (differing == 1))
    bounds.exactly("versions", stable & (words != others))


def features(field: Field, rows: Rows, pairs: Pairs, common: Common, sure: Mask, bounds: Bounds) -> None:
    """What features tell: cosines and amounts by kind, names called, words of places, shares of the best.

    `common` are the terms in common; `sure` are pairs that are surely weighed beside the others.
    """
    count, terms = len(pairs.row), field.terms_of[common.at]
    shared = _Shared(common.pair, terms, field.terms.rarity[terms], count)
    by_kind = field.rarity_by_kind
    table = _Table(
        shared.by_kind(field.terms.kinds[terms]), by_kind[:, pairs.row], by_kind[:, rows][:, pairs.query]
    )
    for kind, columns in COSINES.items():
        bounds.about(kind, table.cosine(columns))
    for kind, (columns, amount) in AMOUNTS.items():
        bounds.about(kind, np.minimum(table.shared(columns) / amount, 1))
    for kind, columns in NEAREST.items():
        bounds.between(kind, *_share_of_best(table.cosine(columns), len(rows), pairs, sure))
    strong = tuple(kinship.STRONG)
    bounds.about("covered", table.shared(strong) / np.maximum(_sum_of(table.ours, strong), 1e-6))
    bounds.about("covering", table.shared(strong) / np.maximum(_sum_of(table.theirs, strong), 1e-6))
    identical = near_all(table.cosine(IDENTICAL))
    bounds.about("identical", identical)
    bounds.at_most("copy", np.sqrt(identical + ROUNDING))
    bounds.at_most("class-copy", table.cosine((Feature.MEMBER,)))
    named = table.common[Feature.WHOLE_NAME] > 0
    bounds.about("convention", field.name_use[rows][pairs.query] * named)
    own = [field.own_terms(row) for row in rows.tolist()]
    calls = field.call_terms
    bounds.exactly("calls-it", field.marks.have(own, pairs.query, calls[pairs.row]))
    called = np.flatnonzero((calls[rows] >= 0)[pairs.query])  # for most names there is nobody
    by_it = np.zeros(count, np.bool_)
    by_it[called] = field.have(pairs.row[called], calls[rows][pairs.query[called]])
    bounds.exactly("called-by-it", by_it)
    rarest = _rarest(field, rows)
    told = np.array([len(one) for one in rarest])[pairs.query]
    is_rarest = field.marks.have(rarest, pairs.query[common.pair], terms)
    bounds.about("rarest", shared.sum(is_rarest) / np.maximum(told, 1))
    _placed(field, rows, own, pairs, common, shared, table, bounds)
    for kind, scores in (("ahead-in-words", table.cosine((Feature.WORD,))), ("ahead-in-all", pairs.cosine)):
        bounds.between(kind, *_ahead(field, scores, len(rows), pairs, sure))


def among(pairs: Pairs, offered: Mask, count: int) -> tuple[Sums, Sums]:
    """How the candidates stand among each other: the least of `crowd` and the most of `lead`.

    Of those pairs that can be offered, in their order; `count` is the number of queries.
    """
    inside = np.flatnonzero(offered)
    query, mine = pairs.query[inside], pairs.cosine[inside].astype(np.float64)
    first = np.searchsorted(query, np.arange(count + 1))
    # Beyond the search's own list, or at its very end, nothing is sure to be taken.
    position = np.arange(len(inside)) - first[query]
    sure = (pairs.positions()[inside] < SEARCHED - 1) & (position < CANDIDATES)
    # Ascending where the queries do and the cosines fall, which are at most 1.
    keys = 2.0 * query - mine
    before = np.searchsorted(query[sure], np.arange(count))[query]
    near = np.searchsorted(keys[sure], 2.0 * query - 0.75 * (1 + SLACK) * mine, side="right") - before - 1
    best, second = np.zeros(count), np.zeros(count)
    best[query[position == 0]] = mine[position == 0]
    second[query[sure & (position == 1)]] = mine[sure & (position == 1)]
    most = 1 - second / np.maximum(best, 1e-6) * (1 - SLACK)
    lead = np.where(mine >= best[query] * (1 - SLACK), most[query], 0.0)
    return np.clip(near, 0, 8) / 8, lead


@dataclass(frozen=True)
class _Shared:
    """What the two of each pair have in common, a term of a pair each."""

    pair: Rows
    terms: Ints
    rarity: Floats
    count: int
    """Of the pairs."""

    def sum(self, values: Sums) -> Sums:
        """The sum for each pair."""
        found: Sums = np.bincount(self.pair, values, self.count)
        return found

    def by_kind(self, kinds: Rows) -> Sums:
        """The rarity for each pair: kinds by pairs."""
        sums = np.bincount(kinds * self.count + self.pair, self.rarity, FEATURE_KINDS * self.count)
        found: Sums = sums.reshape(FEATURE_KINDS, self.count)
        return found


@dataclass(frozen=True)
class _Table:
    """The rarity of features by kind: kinds by pairs."""

    common: Sums
    theirs: Sums
    ours: Sums

    def shared(self, columns: tuple[Feature, ...]) -> Sums:
        """What both have in common in some kinds."""
        return _sum_of(self.common, columns)

    def cosine(self, columns: tuple[Feature, ...]) -> Sums:
        """As `Batch.cosine_of`."""
        mean = np.sqrt(_sum_of(self.theirs, columns) * _sum_of(self.ours, columns))
        shared = self.shared(columns)
        alike: Sums = np.divide(shared, mean, out=np.zeros_like(shared), where=mean > 0)
        return alike


def _sum_of(table: Sums, columns: tuple[Feature, ...]) -> Sums:
    found: Sums = table[columns[0]] if len(columns) == 1 else table[list(columns)].sum(0)
    return found


def _rarest(field: Field, rows: Rows) -> list[Ints]:
    """The rarest terms of each row that tell what it is about, as `standing.rarest_of`."""
    at, owner = field.occurrences(rows)
    terms = field.terms_of[at]
    counts = field.terms.counts[terms]
    told = np.flatnonzero((counts > 0) & ~standing.SAYS_NOTHING[field.terms.kinds[terms]])
    terms, owner = terms[told], owner[told]
    order = np.lexsort((field.terms.features[terms], counts[told], owner))
    starts = np.searchsorted(owner, np.arange(len(rows) + 1)).tolist()
    return [terms[order[start : min(end, start + standing.RAREST)]] for start, end in pairwise(starts)]


def _best(scores: Sums, queries: int, pairs: Pairs, some: Mask) -> Sums:
    """The best score of some pairs, by query."""
    best = np.zeros(queries)
    np.maximum.at(best, pairs.query[some], scores[some])
    return best


def _share_of_best(scores: Sums, queries: int, pairs: Pairs, sure: Mask) -> tuple[Sums, Sums]:
    """The least and the most of a score as a share of the best: that of all is no worse than of the sure."""
    held = np.maximum(_best(scores, queries, pairs, sure)[pairs.query], scores)
    most = np.divide(scores, held, out=np.zeros_like(held), where=held > 0)
    return np.zeros_like(most), most


def _ahead(field: Field, scores: Sums, queries: int, pairs: Pairs, sure: Mask) -> tuple[Sums, Sums]:
    """The least and the most of `standing.ahead_in_words` and its like.

    A candidate's rival is the best of another name; the best of all is no worse than the best of the sure.
    """
    names = field.names[pairs.row]
    best = _best(scores, queries, pairs, sure)
    leading = np.flatnonzero(sure & (scores >= best[pairs.query]))
    name = np.full(queries, -1)
    name[pairs.query[leading]] = names[leading]
    second = _best(scores, queries, pairs, sure & (names != name[pairs.query]))
    rival = np.where(names == name[pairs.query], second[pairs.query], best[pairs.query])
    most = np.divide(0.5 * scores, rival, out=np.ones(len(scores)), where=rival > 0)
    return np.zeros_like(most), np.minimum(most, 1)


def _placed(
    field: Field,
    rows: Rows,
    own: list[Ints],
    pairs: Pairs,
    common: Common,
    shared: _Shared,
    table: _Table,
    bounds: Bounds,
) -> None:
    """The words of places that only one of the two has, as `Batch.placed`."""
    count = len(pairs.row)
    places = [field.terms.of_features(field.words_of_place(row)) for row in rows.tolist()]
    places = [one[one >= 0] for one in places]
    flat = np.concatenate(places)
    owner = np.repeat(np.arange(len(rows)), [len(one) for one in places])
    has = field.marks.have(own, owner, flat)
    ours = np.bincount(owner[has], field.terms.rarity[flat[has]], len(rows))[pairs.query]
    of_place = field.marks.have(places, pairs.query[shared.pair], shared.terms)
    ours = ours - shared.sum(shared.rarity * of_place)
    of_their_places, theirs = field.of_their_places(pairs.row)
    theirs = theirs - shared.sum(shared.rarity * of_their_places[common.at])
    word = int(Feature.WORD)
    missing = table.ours[word] + table.theirs[word] - 2 * table.common[word]
    made = ours + theirs
    bounds.about("amount-placed", np.minimum(made / standing.AMOUNT, 1))
    least = np.maximum(made - REST, 0) / (missing + REST)
    most = np.divide(made + REST, missing - REST, out=np.ones(count), where=missing > 2 * REST)
    bounds.between("placed", np.minimum(least, 1), np.minimum(most, 1))
