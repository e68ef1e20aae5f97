"""Where the keys of a TOML text stand.

`tomllib` gives values without places. This walks a text that tomllib has accepted, reads the keys and
skips over the values, so that it need not judge anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""The way to a value: names of keys, and indexes of lists' elements."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a text: zero-based line, zero-based column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a text.

    It has the shape of the model's `Range`: of `model` and `config` neither imports the other.
    """

    start: Mark
    end: Mark


START = Span(Mark(0, 0), Mark(0, 0))


def key_positions(text: str) -> dict[KeyPath, Span]:
    """The place of each key and of each element of a list in `text`, which must be valid TOML.

    A table's place is its header's last key, or the key it is the value of. A key that only dotted
    keys or headers imply has the place of the first that names it.
    """
    scanner = _Scanner(text)
    scanner.document()
    starts = line_starts(text)
    return {path: span_of(starts, *offsets) for path, offsets in scanner.places.items()}


def nearest_place(places: Mapping[KeyPath, Span], path: KeyPath) -> Span:
    """The place of `path`, else of the closest table around it that has one, else the text's start."""
    for length in range(len(path), 0, -1):
        found = places.get(path[:length])
        if found is not None:
            return found
    return START


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]


def span_of(starts: list[int], start: int, end: int) -> Span:
    """The span of two offsets."""
    return Span(_mark(starts, start), _mark(starts, end))


def _mark(starts: list[int], offset: int) -> Mark:
    line = bisect_right(starts, offset) - 1
    return Mark(line, offset - starts[line])


_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|'
    r"'''(?:[^']|'(?!''))*'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]*")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}

_Part = tuple[str, int, int]


class _Scanner:
    """A place in the text, and the places of the keys passed so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, tuple[int, int]] = {}
        self.elements: dict[KeyPath, int] = {}  # how many tables each array of tables has so far

    def document(self) -> None:
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)

    def header(self) -> KeyPath:
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        path: KeyPath = ()
        parts = self.key()
        for position, (name, start, end) in enumerate(parts):
            path = (*path, name)
            last = position == len(parts) - 1
            if last and not double:
                self.places[path] = (start, end)
            else:
                self.places.setdefault(path, (start, end))
            if last and double:
                self.elements[path] = self.elements.get(path, 0) + 1
            if path in self.elements:
                path = (*path, self.elements[path] - 1)
                self.places.setdefault(path, (start, end))
        self.at += 2 if double else 1
        return path

    def pair(self, table: KeyPath) -> None:
        path = table
        for name, start, end in self.key():
            path = (*path, name)
            self.places.setdefault(path, (start, end))
        self.at += 1  # the equals sign
        self.skip(_SPACE)
        self.value(path)

    def key(self) -> list[_Part]:
        parts: list[_Part] = []
        while True:
            self.skip(_SPACE)
            start = self.at
            self.skip(_KEY_PART)
            parts.append((_unquoted(self.text[start : self.at]), start, self.at))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def value(self, path: KeyPath) -> None:
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline_table(path)
        elif opening in ("'", '"'):
            self.skip(_STRING)
        else:
            self.skip(_BARE_VALUE)

    def array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        self.skip(_BLANK)
        while not self.text.startswith("]", self.at) and self.at < len(self.text):
            start = self.at
            self.value((*path, index))
            written = self.text[start : self.at].rstrip()
            self.places[(*path, index)] = (start, start + len(written))
            index += 1
            self.skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1
            self.skip(_BLANK)
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        self.at += 1
        self.skip(_BLANK)
        while not self.text.startswith("}", self.at) and self.at < len(self.text):
            self.pair(path)
            self.skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1
            self.skip(_BLANK)
        self.at += 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if not key.startswith('"'):
        return key
    return _ESCAPE.sub(_unescaped, key[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    escape = match.group(1)
    if escape[0] in "uU" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ESCAPED.get(escape, escape)
