"""Evidence of many pairs at once from arrays: what headers, names, places and features tell.

Each function puts what it knows into the pairs' bounds. What it computes means what the function of the kind
means in `evidence.py`, `kinship.py` and `standing.py`; tests hold the one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import FEATURE_KINDS, Floats, Hashes
from canonry.match import kinship, standing
from canonry.match.bounds import ROUNDING, SLACK, Bounds
from canonry.match.evidence import IDENTICAL, NAMED, NAMED_AMOUNT, SAME_NAME, near_all
from canonry.match.field import METHOD_KIND, Field, Mask, Rows, lookup
from canonry.match.matcher import CANDIDATES, SEARCHED
from canonry.match.near import Pairs
from canonry.match.silence import CLASS_KIND
from canonry.match.standing import rarest_of
from canonry.model import Trait
from canonry.syntax import Feature

Sums = NDArray[Any]

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


def features(field: Field, rows: Rows, own: list[Hashes], pairs: Pairs, sure: Mask, bounds: Bounds) -> None:
    """What features tell: cosines and amounts by kind, names called, words of places, shares of the best.

    `own` are the features of each query; `sure` are pairs that are surely weighed beside the others.
    """
    occurrence, pair = field.occurrences(pairs.row)
    flat = field.features[occurrence]
    place, hit = lookup(own, pairs.query[pair], flat)
    mine, owner = field.occurrences(rows)
    rarity, kinds, count = field.rarity[occurrence], field.kinds_of(occurrence), len(pairs.row)
    shared = _Shared(pair, rarity, place, hit)
    table = _Table(
        _by_kind(pair, kinds, rarity * hit, count),
        _by_kind(pair, kinds, rarity, count),
        _by_kind(owner, field.kinds_of(mine), field.rarity[mine], len(rows))[pairs.query],
    )
    for kind, columns in COSINES.items():
        bounds.about(kind, table.cosine(columns))
    for kind, (columns, amount) in AMOUNTS.items():
        bounds.about(kind, np.minimum(table.shared(columns) / amount, 1))
    for kind, columns in NEAREST.items():
        bounds.between(kind, *_share_of_best(table.cosine(columns), len(rows), pairs, sure))
    strong = tuple(kinship.STRONG)
    bounds.about("covered", table.shared(strong) / np.maximum(table.ours[:, strong].sum(1), 1e-6))
    bounds.about("covering", table.shared(strong) / np.maximum(table.theirs[:, strong].sum(1), 1e-6))
    bounds.about("identical", near_all(table.cosine(IDENTICAL)))
    bounds.at_most("copy", np.sqrt(near_all(table.cosine(IDENTICAL)) + ROUNDING))
    bounds.at_most("class-copy", table.cosine((Feature.MEMBER,)))
    named = table.common[:, Feature.WHOLE_NAME] > 0
    bounds.about("convention", field.name_use[rows][pairs.query] * named)
    _, calls_it = lookup(own, pairs.query, field.call_hashes[pairs.row])
    bounds.exactly("calls-it", calls_it)
    calling = pair[flat == field.call_hashes[rows][pairs.query][pair]]
    bounds.exactly("called-by-it", np.bincount(calling, minlength=count) > 0)
    rarest = [
        rarest_of(one, field.counts_of[field.span(row)]) for row, one in zip(rows.tolist(), own, strict=True)
    ]
    chosen = np.concatenate(rarest)
    told = np.bincount(owner, chosen, len(rows))[pairs.query]
    bounds.about("rarest", shared.sum(chosen[place], count) / np.maximum(told, 1))
    _placed(field, rows, own, pairs, occurrence, shared, table, bounds)
    for kind, scores in (("ahead-in-words", table.cosine((Feature.WORD,))), ("ahead-in-all", pairs.cosine)):
        bounds.between(kind, *_ahead(field, scores, len(rows), pairs, sure))


def among(pairs: Pairs, offered: Mask, bounds: Bounds) -> None:
    """How the candidates stand among each other: `crowd` and `lead`. Of those that can be offered alone."""
    firsts = np.flatnonzero(np.r_[True, pairs.query[1:] != pairs.query[:-1]])
    for first, end in zip(firsts.tolist(), [*firsts[1:].tolist(), len(pairs.row)], strict=True):
        inside = np.flatnonzero(offered[first:end])
        if not len(inside):
            continue
        # Beyond the search's own list, or at its very end, nothing is sure to be taken.
        sure = inside[inside < SEARCHED - 1][:CANDIDATES]
        cosine, at = pairs.cosine[first:end], first + inside
        mine, best = cosine[inside], float(cosine[inside[0]])
        second = float(cosine[sure[1]]) if len(sure) > 1 else 0.0
        near = (cosine[sure][None, :] >= 0.75 * (1 + SLACK) * mine[:, None]).sum(1) - 1
        bounds.between("crowd", np.clip(near, 0, 8) / 8, np.ones(len(at)), at)
        lead = np.where(mine >= best * (1 - SLACK), 1 - second / max(best, 1e-6) * (1 - SLACK), 0.0)
        bounds.between("lead", np.zeros(len(at)), lead, at)


@dataclass(frozen=True)
class _Shared:
    """The candidates' features, one pair after the other."""

    pair: Rows
    rarity: Floats
    place: Rows
    """Where each stands in the queries' features."""
    hit: Mask
    """Whether it does."""

    def sum(self, values: Sums, count: int) -> Sums:
        """For each pair the sum over what the query has too."""
        found: Sums = np.bincount(self.pair, values * self.hit, count)
        return found


