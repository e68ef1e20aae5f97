"""Patterns of a team: what is wrong with them, what they find, and what they cost where they find nothing."""

from __future__ import annotations

import importlib.util

import pytest
from canonry.config import TeamPattern
from canonry.scopes.patterns import compiled, places, problems


def pattern(source: str, **others: object) -> TeamPattern:
    return TeamPattern("one", "Message", source, **others)  # type: ignore[arg-type]


WRONG = {
    "no Python": ({"source": "print("}, "pattern", "it is no Python"),
    "small letters": ({"source": "f($a)"}, "pattern", "it is no Python"),
    "empty": ({"source": ""}, "pattern", ""),
    "two things": ({"source": "f()\ng()"}, "pattern", "Multiple AST nodes"),
    "anything": ({"source": "$A"}, "pattern", "found everywhere"),
    "around it": ({"source": "f()", "inside": ("for x in",)}, "inside", "it is no Python"),
    "not around it": ({"source": "f()", "not_inside": ("a b",)}, "not-inside", "it is no Python"),
    "a fix of nothing": ({"source": "f($A)", "fix": "g($B)"}, "fix", "no $B"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "key", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(given: dict[str, object], key: str, message: str) -> None:
    one = pattern(given.pop("source"), **given)  # type: ignore[arg-type]

    ((at, where, told),) = problems((one,))
    assert (at, where) == (0, key)
    assert message in told
    assert "Stack" not in told
    assert compiled((one,)) == ()


def test_the_first_of_two_of_one_id_counts() -> None:
    patterns = (pattern("f()"), pattern("g()"))

    assert [(at, key) for at, key, _ in problems(patterns)] == [(1, "id")]
    assert [one.pattern.pattern for one in compiled(patterns)] == ["f()"]


def found(one: TeamPattern, text: str) -> list[tuple[int, int, str | None]]:
    (made,) = compiled((one,))
    assert made.may_be_in(text.encode())
    return [
        (place.range.start.line, place.range.start.column, place.fixed) for _, place in places([made], text)
    ]


def test_places_and_what_a_fix_makes_of_them() -> None:
    one = pattern("old($A, $$$REST)", fix="new($$$REST, first=$A)")
    assert found(one, "x = '漢😀', old(1, 2, k=3)\n") == [(0, 10, "new(2, k=3, first=1)")]

    two = pattern("old($$$REST)", fix="new($$$REST, first=1)")
    assert found(two, "old(x)\nold()\n") == [(0, 0, "new(x, first=1)"), (1, 0, "new(first=1)")]


def test_inside_and_not_inside_at_any_depth() -> None:
    text = "for x in y:\n    if x:\n        f()\nwith lock:\n    f()\nf()\n"

    assert [line for line, *_ in found(pattern("f()", inside=("for_statement",)), text)] == [2]
    assert [line for line, *_ in found(pattern("f()", inside=("with lock: $$$B",)), text)] == [4]
    both = ("for_statement", "with lock: $$$B")
    assert [line for line, *_ in found(pattern("f()", inside=both), text)] == [2, 4]
    assert [line for line, *_ in found(pattern("f()", not_inside=both), text)] == [5]


def test_a_text_without_a_word_of_the_pattern_is_not_looked_at() -> None:
    (made,) = compiled((pattern("requests.get($URL, timeout=None)", inside=("def load($$$): $$$",)),))

    assert {*made.words} == {b"requests", b"get", b"timeout", b"None", b"def", b"load"}
    assert not made.may_be_in(b"requests.get(url)")


def test_one_that_is_off_is_not_looked_for() -> None:
    assert compiled((pattern("f()", severity="off"),)) == ()


def test_a_bundle_without_ast_grep_says_so_and_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = TeamPattern("elsewhere", "Message", "only_here($A)")
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "canonry.scopes.patterns.find_spec", lambda name: None if name == "ast_grep_py" else find(name)
    )
    try:
        told = problems((one,))
        usable = compiled((one,))
    finally:
        problems.cache_clear()
        compiled.cache_clear()

    assert told == ((0, "id", "ast-grep-py is not installed here. `elsewhere` is not looked for."),)
    assert usable == ()
