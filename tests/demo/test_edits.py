"""Edits of the protocol, applied to texts in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.demo.edits import apply_edits, edited_texts, path_of, unified_diff


def edit(start: tuple[int, int], end: tuple[int, int], new: str) -> dict[str, object]:
    places = [dict(zip(("line", "character"), at, strict=True)) for at in (start, end)]
    return {"range": {"start": places[0], "end": places[1]}, "newText": new}


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a\nb\n", [edit((1, 0), (1, 1), "c")], "a\nc\n"),
        ("a\r\nb\rc", [edit((1, 0), (2, 0), ""), edit((0, 0), (0, 0), "x")], "xa\r\nc"),
        ("😀b", [edit((0, 1), (0, 2), "c")], "😀c"),
        ("a\nb", [], "a\nb"),
    ],
)
def test_edits_are_in_the_coordinates_of_the_text(
    text: str, edits: list[dict[str, object]], expected: str
) -> None:
    assert apply_edits(text, edits) == expected


@pytest.mark.parametrize("place", [(9, 9), (0, 5)])
def test_places_that_the_text_does_not_have_are_a_mistake_of_the_server(place: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="the text has no line"):
        apply_edits("a", [edit(place, place, "!")])


def test_both_forms_of_workspace_edits_are_read() -> None:
    texts = {"file:///a": "a\n", "file:///b": "b\n", "file:///new": ""}
    documents = [
        {"kind": "create", "uri": "file:///new"},
        {"textDocument": {"uri": "file:///new", "version": None}, "edits": [edit((0, 0), (0, 0), "n\n")]},
        {"textDocument": {"uri": "file:///a", "version": 1}, "edits": [edit((0, 0), (0, 1), "x")]},
    ]

    assert edited_texts({"documentChanges": documents}, texts.__getitem__) == {
        "file:///new": ("", "n\n"),
        "file:///a": ("a\n", "x\n"),
    }
    changes = {"file:///b": [edit((0, 0), (0, 1), "")]}
    assert edited_texts({"changes": changes}, texts.__getitem__) == {"file:///b": ("b\n", "\n")}
    assert edited_texts({}, texts.__getitem__) == {}


def test_a_diff_is_the_one_that_git_shows() -> None:
    assert unified_diff("app/a.py", "x\ny\nz\n", "x\nz\n") == (
        "--- a/app/a.py\n+++ b/app/a.py\n@@ -1,3 +1,2 @@\n x\n-y\n z\n"
    )
    assert unified_diff("a.py", "x", "y").endswith("-x\n+y\n")
    assert unified_diff("a.py", "x\n", "x\n") == ""


def test_paths_of_uris(tmp_path: Path) -> None:
    path = tmp_path / "a b" / "ü%.py"

    assert path_of(path.as_uri()) == path
