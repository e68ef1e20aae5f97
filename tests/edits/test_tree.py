"""Texts that are hard to parse: refused in words, never a crash, for libcst's parser ends the process."""

from __future__ import annotations

import pytest
from canonry.edits.tree import Tree, Unparsed, parse_text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + ")" * 10_000,
        "[" * 3_000,
        "x = " + "1 + " * 20_000 + "1\n",
        "x = a" + ".b" * 20_000 + "\n",
        "x = " + "not " * 20_000 + "a\n",
        "x = f" + "()" * 20_000 + "\n",
        "x = " + "lambda: " * 5_000 + "1\n",
        "x = " + "a if b else " * 5_000 + "1\n",
        "x = f'{" + "(" * 5_000 + ")" * 5_000 + "}'\n",
        "x = f'{" + "1 + " * 20_000 + "1}'\n",
        "if a:\n    pass\n" + "elif b:\n    pass\n" * 20_000,
    ],
    ids=[
        "parentheses",
        "open",
        "plus",
        "attributes",
        "not",
        "calls",
        "lambda",
        "if else",
        "f-string",
        "f-string plus",
        "elif",
    ],
)
def test_what_nests_too_deeply_is_refused(text: str) -> None:
    found = parse_text(text)
    assert isinstance(found, Unparsed)
    assert found.reason == "is nested too deeply to be rewritten"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = 1\ny = (\nz = 2\n", "does not parse at line 3; finish it first"),
        ("x = 'a\n", "does not parse at line 1; finish it first"),
        ("x\x00\n", "does not parse at line 1; finish it first"),
        ("x = '\ud800'\n", "holds half a surrogate pair, which no encoding can write"),
    ],
)
def test_what_is_no_python_is_refused_by_its_line(text: str, reason: str) -> None:
    found = parse_text(text)
    assert isinstance(found, Unparsed)
    assert found.reason == reason


def test_long_data_is_not_deep() -> None:
    row = "    (1, 'a(', -1.5, x.y[2] + 1, f'<b>({{', lambda: {'a': {'b': 3}}),\n"
    rows = row * 500
    assert isinstance(parse_text(f"DATA = [\n{rows}]\n"), Tree)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_nodes_stand_where_the_text_has_them(head: str, ending: str) -> None:
    text = head + ending.join(
        ["from a import (", "\tb as c,  # 🦆", ")", "x = '\u2028' + f'🦆{c}'", "\f", "c(c)"]
    )
    tree = parse_text(text)
    assert isinstance(tree, Tree)
    from canonry.edits.binding import names_of

    uses = [tree.span(one.node) for one in names_of(tree).uses["c"]]
    assert [text[start:end] for start, end in uses] == ["c", "c", "c"]
    assert uses[0][0] == text.index("c}")
