"""The rank table: every evidence with its weight, and the probability that they make together.

A logistic model: p = 1 / (1 + exp(-(intercept + sum of weight x score))). The weights stand in
`weights.py`, which `benchmarks/matching/fit.py` writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from canonry.index.segment import Floats
from canonry.match import evidence
from canonry.match.batch import Batch
from canonry.match.weights import BODY, HEADER, INTERCEPT_BODY, INTERCEPT_HEADER

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
)
"""Kind of evidence and the function that weighs it. A new evidence is one line here and one function."""

SEARCH: Final = [kind for kind, _ in TABLE].index("search")
"""Where the search's cosine stands in a candidate's scores."""


def scores(batch: Batch) -> Floats:
    """Candidates by kinds of evidence, in the table's order."""
    return np.stack([function(batch) for _, function in TABLE], 1).astype(np.float32)


def probabilities(batch: Batch, table: Floats) -> Floats:
    """The probability of each candidate, from its evidence."""
    body = batch.query.has_body
    weights = BODY if body else HEADER
    vector = np.array([weights.get(kind, 0.0) for kind, _ in TABLE], np.float32)
    logits = table @ vector + (INTERCEPT_BODY if body else INTERCEPT_HEADER)
    found: Floats = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return found
