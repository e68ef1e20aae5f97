"""The open documents' texts, each version an immutable value, and the texts of files on disk."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from canonry.lsp.convert import Encoding, range_from_client, splits_pair

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_MOST_FILES = 64
"""Files whose lines are kept for the next conversion: those that the shown findings speak of."""


def split_lines(text: str) -> list[str]:
    """The lines of a text with their endings, the last one without; joined they are the text.

    A line ends where the protocol says so, and not at the other characters of `str.splitlines`.
    """
    if "\r" in text:
        lines = _LINE.findall(text)
        lines.append(text[sum(map(len, lines)) :])
        return lines
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """One version of an open document. Two are the same only if they are one object."""

    uri: str
    version: int | None
    lines: Sequence[str]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.lines)

    def changed(
        self,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        version: int | None,
        encoding: Encoding,
    ) -> Buffer:
        """The next version: `changes` applied one after the other, each to the result of the last."""
        lines = list(self.lines)
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                _splice(lines, change, encoding)
            else:
                lines = split_lines(_sound(change.text))
        return Buffer(self.uri, version, lines)


_HALF = "\ufffd"
"""Stands for half of a surrogate pair, which no file can hold; it is as wide in every encoding."""


def _splice(lines: list[str], change: types.TextDocumentContentChangePartial, encoding: Encoding) -> None:
    range = range_from_client(lines, change.range, encoding)
    first, last = range.start.line, range.end.line
    before = lines[first][: range.start.column]
    after = lines[last][range.end.column :]
    ascii = lines[first].isascii() and lines[last].isascii()
    if not ascii and encoding == types.PositionEncodingKind.Utf16:
        # An end within a surrogate pair leaves half of it, as wide as it was.
        start, end = sorted((change.range.start, change.range.end), key=lambda at: (at.line, at.character))
        if splits_pair(lines, start):
            before += _HALF
        if splits_pair(lines, end):
            after = _HALF + after[1:]
    segment = f"{before}{_sound(change.text)}{after}"
    if first and segment.startswith("\n") and lines[first - 1].endswith("\r"):
        # The two characters have become one line ending.
        first -= 1
        segment = lines[first] + segment
    new = split_lines(segment)
    if last + 1 < len(lines):
        # The segment ends as its last line did, so nothing stands behind that ending.
        new.pop()
    lines[first : last + 1] = new


def _sound(text: str) -> str:
    """The text with each half of a surrogate pair replaced; positions stay."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Buffers:
    """The newest version of each open document, by URI.

    The event loop alone changes it; any thread may read.
    """

    def __init__(self) -> None:
        self._newest: dict[str, Buffer] = {}

    def __iter__(self) -> Iterator[Buffer]:
        return iter(list(self._newest.values()))

    def get(self, uri: str) -> Buffer | None:
        """The newest version, None where the document is not open."""
        return self._newest.get(uri)

    def open(self, uri: str, text: str, version: int | None) -> Buffer:
        """Take over a document from its client."""
        buffer = self._newest[uri] = Buffer(uri, version, split_lines(_sound(text)))
        return buffer

    def change(
        self,
        uri: str,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        version: int | None,
        encoding: Encoding,
    ) -> Buffer | None:
        """Apply a client's changes; None where the document is not open."""
        buffer = self._newest.get(uri)
        if buffer is None:
            return None
        buffer = self._newest[uri] = buffer.changed(changes, version, encoding)
        return buffer

    def close(self, uri: str) -> None:
        """Give a document back to its client."""
        self._newest.pop(uri, None)


class FileTexts:
    """The lines of files on disk, the latest few remembered until the file changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Path, tuple[tuple[int, int], Sequence[str]]] = OrderedDict()

    def lines(self, path: Path) -> Sequence[str]:
        """The lines of a file as an editor shows them; none where it cannot be read."""
        try:
            stat = path.stat()
            stamp = stat.st_mtime_ns, stat.st_size
            kept = self._kept.get(path)
            if kept is None or kept[0] != stamp:
                kept = stamp, split_lines(_decoded(path.read_bytes()))
        except (OSError, ValueError):
            return ()
        self._kept[path] = kept
        while len(self._kept) > _MOST_FILES:
            self._kept.popitem(last=False)
        return kept[1]


def _decoded(data: bytes) -> str:
    # At first use: the parser's package is heavy, and the answer to `initialize` does not need it.
    from canonry.syntax.source import read_source

    return read_source(data)
