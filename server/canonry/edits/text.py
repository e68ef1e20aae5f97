"""Texts, offsets in them, and edits.

A line ends at `\\n`, `\\r\\n` or `\\r` and nowhere else: form feeds and U+2028 stand inside a line, as
editors and Python's own tokenizer see it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from canonry.model import Position, Range, TextEdit
from canonry.syntax.dotted import common_start

LINE_END = re.compile(r"\r\n|\r|\n")

_DIFF_LIMIT = 4_000_000
"""Lines of one text times lines of the other up to which hunks are looked for (about a second)."""


class Lines:
    """The lines of a text: offsets to positions and back."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        self.ends: list[int] = []
        """Where each line ends, its line ending not counted."""
        for match in LINE_END.finditer(text):
            self.ends.append(match.start())
            self.starts.append(match.end())
        self.ends.append(len(text))

    def offset(self, position: Position) -> int:
        """The offset of a position. Raises ValueError where the text has no such position."""
        line, column = position.line, position.column
        if not 0 <= line < len(self.starts) or not 0 <= column <= self.ends[line] - self.starts[line]:
            raise ValueError(f"the text has no line {line + 1}, column {column + 1}")
        return self.starts[line] + column

    def line_of(self, offset: int) -> int:
        """The zero-based line in which an offset lies; a line ending belongs to its line."""
        return bisect_right(self.starts, offset) - 1

    def position(self, offset: int) -> Position:
        """The position of an offset, which must not lie between a `\\r` and its `\\n`."""
        line = self.line_of(offset)
        if offset > self.ends[line]:
            raise ValueError(f"offset {offset} lies inside a line ending")
        return Position(line, offset - self.starts[line])

    def content(self, line: int) -> str:
        """A line's text without its line ending."""
        return self.text[self.starts[line] : self.ends[line]]

    def after(self, line: int) -> int:
        """The offset behind a line and its line ending."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    def ending(self, line: int) -> str:
        """The line ending to use beside a line: its own, else that of a line before it, else `\\n`."""
        for at in range(min(line, len(self.starts) - 1), -1, -1):
            found = self.text[self.ends[at] : self.after(at)]
            if found:
                return found
        match = LINE_END.search(self.text)
        return match[0] if match else "\n"


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Replaces the text between two offsets."""

    start: int
    end: int
    new: str


def join_splices(splices: Iterable[Splice]) -> tuple[Splice, ...]:
    """The splices in order, those that touch made one. Raises ValueError where two overlap.

    Insertions at one place keep the order in which they were given, before a deletion that begins there.
    """
    joined: list[Splice] = []
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if joined and splice.start < joined[-1].end:
            raise ValueError(f"edits overlap at offset {splice.start}")
        if joined and splice.start == joined[-1].end:
            last = joined.pop()
            splice = Splice(last.start, splice.end, last.new + splice.new)
        joined.append(splice)
    return tuple(joined)


def join_deletions(splices: Iterable[Splice]) -> list[Splice]:
    """The splices, with deletions that overlap made one: two reasons to take out the same blank lines."""
    found: list[Splice] = []
    deletions: list[Splice] = []
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if splice.new or splice.start == splice.end:
            found.append(splice)
        elif deletions and splice.start <= deletions[-1].end:
            last = deletions.pop()
            deletions.append(Splice(last.start, max(last.end, splice.end), ""))
        else:
            deletions.append(splice)
    return found + deletions


def splice_text(text: str, splices: Iterable[Splice]) -> str:
    """The text with the splices applied. Raises ValueError where two overlap."""
    parts: list[str] = []
    at = 0
    for splice in join_splices(splices):
        parts += text[at : splice.start], splice.new
        at = splice.end
    return "".join(parts) + text[at:]


def to_edits(lines: Lines, splices: Iterable[Splice]) -> tuple[TextEdit, ...]:
    """The splices as edits with positions, none of them without effect."""
    widened = [_whole_line_endings(lines.text, one) for one in join_splices(splices)]
    return tuple(
        TextEdit(Range(lines.position(one.start), lines.position(one.end)), one.new)
        for one in join_splices(widened)  # two that stood apart by half a line ending touch now
        if lines.text[one.start : one.end] != one.new
    )


def apply_edits(text: str, edits: Sequence[TextEdit]) -> str:
    """The text after the edits, all of them in the coordinates of `text`.

    Raises ValueError where two overlap, or where the text has no such position.
    """
    lines = Lines(text)
    return splice_text(
        text,
        [Splice(lines.offset(one.range.start), lines.offset(one.range.end), one.new_text) for one in edits],
    )


def edits_between(old: str, new: str) -> tuple[TextEdit, ...]:
    """Few and small edits that make `new` of `old`: whole lines come and go, others change within."""
    before, after = _split_keeping(old), _split_keeping(new)
    head = common_start(before, after)
    tail = common_start(before[head:][::-1], after[head:][::-1])
    offsets = [sum(map(len, before[:head]))]
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    for line in before:
        offsets.append(offsets[-1] + len(line))
    hunks: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(before), 0, len(after))]
    if len(before) * len(after) <= _DIFF_LIMIT:
        hunks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    splices = [
        _trimmed(offsets[i1], "".join(before[i1:i2]), "".join(after[j1:j2]))
        for tag, i1, i2, j1, j2 in hunks
        if tag != "equal"
    ]
    return to_edits(Lines(old), splices)


def _trimmed(at: int, old: str, new: str) -> Splice:
    if not old or not new:
        return Splice(at, at + len(old), new)
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    return Splice(at + head, at + len(old) - tail, new[head : len(new) - tail])


def _common_prefix(one: str, other: str) -> int:
    limit = min(len(one), len(other))
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _split_keeping(text: str) -> list[str]:
    lines = Lines(text)
    return [text[start : lines.after(at)] for at, start in enumerate(lines.starts) if start < len(text)]


def _whole_line_endings(text: str, splice: Splice) -> Splice:
    """Widens a splice so that neither end stands between a `\\r` and its `\\n`: no position names that."""
    start, end, new = splice.start, splice.end, splice.new
    if text[start - 1 : start + 1] == "\r\n" and start > 0:
        start, new = start - 1, "\r" + new
    if text[end - 1 : end + 1] == "\r\n" and end > 0:
        end, new = end + 1, new + "\n"
    return Splice(start, end, new)
