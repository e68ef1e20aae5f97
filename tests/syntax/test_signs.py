"""Signs find their words, whether the text is looked through or its vocabulary first."""

from __future__ import annotations

import re

import hypothesis.strategies as st
from canonry.syntax import parse_tree
from canonry.syntax.signs import AnyOf, Vocabulary
from hypothesis import given

WORDS = [b"env.", b".mount(", b"startup", b"Route(", b"task", b"starlette.config"]
TEXTS = st.lists(
    st.sampled_from(
        ["app.", "mount(", "Route", "(", "env", ".x", "on_startup", " ", "\n", "TASK", "starlette", "é"]
    )
).map("".join)


@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.booleans())
def test_a_sign_finds_what_a_pattern_finds(text: str, words: list[bytes], any_case: bool) -> None:
    data = text.encode()
    words = [one.lower() if any_case else one for one in words]
    sign = AnyOf(*words, any_case=any_case)
    pattern = re.compile(b"|".join(map(re.escape, words)), re.IGNORECASE if any_case else 0)
    expected = pattern.search(data) is not None

    assert sign(data) is expected
    assert sign.stands_in(data, Vocabulary(data)) is expected
    assert {start for start, _ in sign.spans(data)} >= {one.start() for one in pattern.finditer(data)}
    assert all(pattern.fullmatch(data, start, end) for start, end in sign.spans(data))


@given(
    st.lists(st.sampled_from(["lock", "Lock", "db", "_", "1", "é", " ", ".", "\n"])).map("".join),
    st.lists(st.sampled_from([b"lock", b"db", b"lock_1"]), min_size=1, max_size=2),
    st.booleans(),
)
def test_words_alone_have_no_letter_beside_them(text: str, words: list[bytes], any_case: bool) -> None:
    data = text.encode()
    sign = AnyOf(*words, any_case=any_case, alone=True)
    flags = re.IGNORECASE if any_case else 0
    pattern = re.compile(rb"(?<!\w)(?:" + b"|".join(words) + rb")(?!\w)", flags)

    expected = pattern.search(data) is not None

    assert sign(data) is sign.stands_in(data, Vocabulary(data)) is expected
    assert [*sign.spans(data)] == [one.span() for one in pattern.finditer(data)]


@given(st.lists(TEXTS, max_size=4))
def test_a_module_is_asked_as_its_pieces_are(bodies: list[str]) -> None:
    text = "".join(f"def f{at}():\n    '''{body}'''\n" for at, body in enumerate(bodies))
    exact = re.compile(rb"\bstartup\b|\.mount\(")
    sign = AnyOf(b"startup", b".mount(", any_case=True, then=exact.search)
    expected = any(exact.search(body.encode()) for body in bodies)

    fresh, asked = parse_tree(text), parse_tree(text)
    assert asked.pieces

    assert fresh.holds(sign) is expected
    assert asked.holds(sign) is expected
