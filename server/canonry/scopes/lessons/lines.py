"""Lines of a Markdown text: their code spans, and whether they begin with one of the words of lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

WRONG, CORRECT = "wrong", "correct"

_ROLES = {"wrong": WRONG, "correct": CORRECT, "before": WRONG, "after": CORRECT, "pattern": CORRECT}
_LEAD = r"(?:\[[xX]\]|:[a-z0-9_+-]+:|\d+[.)]|[^\w`]|_)*"
_WORDS = r"(?P<word>wrong|correct|before|after|anti[\s\u2010-\u2015-]?patterns?|patterns?)(?![\w/])"
MARKER = re.compile(rf"(?i)(?P<lead>{_LEAD}){_WORDS}(?P<rest>.*)", re.DOTALL)
KEYWORDS = re.compile(rf"(?i){_LEAD}key[\s-]?words?(?!\w)(?P<rest>.*)", re.DOTALL)
_NOUN = (
    r"(?:\s+(?:way|approach|code|version|usage|use|example|pattern|implementation|form|practice|solution|"
    r"answer|fix|refactoring|change)s?)"
)
_NUMBER = r"(?:\s*#?\d+(?!\d))"
_REMARK = r"(?:\s*\([^()]*\))"
ENDED = re.compile(
    rf"(?i)(?:{_NOUN}|{_NUMBER}|{_REMARK})*[\s*_]*(?:$|[:\uff1a\u2010-\u2015|=\u2192\u21d2>-])"
)
_FEW_WORDS = re.compile(r"(?:\s+[^\s:`]+){1,6}\s*[:\uff1a]")
_FOLLOWING = re.compile(
    r"(?i)(?:\u2192|->|=>|\u21d2|[,;|/.])\s*[^\w`]*(?P<word>correct|after|pattern)\s*[^\w\s`]*\s*[:\uff1a]"
)
"""A counterpart on the same line: `WRONG: a() -> CORRECT: b()`."""
SEPARATORS = re.compile(r"(?:\W|\bor\b|\band\b)*")
_SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)
MOST_TOLD = 200
"""Characters of an entry's prose that are shown."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of code in a text: the content of a code span, or of fenced code or a part of it."""

    text: str
    line: int
    """Zero-based."""
    is_mention: bool = False
    """A single word that a sentence speaks of; no example unless it is a definition of the workspace."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a line: text, or a code span."""

    text: str
    is_code: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph, a heading or a cell of a table."""

    atoms: tuple[Atom, ...]
    number: int

    @property
    def text(self) -> str:
        """The line with its code spans as they are written."""
        return "".join(f"`{one.text}`" if one.is_code else one.text for one in self.atoms)

    @property
    def codes(self) -> list[Snippet]:
        """Its code spans."""
        return [Snippet(one.text, self.number) for one in self.atoms if one.is_code]

    @property
    def before_code(self) -> str:
        """The text before its first code span."""
        text = ""
        for one in self.atoms:
            if one.is_code:
                break
            text += one.text
        return text

    @property
    def prose(self) -> str:
        """The text outside of its code spans."""
        return " ".join(one.text for one in self.atoms if not one.is_code)


def lines_of(inline: Token) -> Iterator[Line]:
    """The lines of a paragraph."""
    number = line_of(inline)
    atoms: list[Atom] = []
    strong = 0
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and child.content.lower().startswith("<br")
        ):
            yield Line(tuple(atoms), number)
            atoms, number = [], number + (child.type != "html_inline")
        elif child.type in ("strong_open", "em_open"):
            strong += 1
        elif child.type in ("strong_close", "em_close"):
            strong -= 1
        elif child.type == "code_inline":
            atoms.append(Atom(child.content, True))
        elif child.content and child.type != "html_inline":
            atoms.append(Atom(child.content, strong=strong > 0))
    yield Line(tuple(atoms), number)


def whole_line(inline: Token) -> Line:
    """All of a paragraph as one line."""
    lines = list(lines_of(inline))
    return Line(tuple(atom for line in lines for atom in line.atoms), lines[0].number)


def line_of(token: Token) -> int:
    """The zero-based line at which a token begins."""
    return token.map[0] if token.map else 0


def text_of(inline: Token) -> str:
    """All of a paragraph's text in one line."""
    return " ".join(line.text for line in lines_of(inline))


def title_of(line: Line) -> str:
    """A heading's text without what decorates it."""
    return re.sub(r"\s+", " ", line.text).strip(" #*_") or "without a title"


def first_sentence(text: str) -> str:
    """The first sentence of a text, at most MOST_TOLD characters."""
    flat = re.sub(r"\s+", " ", text).strip()
    found = _SENTENCE.match(flat)
    flat = found[1] if found else flat
    return flat if len(flat) <= MOST_TOLD else f"{flat[: MOST_TOLD - 1].rstrip()}…"


def role_in(line: Line, heading: bool = False) -> str | None:
    """Whether a line begins with one of the words, meant as such, and which."""
    found = MARKER.match(line.before_code)
    if found is None:
        return None
    word, rest = found["word"], found["rest"]
    short = word.lower().rstrip("s")
    role = WRONG if short.startswith("anti") else _ROLES[short]
    is_plain = short in ("before", "after", "pattern")  # words that sentences begin with, too
    has_code = bool(line.codes)
    if not rest.strip(" *_") and has_code:
        stands_out = (
            word.isupper() or not is_plain or not re.search(r"[^\W_]", line.prose.replace(word, "", 1))
        )
        return role if stands_out else None
    if ENDED.match(rest) or _FEW_WORDS.match(rest):
        return role
    if heading or is_plain:
        return None
    emphasised = line.atoms[0].strong or bool(re.search(r"[^\s\W]|[^\x00-\x7f]", found["lead"]))
    return role if has_code and (word.isupper() or emphasised) else None


def is_bare(line: Line) -> bool:
    """Whether a heading has nothing but one of the words."""
    found = MARKER.match(line.before_code)
    ended = ENDED.match(found["rest"]) if found else None
    return found is not None and ended is not None and not found["rest"][ended.end() :].strip(" *_:")


def awaits(line: Line) -> bool:
    """Whether a line ends so that something must follow."""
    return line.text.rstrip(" *_").endswith((":", "\uff1a"))


def from_first_code(line: Line) -> str:
    """The prose from the first code span on."""
    text = ""
    seen = False
    for one in line.atoms:
        seen = seen or one.is_code
        if seen and not one.is_code:
            text += one.text + " "
    return text


def split_off(line: Line) -> tuple[Line, Line | None]:
    """A line up to the counterpart that stands on it, and the counterpart."""
    seen = False
    for at, one in enumerate(line.atoms):
        seen = seen or one.is_code
        if not seen or one.is_code:
            continue
        joined = "".join(each.text for each in line.atoms[at:] if not each.is_code)
        found = _FOLLOWING.match(joined.lstrip()) or _FOLLOWING.match(f",{joined.lstrip()}")
        if found:
            head = Line(line.atoms[:at], line.number)
            return head, Line((Atom(f"{found['word']}: "), *line.atoms[at:]), line.number)
    return line, None
