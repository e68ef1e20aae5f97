"""A baseline file as a merge, a disk or a person may leave it: read, or refused in words."""

from __future__ import annotations

import json

import hypothesis.strategies as st
import pytest
from canonry.reports.baseline import DamagedBaseline, read_baseline
from hypothesis import example, given, settings

WHOLE = json.dumps(
    {"canonry-baseline": 1, "findings": [{"code": "CN001", "fingerprint": "ab12"}] * 3}, indent=1
)

documents: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["canonry-baseline", "findings", "fingerprint", "x"]), inner, max_size=3
        )
    ),
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        documents.map(json.dumps),
        st.text(max_size=20),
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 9), st.text(max_size=3)).map(
            lambda cut: WHOLE[: cut[0]] + cut[2] + WHOLE[cut[0] + cut[1] :]
        ),
    )
)
@example("[" * 100_000)
@example('{"canonry-baseline": ' + "9" * 5_000)
@example('{"canonry-baseline": true, "findings": []}')
def test_any_baseline_is_read_or_refused_in_words(text):
    try:
        found = read_baseline(text)
    except DamagedBaseline as error:
        assert str(error)
    else:
        assert all(isinstance(one, str) for one in found)
        assert json.loads(text)["canonry-baseline"] is not True


def test_a_baseline_that_is_nested_without_end_is_refused():
    with pytest.raises(DamagedBaseline, match="nested too deeply"):
        read_baseline("[" * 100_000)
