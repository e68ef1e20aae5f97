"""Globs: the answers are those that `git check-ignore` gives for the same pattern and path."""

from __future__ import annotations

import pytest
from canonry.config import Globs
from canonry.config.globs import parse_glob
from hypothesis import given
from hypothesis import strategies as st

CASES = [
    # pattern, path (a folder's ends with a slash), whether it decides
    ("a.py", "a.py", True),
    ("a.py", "x/y/a.py", True),
    ("a.py", "ba.py", None),
    ("/a.py", "a.py", True),
    ("/a.py", "x/a.py", None),
    ("x/a.py", "x/a.py", True),
    ("x/a.py", "y/x/a.py", None),
    ("!a.py", "a.py", False),
    ("\\!a.py", "!a.py", True),
    ("\\#a", "#a", True),
    ("# a", "# a", None),
    ("build/", "build/", True),
    ("build/", "x/build/", True),
    ("build/", "build", None),
    ("build", "build/", True),
    ("build", "build/a.py", None),
    ("*.py", "x/a.py", True),
    ("*.py", "x/a.pyc", None),
    ("x/*", "x/a", True),
    ("x/*", "x/y/a", None),
    ("x/**", "x/y/a", True),
    ("x/**", "x/", None),
    ("**", "x/y", True),
    ("**/b", "b", True),
    ("**/b", "a/c/b", True),
    ("a/**/b", "a/b", True),
    ("a/**/b", "a/x/y/b", True),
    ("a/**/b", "ax/b", None),
    ("a**b", "axxb", True),
    ("a**/b", "ax/b", True),
    ("a**/b", "ax/y/b", None),
    ("?.py", "a.py", True),
    ("?.py", "ab.py", None),
    ("[ab].py", "b.py", True),
    ("[!ab].py", "b.py", None),
    ("[^ab].py", "c.py", True),
    ("[a-c]x", "bx", True),
    ("[z-a]x", "bx", None),
    ("[--0]", ".", True),
    ("[]-]x", "]x", True),
    ("[]-]x", "-x", True),
    ("[[:digit:]]x", "7x", True),
    ("[\\]]", "]", True),
    ("a[!b]c", "a/c", None),
    ("[ab", "[ab", None),
    ("a\\", "a\\", None),
    ("a\\*b", "a*b", True),
    ("a\\*b", "axb", None),
    ("a ", "a", True),
    ("a\\ ", "a ", True),
    ("a.b", "axb", None),
    ("ü*", "ünder", True),
]


@pytest.mark.parametrize(("pattern", "path", "expected"), CASES, ids=[f"{one[0]}-{one[1]}" for one in CASES])
def test_a_pattern_decides_as_git_does(pattern: str, path: str, expected: bool | None) -> None:
    folder = path.endswith("/")

    assert Globs([pattern]).decides(path.rstrip("/"), folder=folder) is expected


def test_the_last_pattern_that_matches_decides() -> None:
    globs = Globs(["/*", "!/src", "*_old.py", "/src/x.py", "!x.py"])

    assert globs.decides("docs", folder=True) is True
    assert globs.decides("src", folder=True) is False
    assert globs.decides("src/a.py") is None
    assert globs.decides("src/a_old.py") is True
    assert globs.decides("src/x.py") is False


def test_a_folder_that_is_covered_covers_what_is_in_it() -> None:
    globs = Globs(["src/", "!src/gen/", "src/gen/kept.py"])

    assert globs.covers("src/a/b.py")
    assert not globs.covers("src/gen/a.py")
    assert globs.covers("src/gen/kept.py")
    assert not globs.covers("a.py")


@pytest.mark.parametrize(
    ("line", "words"),
    [("", "empty"), ("# x", "empty"), ("!", "names nothing"), ("/", "names nothing"), ("[a", "has no end")],
)
def test_what_is_no_pattern_is_said(line: str, words: str) -> None:
    parsed = parse_glob(line)

    assert isinstance(parsed, str)
    assert words in parsed


lines = st.lists(st.text("ab*?/![]-\\.", max_size=6), max_size=6)
paths = st.lists(st.text("ab.-", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@given(lines, paths, st.booleans())
def test_all_patterns_at_once_decide_as_one_after_the_other(
    lines: list[str], path: str, folder: bool
) -> None:
    decisions = [Globs([line]).decides(path, folder=folder) for line in lines]

    expected = next((one for one in reversed(decisions) if one is not None), None)
    assert Globs(lines).decides(path, folder=folder) is expected
