"""Words are split by the quick way as they are by the pattern."""

from __future__ import annotations

import hypothesis.strategies as st
from canonry.syntax.words import PROSE, prose_tokens
from hypothesis import given

TEXTS = st.text() | st.lists(
    st.sampled_from(["get", "HTTP", "_x", "3", "2nd", " ", ".", "-", "\n", "é", "ß"])
).map("".join)


@given(TEXTS)
def test_the_words_of_a_text_are_what_the_pattern_finds(text: str) -> None:
    assert prose_tokens(text) == PROSE.findall(text)
