"""Trees as arrays say what the trees as written say, for any scores."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from canonry.match.rank import KINDS
from canonry.match.trees import Forest, Tree, Written, forest
from hypothesis import given
from hypothesis import strategies as st

ONE = Tree(
    evidence=["body", "", "calls", "", ""],
    at_most=[0.5, 0.0, 0.25, 0.0, 0.0],
    yes=[1, 1, 3, 3, 4],
    no=[2, 1, 4, 3, 4],
    value=[0.0, -1.0, 0.0, 0.5, 2.0],
)
TWO = Tree(evidence=[""], at_most=[0.0], yes=[0], no=[0], value=[0.25])


def slowly(tree: Tree, scores: dict[str, float]) -> float:
    """The same by hand: follow one tree."""
    at = 0
    while tree.evidence[at]:
        at = tree.yes[at] if scores[tree.evidence[at]] <= np.float32(tree.at_most[at]) else tree.no[at]
    return tree.value[at]


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0, 1, width=32)), min_size=1, max_size=8))
def test_arrays_and_trees_agree(rows: list[tuple[float, float]]) -> None:
    written = Written(-2.0, [ONE, TWO])
    table = np.array(rows, np.float32)
    expected = [
        -2.0 + sum(slowly(tree, {"body": body, "calls": calls}) for tree in written.trees)
        for body, calls in rows
    ]
    assert Forest.of(written, ("body", "calls")).logits(table).tolist() == pytest.approx(expected)


@given(st.integers(0, 2**32 - 1))
def test_no_scores_between_two_tables_get_more_than_the_most(seed: int) -> None:
    chance = np.random.RandomState(seed)
    one, other = chance.rand(2, 3, len(KINDS)).astype(np.float32)
    least, most = np.minimum(one, other), np.maximum(one, other)
    share = chance.rand(40, 3, len(KINDS)).astype(np.float32)
    between = np.clip(least + share * (most - least), least, most)
    said = forest(KINDS).most(least, most)

    assert all((forest(KINDS).logits(rows) <= said + 1e-4).all() for rows in between)
    assert forest(KINDS).most(one, one).tolist() == pytest.approx(
        forest(KINDS).logits(one).tolist(), abs=1e-4
    )


def test_no_trees_say_the_intercept() -> None:
    found = Forest.of(Written(-1.5, []), ("body",)).logits(np.zeros((3, 1), np.float32))
    assert found.tolist() == [-1.5] * 3


def test_evidence_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="calls"):
        Forest.of(Written(0.0, [ONE]), ("body",))


def test_the_trees_that_come_with_it_can_be_read_and_end() -> None:
    found = forest(KINDS)
    assert 0 < found.depth < 10
    assert len(found.value) >= 20
    rows = np.random.RandomState(1).rand(50, len(KINDS)).astype(np.float32)
    logits = found.logits(rows)
    assert np.isfinite(logits).all()
    assert len(set(logits.tolist())) > 10


def test_a_field_that_is_unknown_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"intercept": 0, "trees": [], "more": 1}', type=Written)
