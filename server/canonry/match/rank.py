"""The rank table: every evidence, and the probability that they make together.

A logistic model with a weight for each kind of evidence (`weights.py`), and small trees for what kinds mean
together (`trees.py`). `benchmarks/matching/fit.py` writes both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import Floats
from canonry.match import evidence, kinship, standing
from canonry.match.batch import Batch
from canonry.match.trees import forest
from canonry.match.weights import (
    BODY,
    CALIBRATION_BODY,
    CALIBRATION_HEADER,
    HEADER,
    INTERCEPT_BODY,
    INTERCEPT_HEADER,
)
from canonry.model import Weight

TABLE: Final[tuple[tuple[str, Callable[[Batch], Floats]], ...]] = (
    ("search", evidence.search),
    ("same-name", evidence.same_name),
    ("name-words", evidence.name_words),
    ("name-spelling", evidence.name_spelling),
    ("parameters", evidence.parameters),
    ("arity", evidence.arity),
    ("annotations", evidence.types),
    ("calls", evidence.calls),
    ("imported", evidence.imported),
    ("attributes", evidence.attributes),
    ("literals", evidence.literals),
    ("documentation", evidence.documentation),
    ("vocabulary", evidence.vocabulary),
    ("statements", evidence.statements),
    ("exceptions", evidence.exceptions),
    ("bases", evidence.bases),
    ("members", evidence.members),
    ("body", evidence.body),
    ("body-names", evidence.body_names),
    ("same-kind", evidence.same_kind),
    ("same-color", evidence.same_color),
    ("identical", evidence.identical),
    ("same-form", evidence.same_form),
    ("lead", evidence.lead),
    ("alike-length", evidence.alike_length),
    ("length", evidence.length),
    ("inherited", evidence.inherited),
    ("same-file", evidence.same_file),
    ("same-class", evidence.same_class),
    ("family", evidence.family),
    ("same-method", evidence.same_method),
    ("convention", evidence.convention),
    ("crowd", evidence.crowd),
    ("counterpart", evidence.counterpart),
    ("test-code", evidence.in_tests),
    ("variant", kinship.variant),
    ("versions", kinship.versions),
    ("opposite", kinship.opposite),
    ("same-folder", kinship.same_folder),
    ("used", kinship.used),
    ("shared-place", kinship.shared_place),
    ("copies", kinship.copies),
    ("repeats-inherited", kinship.repeats_inherited),
    ("same-method-same-form", kinship.same_method_same_form),
    ("covered", kinship.covered),
    ("covering", kinship.covering),
    ("nearest-words", kinship.nearest_words),
    ("nearest-name", kinship.nearest_name),
    ("nearest-calls", kinship.nearest_calls),
    ("nearest-form", kinship.nearest_form),
    ("operations", kinship.operations),
    ("decorators", kinship.decorators),
    ("rare-in-common", kinship.rare_in_common),
    ("private", kinship.private),
    ("aside", kinship.aside),
    ("sibling-role", kinship.sibling_role),
    ("called", kinship.called),
    ("same-class-name", kinship.same_class_name),
    ("calls-it", standing.calls_it),
    ("called-by-it", standing.called_by_it),
    ("their-length", standing.their_length),
    ("rarest", standing.rarest),
    ("amount-of-literals", standing.amount_of_literals),
    ("amount-of-imported", standing.amount_of_imported),
    ("amount-of-documentation", standing.amount_of_documentation),
    ("amount-of-calls", standing.amount_of_calls),
    ("amount-of-form", standing.amount_of_form),
    ("is-method", standing.is_method),
    ("is-class", standing.is_class),
    ("common-name", standing.common_name),
    ("their-common-name", standing.their_common_name),
    ("same-file-name", standing.same_file_name),
    ("one-folder-apart", standing.one_folder_apart),
    ("ahead-in-words", standing.ahead_in_words),
    ("ahead-in-all", standing.ahead_in_all),
    ("placed", standing.placed),
    ("amount-placed", standing.amount_placed),
    ("parallel", standing.parallel),
    ("twin-files", standing.twin_files),
    ("copy", standing.copy),
    ("named-copy", standing.named_copy),
    ("class-copy", standing.class_copy),
)
"""Kind of evidence and the function that weighs it. A new evidence is one line here and one function."""

SEARCH: Final = [kind for kind, _ in TABLE].index("search")
"""Where the search's cosine stands in a candidate's scores."""


def scores(batch: Batch) -> Floats:
    """Candidates by kinds of evidence, in the table's order."""
    return np.stack([function(batch) for _, function in TABLE], 1).astype(np.float32)


GATE: Final = -2.5
"""Of the linear logit: what is below it is far from being a finding, and the trees are not asked. So
an upper bound of the linear model is enough to tell what cannot be one (`screen.py`).
"""
KINDS: Final = tuple(kind for kind, _ in TABLE)
COPIED: Final = (("identical", 0.9), ("body", 0.99), ("amount-of-form", 0.5))
"""What a copy has at least of these kinds of evidence: nearly all that it names, the whole form of the body,
and enough of it.
"""
SAME: Final = (("identical", 0.8), ("body", 1.0), ("amount-of-form", 0.5))
"""What a special method has at least of another one, to be said: over 1.1 million lines of eleven projects 17
were, each of them the same as it stands there.
"""
LEAST_OF_COPIES: Final = 0.5
"""The least probability of a copy. Families of classes are full of copies that nobody has removed, and the
model learns from them to expect more; but a reader wants to be told what is there word for word. Of methods
that projects later inherited 72 in 100 are said with it and 68 without, of their other definitions as many.
"""


