"""`# canonry: ignore[...]` comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.edits.ignore import ignore_here, mark
from canonry.edits.text import apply_edits
from canonry.model import Fix, Refusal

PATH = Path("/workspace/app.py")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f():", "def f():  # canonry: ignore[CN001]"),
        ("def f():   ", "def f():  # canonry: ignore[CN001]"),
        ("def f(): # why", "def f(): # why  # canonry: ignore[CN001]"),
        ("class A:  # noqa: N801", "class A:  # noqa: N801  # canonry: ignore[CN001]"),
        ("def f():  # canonry: ignore[CN004]", "def f():  # canonry: ignore[CN004, CN001]"),
        ("def f():  # canonry: ignore[CN004 ] slow", "def f():  # canonry: ignore[CN004, CN001 ] slow"),
        ("def f():  # canonry: ignore-file", "def f():  # canonry: ignore-file  # canonry: ignore[CN001]"),
        ('def f(a=\'#\', b="""#"""):', 'def f(a=\'#\', b="""#"""):  # canonry: ignore[CN001]'),
        ("def f(", "def f(  # canonry: ignore[CN001]"),
        ("def f(a='", "def f(a='  # canonry: ignore[CN001]"),
        ("\tdef 🦆():", "\tdef 🦆():  # canonry: ignore[CN001]"),
        ("", "# canonry: ignore[CN001]"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_the_comment_goes_to_the_end_of_the_line(before: str, after: str, ending: str) -> None:
    text = f"x = 1{ending or chr(10)}{before}{ending}"
    found = ignore_here(PATH, text, 1, "CN001", version=7)
    assert isinstance(found, Fix)
    assert found.files[0].version == 7
    assert apply_edits(text, found.files[0].edits) == f"x = 1{ending or chr(10)}{after}{ending}"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("def f(a='''", "line 1 ends inside a string"),
        ("def \\", "line 1 ends inside a string or goes on below"),
        ("def f():  # canonry: ignore", "ignores CN001 already"),
        ("def f():  # canonry: ignore[CN0]", "ignores CN001 already"),
        ("def f():  # canonry: ignore[CN002, cn001] why", "ignores CN001 already"),
    ],
)
def test_lines_that_cannot_take_it(line: str, words: str) -> None:
    found = ignore_here(PATH, line + "\n", 0, "CN001")
    assert isinstance(found, Refusal)
    assert words in found.reason


def test_a_line_that_is_gone() -> None:
    found = ignore_here(PATH, "x\n", 5, "CN001")
    assert found == Refusal("there is no line 6 any more")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f():\n    pass\n", "def f():  # canonry: canonical\n    pass\n"),
        ("def f():  # noqa\r\n", "def f():  # noqa  # canonry: canonical\r\n"),
        ("def f(\n    a):\n", "def f(  # canonry: canonical\n    a):\n"),
    ],
)
def test_a_definition_is_marked_behind_other_comments(before: str, after: str) -> None:
    found = mark(PATH, before, 0, "canonical", "Declare f canonical", 2)
    assert isinstance(found, Fix)
    assert found.files[0].version == 2
    assert apply_edits(before, found.files[0].edits) == after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def f():  # canonry: canonical\n", "the line says `canonry: canonical` already"),
        ("def f(a='''\n'''):\n", "line 1 ends inside a string or goes on below; no comment can follow it"),
    ],
)
def test_what_cannot_be_marked_is_refused(text: str, reason: str) -> None:
    assert mark(PATH, text, 0, "canonical", "Declare f canonical") == Refusal(reason)
