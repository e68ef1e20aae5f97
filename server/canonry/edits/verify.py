"""The last look at a computed change, before anyone applies it."""

from __future__ import annotations

from canonry.edits.binding import names_of
from canonry.edits.names import Names
from canonry.edits.tree import Unparsed, parse_text


def problem_with(before: Names, after: str, bound: str = "") -> str | None:
    """Why a text must not become `after`; None where nothing speaks against it.

    It has to parse, may read no name that nothing binds and that was not so before, and must bind
    `bound` at its top level, where that is given.
    """
    tree = parse_text(after)
    if isinstance(tree, Unparsed):
        return f"the result {tree.reason}"
    names = names_of(tree)
    lost = sorted(names.unresolved().keys() - before.unresolved().keys())
    if lost:
        return f"the result would not know {', '.join(lost)}"
    if bound and bound not in names.module.bindings:
        return f"the result would not bind {bound}"
    return None