SMALL: Final = 0.4
"""What a workspace of TINY definitions adds to the shift of a body's logit. The model is
fitted on large ones, where words can be rare, and the nearest of thousands is near by chance. Of a dozen it
is the right one more often than the model says: `benchmarks/matching/calibrate.py` measures how much.
Added is a part of that: where one definition is all that there is, it is always the nearest.
"""
TINY, FEW = 10, 5000
"""Definitions of a workspace: up to TINY all of that is added, from FEW on nothing."""


def smallness(definitions: int) -> float:
    """How much of SMALL is added in a workspace of so many definitions, from 0 to 1."""
    share = math.log(FEW / max(definitions, 1)) / math.log(FEW / TINY)
    return min(max(share, 0.0), 1.0) ** 2


def calibration(has_body: bool, definitions: int) -> tuple[float, float]:
    """Slope and shift of the logit of a query, in a workspace of so many definitions."""
    if not has_body:
        return CALIBRATION_HEADER
    slope, shift = CALIBRATION_BODY
    return slope, shift + smallness(definitions) * SMALL


def probabilities(batch: Batch, table: Floats) -> Floats:
    """The probability of each candidate, from its evidence.

    Of a bare header the linear model's. Once there is a body, the mean of its logit and the trees' for those
    that the linear model does not rule out. Both are stretched so that of the findings said with a
    probability of p a share of p is right.
    """
    logits = body_logits(table) if batch.query.has_body else _linear(table, HEADER, INTERCEPT_HEADER)
    slope, shift = calibration(batch.query.has_body, batch.snapshot.statistics.total)
    found: Floats = (1 / (1 + np.exp(-(slope * logits + shift)))).astype(np.float32)
    if batch.query.has_body:
        found = np.where(are_copies(table), np.maximum(found, np.float32(LEAST_OF_COPIES)), found)
    return found


def body_logits(table: Floats) -> Floats:
    """The logit of each candidate by its evidence once there is a body, before it is stretched."""
    logits = _linear(table, BODY, INTERCEPT_BODY)
    near = logits >= GATE
    logits[near] = (logits[near] + forest(KINDS).logits(table[near])) / 2
    return logits


def are_copies(table: Floats) -> NDArray[np.bool_]:
    """Which candidates, by their evidence, are the query word for word. Versions of one thing are none."""
    return _have(table, COPIED)


def is_the_same(row: Floats) -> bool:
    """Whether a candidate, by its row of the table, has the query's very form and names nearly the same."""
    return bool(_have(row[None, :], SAME)[0])


def does_the_opposite(row: Floats) -> bool:
    """Whether a candidate, by its row of the table, has the opposite of the query's name (`pack`, `unpack`)
    and is no copy of it. Of 440 duplicates that were written anew, or that projects have removed, one had.
    """
    return bool(row[KINDS.index("opposite")] > 0 and not are_copies(row[None, :])[0])


def weights_of(row: Floats, has_body: bool, definitions: int) -> tuple[Weight, ...]:
    """What the probability of one candidate is made of, from its row of the table; what counts most first.

    `definitions` is how many the workspace has.
    """
    weights, intercept = (BODY, INTERCEPT_BODY) if has_body else (HEADER, INTERCEPT_HEADER)
    slope, shift = calibration(has_body, definitions)
    told = {kind: weights.get(kind, 0.0) * float(score) for kind, score in zip(KINDS, row, strict=True)}
    told["start"] = intercept
    share = slope
    if has_body and sum(told.values()) >= GATE:
        share = slope / 2
        told["trees"] = float(forest(KINDS).logits(row[None, :])[0])
    parts = {kind: share * logit for kind, logit in told.items() if logit}
    parts["start"] = parts.get("start", 0.0) + shift
    least = float(np.log(LEAST_OF_COPIES / (1 - LEAST_OF_COPIES)))
    if has_body and are_copies(row[None, :])[0] and sum(parts.values()) < least:
        parts["word-for-word"] = least - sum(parts.values())
    return tuple(Weight(kind, parts[kind]) for kind in sorted(parts, key=lambda one: (-abs(parts[one]), one)))


def _have(table: Floats, wanted: tuple[tuple[str, float], ...]) -> NDArray[np.bool_]:
    """Which candidates are no versions and have so much at least of some kinds of evidence."""
    found: NDArray[np.bool_] = table[:, KINDS.index("versions")] <= 0
    for kind, least in wanted:
        found &= table[:, KINDS.index(kind)] >= least
    return found


def _linear(table: Floats, weights: Mapping[str, float], intercept: float) -> Floats:
    vector = np.array([weights.get(kind, 0.0) for kind in KINDS], np.float32)
    logits: Floats = table @ vector + np.float32(intercept)
    return logits
