"""Offsets, positions and edits, on any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from canonry.edits.text import (
    Lines,
    Splice,
    apply_edits,
    edits_between,
    join_deletions,
    join_splices,
    splice_text,
    to_edits,
)
from canonry.model import Position, Range, TextEdit
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.text(st.sampled_from("ab \t\f\r\n\u2028\x85🦆"), max_size=40)


def slow_lines(text: str) -> list[str]:
    """The lines as Python's tokenizer sees them, by replacing."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(TEXTS)
def test_lines_end_at_line_feeds_and_carriage_returns_only(text: str) -> None:
    lines = Lines(text)
    assert [lines.content(at) for at in range(len(lines.starts))] == slow_lines(text)


@given(TEXTS)
def test_positions_and_offsets_are_each_others_inverse(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n" and offset:
            with pytest.raises(ValueError, match="inside a line ending"):
                lines.position(offset)
        else:
            assert lines.offset(lines.position(offset)) == offset


@pytest.mark.parametrize("position", [Position(0, 4), Position(2, 0), Position(0, -1), Position(-1, 0)])
def test_positions_outside_the_text_are_errors(position: Position) -> None:
    with pytest.raises(ValueError, match="the text has no line"):
        Lines("abc\n").offset(position)


@given(TEXTS, TEXTS)
def test_edits_between_two_texts_lead_from_one_to_the_other(old: str, new: str) -> None:
    assert apply_edits(old, edits_between(old, new)) == new


def test_edits_that_touch_within_a_line_ending_are_one() -> None:
    assert to_edits(Lines("a\r\n"), [Splice(0, 1, ""), Splice(2, 3, "")]) == (
        TextEdit(Range(Position(0, 0), Position(1, 0)), "\r"),
    )


@given(TEXTS, st.data())
def test_edits_do_what_splices_do(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    splices = [
        Splice(start, end, data.draw(st.text("xy\n", max_size=3)))
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]
    expected, behind = "", 0
    for splice in splices:
        expected += text[behind : splice.start] + splice.new
        behind = splice.end
    expected += text[behind:]

    assert splice_text(text, splices) == expected
    edits = to_edits(Lines(text), splices)
    assert apply_edits(text, edits) == expected
    for left, right in pairwise(edits):
        assert left.range.end < right.range.start


def test_an_insertion_comes_before_the_deletion_that_begins_at_its_place() -> None:
    assert join_splices([Splice(2, 5, ""), Splice(2, 2, "x"), Splice(5, 5, "y")]) == (Splice(2, 5, "xy"),)


def test_overlapping_edits_are_an_error() -> None:
    with pytest.raises(ValueError, match="overlap at offset 2"):
        splice_text("abcdef", [Splice(1, 3, "x"), Splice(2, 4, "y")])
    edit = TextEdit(Range(Position(0, 0), Position(0, 2)), "")
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [edit, TextEdit(Range(Position(0, 1), Position(0, 3)), "")])


def test_overlapping_deletions_become_one() -> None:
    found = join_deletions([Splice(4, 9, ""), Splice(1, 5, ""), Splice(9, 9, "x"), Splice(20, 21, "")])
    assert join_splices(found) == (Splice(1, 9, "x"), Splice(20, 21, ""))


def test_whole_lines_come_and_go_as_such() -> None:
    edits = edits_between("[a]\n[b]\n", "[a]\n[c]\n[b]\n")
    assert edits == (TextEdit(Range(Position(1, 0), Position(1, 0)), "[c]\n"),)


def test_the_line_ending_beside_a_line() -> None:
    lines = Lines("a\r\nb\nc")
    assert [lines.ending(at) for at in range(3)] == ["\r\n", "\n", "\n"]
    assert Lines("a").ending(0) == "\n"
