"""What is never a finding, and what is never offered: decided before anything is weighed.

Each rule here is a sentence of the design; what needs weighing (families, hooks) is evidence.
"""

from __future__ import annotations

from canonry.index.segment import Segment
from canonry.index.snapshot import Ref, Snapshot
from canonry.match.batch import Query
from canonry.model import SymbolKind, Trait

SILENT_QUERY = (
    Trait.OVERLOAD
    | Trait.ABSTRACT
    | Trait.PROPERTY
    | Trait.TYPE_CHECKING
    | Trait.CONDITIONAL
    | Trait.PROTOCOL
)
"""Definitions that stand beside their like on purpose."""
NEVER_OFFERED = Trait.OVERLOAD | Trait.ABSTRACT | Trait.PROPERTY | Trait.TYPE_CHECKING | Trait.PROTOCOL
"""Definitions that nothing can be replaced by."""
SHORT_STATEMENTS = 1
"""A function of one statement is an accessor or a wrapper; only a rare name makes it a duplicate."""


def is_silent(query: Query, minimum_lines: int) -> bool:
    """Whether a definition can be no finding, whatever exists."""
    one = query.definition
    traits = query.traits
    if traits & SILENT_QUERY:
        return True
    if one.name in ("main", "_") or (one.name.startswith("__") and one.name.endswith("__")):
        return True
    if one.kind is not SymbolKind.CLASS and one.name.startswith("test"):
        return True
    if one.kind is SymbolKind.CLASS and one.name.startswith("Test") and traits & Trait.TEST:
        return True
    if traits & Trait.RAISES_ONLY:
        return True
    return (
        query.has_body
        and one.end_line - one.body_line + 1 < minimum_lines
        and one.kind is not SymbolKind.CLASS
    )


def rows_to_skip(query: Query, number: int, segment: Segment, path_rows: range) -> frozenset[int]:
    """Rows of a part that are the query itself, what encloses it, and what is inside it.

    `path_rows` are the part's rows of the query's own file; names decide, so that the older self
    of a definition that is being edited is skipped as well.
    """
    mine = query.definition.local_name
    skipped = set()
    for at in path_rows:
        theirs = segment.local_names[at]
        if theirs == mine or mine.startswith(f"{theirs}.") or theirs.startswith(f"{mine}."):
            skipped.add(at)
    return frozenset(skipped)


def is_offered(query: Query, snapshot: Snapshot, ref: Ref) -> bool:
    """Whether an existing definition can be what the new one does again."""
    traits = snapshot.traits(ref)
    if traits & NEVER_OFFERED or traits & Trait.NESTED or traits & Trait.RAISES_ONLY:
        return False
    kind = snapshot.kind(ref)
    if (kind is SymbolKind.CLASS) != (query.definition.kind is SymbolKind.CLASS):
        return False
    if traits & Trait.EMPTY and kind is not SymbolKind.CLASS:
        return False
    if traits & Trait.DUNDER:
        return False
    name = snapshot.name(ref)
    if kind is not SymbolKind.CLASS and name.startswith("test_"):
        return False
    return not (traits & Trait.TEST and not query.traits & Trait.TEST)