@dataclass(frozen=True)
class _Table:
    """The rarity of features by kind: pairs by kinds."""

    common: Sums
    theirs: Sums
    ours: Sums

    def shared(self, columns: tuple[Feature, ...]) -> Sums:
        """What both have in common in some kinds."""
        found: Sums = self.common[:, list(columns)].sum(1)
        return found

    def cosine(self, columns: tuple[Feature, ...]) -> Sums:
        """As `Batch.cosine_of`."""
        some = list(columns)
        mean = np.sqrt(self.theirs[:, some].sum(1) * self.ours[:, some].sum(1))
        shared = self.shared(columns)
        alike: Sums = np.divide(shared, mean, out=np.zeros_like(shared), where=mean > 0)
        return alike


def _by_kind(owner: Rows, kinds: Rows, rarity: Sums, count: int) -> Sums:
    """The rarity of features, by owner and kind."""
    sums = np.bincount(owner * FEATURE_KINDS + kinds, rarity, count * FEATURE_KINDS)
    found: Sums = sums.reshape(count, FEATURE_KINDS)
    return found


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
    own: list[Hashes],
    pairs: Pairs,
    occurrence: Rows,
    shared: _Shared,
    table: _Table,
    bounds: Bounds,
) -> None:
    """The words of places that only one of the two has, as `Batch.placed`."""
    count = len(pairs.row)
    places = [field.words_of_place(row) for row in rows.tolist()]
    at = np.repeat(np.arange(len(rows)), [len(one) for one in places])
    place, is_there = lookup(own, at, np.concatenate(places))
    of_place = np.zeros(sum(map(len, own)), np.bool_)
    of_place[place[is_there]] = True
    mine, owner = field.occurrences(rows)
    ours = np.bincount(owner, field.rarity[mine] * of_place, len(rows))[pairs.query]
    ours = ours - shared.sum(shared.rarity * of_place[shared.place], count)
    of_their_place = field.of_their_places(pairs.row, occurrence)
    theirs = np.bincount(shared.pair, shared.rarity * (of_their_place & ~shared.hit), count)
    word = int(Feature.WORD)
    missing = table.ours[:, word] + table.theirs[:, word] - 2 * table.common[:, word]
    made = ours + theirs
    bounds.about("amount-placed", np.minimum(made / standing.AMOUNT, 1))
    least = np.maximum(made - REST, 0) / (missing + REST)
    most = np.divide(made + REST, missing - REST, out=np.ones(count), where=missing > 2 * REST)
    bounds.between("placed", np.minimum(least, 1), np.minimum(most, 1))
