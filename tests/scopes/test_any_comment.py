"""Comments that speak to Canonry, however they are written."""

from __future__ import annotations

import hypothesis.strategies as st
from canonry.scopes.comments import ignoring, read_comments
from hypothesis import example, given, settings

words = st.sampled_from(
    [
        "ignore",
        "ignore-file",
        "canonical",
        "superseded-by",
        "[CN001]",
        "[",
        "]",
        ",",
        "a.b",
        " ",
        "\x00",
        "😀",
    ]
)
comments = st.lists(st.one_of(words, st.text(max_size=6)), max_size=8).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), comments), max_size=6))
@example([(0, "ignore[" + "CN001," * 20_000)])
@example([(0, "ignore " + "[" * 20_000)])
@example([(0, "-" * 50_000 + "!")])
def test_any_comment_is_read(found):
    told = read_comments(found)

    assert len(told) <= len(found)
    for one in told:
        assert one.codes == tuple(code.strip() for code in one.codes if code)
    assert {one.word for one in ignoring(told, "CN001", 3, 5)} <= {"ignore", "ignore-file"}
