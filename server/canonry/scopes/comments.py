"""Comments that speak to Canonry: `# canonry: ignore[CN001] reason`, `# canonry: ignore-file`, markers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

IGNORE, IGNORE_FILE = "ignore", "ignore-file"

_FORM = re.compile(r"^(?P<word>[a-z-]+)\s*(?:\[(?P<codes>[^\]]*)\])?\s*(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Told:
    """One comment: its line (zero-based), its word, its codes or names in capitals (none: all), and the text
    after them.
    """

    line: int
    word: str
    codes: tuple[str, ...]
    text: str

    def names(self, code: str, name: str = "") -> bool:
        """Whether it speaks of a code: by itself, the beginning of it (`CN0`), or a rule's name."""
        return not self.codes or any(code.startswith(one) or one == name.upper() for one in self.codes)


def read_comments(comments: Sequence[tuple[int, str]]) -> tuple[Told, ...]:
    """The comments whose form is known; `comments` are lines and texts after `canonry:`."""
    found: list[Told] = []
    for line, text in comments:
        match = _FORM.match(text.strip())
        if match:
            codes = tuple(one.strip().upper() for one in (match["codes"] or "").split(",") if one.strip())
            found.append(Told(line, match["word"], codes, match["rest"].strip()))
    return tuple(found)


def ignoring(told: Sequence[Told], code: str, first_line: int, last_line: int, name: str = "") -> list[Told]:
    """The comments that take back a finding whose header stands on these lines.

    A comment on a line of its own above the header counts: it is the line before `first_line`.
    """
    return [
        one
        for one in told
        if one.names(code, name)
        and (one.word == IGNORE_FILE or (one.word == IGNORE and first_line - 1 <= one.line <= last_line))
    ]
