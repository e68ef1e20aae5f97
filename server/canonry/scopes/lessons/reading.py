"""Lessons from a Markdown text: its entries with their examples and keywords as forms."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from functools import cached_property

from canonry.scopes.lessons.lines import Snippet
from canonry.scopes.lessons.markdown import NotUsed, pairs_of, read_entries
from canonry.syntax.forms import Form, Pair, read_form, read_pair

_WORD = re.compile(r"[^\W\d]\w*")
MOST_LINES = 30
"""An example of more lines is a program; nothing else looks like it."""


@dataclass(frozen=True, eq=False)
class Check:
    """An example of what is wrong, and what is correct instead."""

    pair: Pair
    line: int
    """Zero-based, in the lesson's file."""
    correct: str = ""
    """As the lesson has it; empty where it has none."""
    is_mention: bool = False
    """A word in a sentence: it counts where it is a definition of the workspace, and only there."""

    @property
    def wrong(self) -> Form:
        """What is looked for."""
        return self.pair.wrong


@dataclass(frozen=True, eq=False)
class Keyword:
    """Code by which a lesson is looked up."""

    form: Form
    text: str
    line: int


@dataclass(frozen=True, eq=False)
class Lesson:
    """One entry of a file that can be used."""

    path: str
    """Of its file, relative to the workspace, with `/`."""
    title: str
    line: int
    """Of its heading, zero-based."""
    told: str = ""
    """Its first sentence."""
    checks: tuple[Check, ...] = ()
    keywords: tuple[Keyword, ...] = ()


@dataclass(frozen=True, eq=False)
class Lessons:
    """What has been read from some files, and what could not be used of them."""

    lessons: tuple[Lesson, ...] = ()
    unused: tuple[tuple[str, NotUsed], ...] = ()
    """Each with its file."""
    files: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    """Files that could not be read, each with the reason."""

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Words of which a text must have one for any of the lessons to apply."""
        forms = [check.wrong for one in self.lessons for check in one.checks]
        forms += [keyword.form for one in self.lessons for keyword in one.keywords]
        return frozenset(form.anchor for form in forms)


NO_LESSONS = Lessons()


def read_lessons(text: str, path: str) -> Lessons:
    """The lessons of one Markdown file. Any text is read; what cannot be used is said."""
    lessons: list[Lesson] = []
    unused: list[NotUsed] = []
    name = path.rpartition("/")[2].rpartition(".")[0] or path
    for entry in read_entries(text, name):
        checks = [
            made
            for wrong, correct in pairs_of(entry)
            if (made := _check(wrong, correct, entry.unused)) is not None
        ]
        keywords = [one for piece in entry.keywords if (one := _keyword(piece, entry.unused)) is not None]
        unused += entry.unused
        if checks or keywords:
            lessons.append(Lesson(path, entry.title, entry.line, entry.told, tuple(checks), tuple(keywords)))
    unused.sort(key=lambda one: one.line)
    return Lessons(tuple(lessons), tuple((path, one) for one in unused), (path,))


def _check(wrong: Snippet, correct: Snippet | None, unused: list[NotUsed]) -> Check | None:
    why = _unusable(wrong.text)
    if not why:
        pair = read_pair(wrong.text, correct.text if correct is not None else None)
        if isinstance(pair, Pair):
            told = correct.text.strip() if correct is not None else ""
            return Check(pair, wrong.line, told, wrong.is_mention)
        why = pair
    unused.append(NotUsed(wrong.line, first_line(wrong.text), why))
    return None


def _keyword(piece: Snippet, unused: list[NotUsed]) -> Keyword | None:
    text = piece.text.strip()
    why = _unusable(text)
    if not why:
        # What is opened in a keyword is left open to whatever follows: `requests.get(`.
        form = read_form(text.rstrip("(").removesuffix("()") if _is_call(text) else text)
        if isinstance(form, Form):
            return Keyword(form, text, piece.line)
        why = form
    unused.append(NotUsed(piece.line, first_line(text), why))
    return None


def _is_call(text: str) -> bool:
    return re.fullmatch(r"[\w.]+\((?:\))?", text) is not None


def _unusable(text: str) -> str:
    lines = text.strip().splitlines()
    if len(lines) > MOST_LINES:
        return f"it has more than {MOST_LINES} lines"
    word = text.strip()
    if _WORD.fullmatch(word) and keyword.iskeyword(word):
        return "it is a word of Python itself"
    return ""


def first_line(code: str) -> str:
    """An example in a message: its first line as a code span."""
    first, *more = code.strip().splitlines() or [""]
    return f"`{first.strip()}`{' ...' if more else ''}"
