"""Comments that say what a definition is to the team: `canonry: canonical`, `canonry: superseded-by x.y`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from canonry.index.extraction import Extractor
from canonry.scopes.comments import read_comments
from canonry.scopes.registry import Marked
from canonry.syntax import ModuleTree

CANONICAL, SUPERSEDED = "canonical", "superseded-by"


class Marker(msgspec.Struct, frozen=True, array_like=True):
    """A marker comment, with the definition that it speaks of."""

    symbol: str
    """Qualified."""
    replacement: str
    """What supersedes it; empty where it is canonical."""


def _markers(tree: ModuleTree) -> Iterator[Marker]:
    facts = tree.facts
    if not facts.ignores:
        return
    for told in read_comments(facts.ignores):
        if told.word not in (CANONICAL, SUPERSEDED):
            continue
        replacement = told.text.split()[0] if told.text and told.word == SUPERSEDED else ""
        if told.word == SUPERSEDED and not replacement:
            continue
        for one in facts.definitions:
            # At the end of a header's line, or above the definition and its decorators.
            if one.start_line - 1 == told.line or one.name_line <= told.line < max(
                one.body_line, one.name_line + 1
            ):
                yield Marker(f"{facts.module}.{one.local_name}".removeprefix("."), replacement)
                break


MARKERS = Extractor("markers", 1, Marker, _markers, key=lambda row: (row.symbol,))


def marked(rows: Mapping[str, Sequence[Marker]]) -> Marked:
    """What all markers of the workspace say."""
    every = [row for some in rows.values() for row in some]
    return Marked(
        frozenset(row.symbol for row in every if not row.replacement),
        {row.symbol: row.replacement for row in every if row.replacement},
    )
