"""The last look at edits that are made of somebody's text."""

from __future__ import annotations

from collections.abc import Sequence

from canonry.edits.binding import names_of
from canonry.edits.text import apply_edits
from canonry.edits.tree import Unparsed, parse_text
from canonry.edits.verify import problem_with
from canonry.model import Refusal, TextEdit
from canonry.rules.base import Module


def checked(module: Module, edits: Sequence[TextEdit]) -> Sequence[TextEdit] | Refusal:
    """The edits, where the module parses after them and knows every name that it knew before."""
    before = parse_text(module.text)
    if isinstance(before, Unparsed):
        return Refusal(f"the file {before.reason}")
    problem = problem_with(names_of(before), apply_edits(module.text, list(edits)))
    return Refusal(problem) if problem is not None else edits
