"""Markdown -> entries: which examples a text calls wrong and which correct, and what to look it up by.

A heading makes an entry. Inside it a line that begins with WRONG, BEFORE or Anti-pattern speaks of the code
on it, or below it; CORRECT, AFTER and Pattern are its counterpart. Case, emphasis, emoji, list bullets and
numbers in front make no difference. The same words may stand in headings, in the first row or column of a
table, or in comments of fenced code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from canonry.scopes.lessons.lines import (
    CORRECT,
    ENDED,
    KEYWORDS,
    MARKER,
    SEPARATORS,
    WRONG,
    Atom,
    Line,
    Snippet,
    awaits,
    first_sentence,
    from_first_code,
    is_bare,
    line_of,
    lines_of,
    role_in,
    split_off,
    text_of,
    title_of,
    whole_line,
)

_COMMENT = re.compile(r"[ \t]*#+[ \t]*(?P<text>.*)")
_PYTHON = frozenset(("", "py", "py3", "pycon", "python", "python3", "python-repl"))
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LETTER = re.compile(r"[^\W_]")
_INSTEAD = re.compile(
    r"(?i)\b(?:instead|prefer\w*|should|keep|rather|always|ensure|must|never)\b|(?:^|[.;,:!?])\s*(?:do|use)\b"
)
"""In a sentence about what is wrong: what follows is not it."""
_LANGUAGE = re.compile(r"[\w+-]*")


@dataclass(frozen=True, slots=True)
class NotUsed:
    """Something that looked like part of a lesson, and why it is none."""

    line: int
    what: str
    why: str


@dataclass
class Marker:
    """What stands after one of the words."""

    role: str
    line: int
    word: str
    """As written, in small letters: `before`."""
    pieces: list[Snippet] = field(default_factory=list)
    takes_fence: bool = True
    takes_list: bool = False
    """Code spans of a list below are its pieces."""
    other: str = ""
    """The language of fenced code that is no Python."""


@dataclass
class Entry:
    """What stands under one heading."""

    title: str
    line: int
    level: int
    told: str = ""
    """Its first sentence of prose."""
    markers: list[Marker] = field(default_factory=list)
    pairs: list[tuple[Snippet, Snippet | None]] = field(default_factory=list)
    """Examples that stand side by side, in a table or in one piece of fenced code."""
    keywords: list[Snippet] = field(default_factory=list)
    unused: list[NotUsed] = field(default_factory=list)


def read_entries(text: str, title: str) -> list[Entry]:
    """The entries of a Markdown text in order; what stands before any heading is in one called `title`."""
    reader = _Reader(Entry(title, 0, 0))
    text = text.replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    reader.read(_parser().parse(text))
    return reader.entries


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _Reader:
    """Walks the tokens of a text once."""

    def __init__(self, first: Entry) -> None:
        self.entries = [first]
        self._open = [first]
        """The entries around the place, outermost first."""
        self._entry = first
        self._marker: Marker | None = None
        self._wants_keywords: int | None = None
        """The level of the list whose code spans are keywords, where one may follow."""

    def read(self, tokens: Sequence[Token]) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "heading_open":
                self._heading(tokens[at + 1], int(token.tag[1:]))
                at += 3
                continue
            if token.type == "table_open":
                end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
                self._table(tokens[at:end])
                at = end + 1
                continue
            if token.type in ("fence", "code_block"):
                self._fence(token)
            elif token.type == "inline":
                in_list = at >= 2 and tokens[at - 2].type == "list_item_open"
                self._paragraph(token, in_list)
            at += 1

    # Headings

    def _heading(self, inline: Token, level: int) -> None:
        line = next(lines_of(inline), Line((), line_of(inline)))
        self._wants_keywords = None
        outer = next((one for one in reversed(self._open) if one.level < level), self.entries[0])
        keywords = KEYWORDS.match(line.before_code)
        if keywords and not keywords["rest"].strip(" :*_"):
            self._back_to(outer)
            self._take_keywords(line)
            return
        role = role_in(line, heading=True)
        if role is not None and not line.codes and is_bare(line):
            self._back_to(outer)
            self._mark(role, line)
            return
        if role == CORRECT and self._entry.markers and self._entry.level >= level:
            self._mark(CORRECT, line)
            return
        entry = Entry(title_of(line), line.number, level)
        self.entries.append(entry)
        self._back_to(outer)
        self._open.append(entry)
        self._entry = entry
        self._marker = None
        if role is not None:
            self._mark(role, line)

    def _back_to(self, entry: Entry) -> None:
        while len(self._open) > 1 and self._open[-1] is not entry:
            self._open.pop()
        self._entry = entry
        self._marker = None

    # Paragraphs

    def _paragraph(self, inline: Token, in_list: bool) -> None:
        begun = told = False
        for line in lines_of(inline):
            keywords = KEYWORDS.match(line.before_code)
            if keywords and re.match(r"[\s*_]*(?:[:\uff1a\u2010-\u2015-]|$)", keywords["rest"]):
                self._take_keywords(line)
                self._marker, begun = None, True
                continue
            role = role_in(line)
            if role is not None:
                self._wants_keywords = None
                self._mark(role, line)
                begun = True
            elif begun and self._marker is not None:
                self._marker.pieces += line.codes  # a line that was too long
                self._marker.takes_fence = self._marker.takes_fence or awaits(line)
            elif self._wants_keywords is not None:
                if in_list and line.codes:
                    self._entry.keywords += line.codes
                else:
                    self._wants_keywords = None
            elif self._marker is not None and self._marker.takes_list and line.codes and in_list:
                self._marker.pieces += line.codes  # `WRONG:` with a list of code spans below
            elif not begun and not in_list and not self._entry.told and self._marker is None:
                told = True
        if told and not begun:
            self._entry.told = first_sentence(text_of(inline))

    def _take_keywords(self, line: Line) -> None:
        self._entry.keywords += line.codes
        self._wants_keywords = None if line.codes else line.number
        words = (KEYWORDS.match(line.before_code) or {"rest": ""})["rest"].strip(" :\uff1a*_-")
        if not line.codes and words:
            why = "keywords are code spans: `asyncio.run`, `sleep`"
            self._entry.unused.append(NotUsed(line.number, line.text.strip(), why))

    def _mark(self, role: str, line: Line) -> None:
        found = MARKER.match(line.before_code)
        word = found["word"].lower() if found else role
        line, following = split_off(line)
        codes = line.codes
        rest = found["rest"] if found else ""
        ended = ENDED.match(rest)
        after = from_first_code(line)
        said_more = bool(_LETTER.search(rest[ended.end() :] if ended else rest)) or not (
            SEPARATORS.fullmatch(after)
        )
        if len(codes) > 1 and not SEPARATORS.fullmatch(after):
            codes = codes[:1]
        if said_more and codes:
            led = rest[ended.end() :] if ended else rest
            # What a sentence comes to later is not what it calls wrong: "...; use `b()` instead".
            if role == WRONG and (_INSTEAD.search(led) or (_LETTER.search(led) and _is_word(codes[0].text))):
                codes = []
            codes = [replace(one, is_mention=_is_word(one.text)) for one in codes]
        takes_fence = not codes or said_more or awaits(line)
        self._marker = Marker(role, line.number, word, codes, takes_fence, takes_list=not codes)
        self._entry.markers.append(self._marker)
        if following is not None:
            self._mark(CORRECT, following)

    # Code

    def _fence(self, token: Token) -> None:
        self._wants_keywords = None
        language = (_LANGUAGE.match(token.info.strip().lstrip("{.").lower()) or [""])[0]
        first = line_of(token) + (token.type == "fence")
        if language not in _PYTHON:
            if self._marker is not None and self._marker.takes_fence:
                self._marker.other = language
            return
        parts = list(_parts(token.content, first))
        if any(role == WRONG for role, _ in parts):
            self._side_by_side(parts)
            return
        marker = self._marker
        if marker is not None and marker.takes_fence:
            content = parts[-1][1] if parts and parts[-1][0] == marker.role else Snippet(token.content, first)
            marker.pieces = [content]
            marker.takes_fence = False

    def _side_by_side(self, parts: Sequence[tuple[str, Snippet]]) -> None:
        """Fenced code in which comments say what is wrong and what is correct."""
        markers = [Marker(role, piece.line, role, [piece]) for role, piece in parts if role]
        self._entry.pairs += _paired(markers)

    def _table(self, tokens: Sequence[Token]) -> None:
        """A table whose first row has the words, or each row of which begins with one."""
        rows: list[list[Line]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(whole_line(token))
        if not rows:
            return
        roles = [role_in(cell, heading=True) for cell in rows[0]]
        if WRONG in roles and CORRECT in roles:
            for row in rows[1:]:
                wrong = [cell for role, cell in zip(roles, row, strict=False) if role == WRONG]
                right = [cell for role, cell in zip(roles, row, strict=False) if role == CORRECT]
                correct = right[0].codes[0] if right and len(right[0].codes) == 1 else None
                self._entry.pairs += [(code, correct) for cell in wrong for code in cell.codes[:1]]
            return
        for row in rows:
            if row and role_in(row[0], heading=True) is not None:
                atoms = [*row[0].atoms, Atom(": "), *(atom for cell in row[1:] for atom in cell.atoms)]
                self._mark(role_in(row[0], heading=True) or WRONG, Line(tuple(atoms), row[0].number))
        self._marker = None


def pairs_of(entry: Entry) -> Iterator[tuple[Snippet, Snippet | None]]:
    """The wrong examples of an entry, each with its counterpart; what is left over goes to `unused`."""
    yield from entry.pairs
    usable: list[Marker] = []
    for one in entry.markers:
        if one.pieces:
            usable.append(one)
        elif one.other:
            why = f"its code is {one.other}, not Python"
            entry.unused.append(NotUsed(one.line, one.word, why))
        elif (
            one.role == WRONG
            and one.word != "before"
            and not entry.pairs
            and not any(each.pieces for each in entry.markers)
        ):
            entry.unused.append(NotUsed(one.line, one.word, "there is no code on the line or below it"))
    has_counterpart = any(one.role == CORRECT for one in entry.markers)
    for one in [*usable]:
        if one.word == "before" and not has_counterpart:
            entry.unused.append(NotUsed(one.line, one.word, "nothing in the entry says what comes after"))
            usable.remove(one)
    if usable and not any(one.role == WRONG for one in usable):
        first = usable[0]
        if not entry.pairs and first.word != "pattern":
            entry.unused.append(NotUsed(first.line, first.word, "nothing in the entry says what is wrong"))
        return
    yield from _paired(usable)


def _paired(markers: Sequence[Marker]) -> list[tuple[Snippet, Snippet | None]]:
    """Runs of wrong examples with the runs of correct ones behind them (before them, if a correct one is
    first).
    """
    runs: list[tuple[str, list[Marker]]] = []
    for one in markers:
        if not runs or runs[-1][0] != one.role:
            runs.append((one.role, []))
        runs[-1][1].append(one)
    correct_first = bool(runs) and runs[0][0] == CORRECT
    found: list[tuple[Snippet, Snippet | None]] = []
    for at, (role, run) in enumerate(runs):
        if role != WRONG:
            continue
        beside = at - 1 if correct_first else at + 1
        others = runs[beside][1] if 0 <= beside < len(runs) else []
        for number, one in enumerate(run):
            other: Marker | None = None
            if len(others) == len(run):
                other = others[number]
            elif others and 1 in (len(run), len(others)):
                other = others[0]
            pieces = other.pieces if other is not None else []
            for place, piece in enumerate(one.pieces):
                same = len(pieces) == len(one.pieces)
                found.append((piece, pieces[place] if same else pieces[0] if len(pieces) == 1 else None))
    return found


def _is_word(code: str) -> bool:
    return not re.search(r"[^\w\s]", code)


def _parts(code: str, first: int) -> Iterator[tuple[str, Snippet]]:
    """Fenced code, cut at comments that begin with one of the words."""
    role, start, lines = "", 0, code.split("\n")
    for at, text in enumerate([*lines, None]):
        comment = _COMMENT.fullmatch(text) if text is not None else None
        found = role_in(Line((Atom(comment["text"]),), 0)) if comment else None
        if text is not None and found is None:
            continue
        if role:
            yield role, Snippet("\n".join(lines[start:at]), first + start)
        role, start = found or "", at + 1
