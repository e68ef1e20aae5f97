"""A WorkspaceEdit, applied to texts in memory: what would become of the files, as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

from canonry.edits import text as text_edits
from canonry.model import Position, Range, TextEdit

Edit = Mapping[str, Any]


def path_of(uri: str) -> Path:
    """The path of a `file:` URI."""
    return Path(url2pathname(urlparse(uri).path))


def edited_texts(edit: Edit, text_of: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    """For each URI that `edit` changes its text before and after; a file to be created was empty.

    Columns are code points: the client has negotiated UTF-32.
    """
    texts: dict[str, tuple[str, str]] = {}
    for uri, edits in _changes(edit):
        before, now = texts.get(uri) or (text_of(uri),) * 2
        texts[uri] = before, apply_edits(now, edits)
    return texts


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, which are all in the coordinates of `text` and do not overlap."""

    def position(given: Mapping[str, int]) -> Position:
        return Position(given["line"], given["character"])

    return text_edits.apply_edits(
        text,
        [
            TextEdit(Range(position(one["range"]["start"]), position(one["range"]["end"])), one["newText"])
            for one in edits
        ],
    )


def unified_diff(name: str, before: str, after: str) -> str:
    """What changes, as `diff -u` and git show it; empty where nothing does."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def _changes(edit: Edit) -> Iterator[tuple[str, Sequence[Edit]]]:
    for change in edit.get("documentChanges") or ():
        if "textDocument" in change:
            yield change["textDocument"]["uri"], change["edits"]
    yield from (edit.get("changes") or {}).items()
