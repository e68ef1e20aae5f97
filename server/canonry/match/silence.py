"""What is never a finding, and what is never offered: decided before anything is weighed.

Each rule here is a sentence of the design; what needs weighing (families, hooks) is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from canonry.index.columns import KINDS
from canonry.index.segment import Segment
from canonry.index.snapshot import Ref, Snapshot
from canonry.match.batch import MIN_SKELETON, Query
from canonry.model import SymbolKind, Trait

SILENT_QUERY = int(
    Trait.OVERLOAD
    | Trait.ABSTRACT
    | Trait.PROPERTY
    | Trait.TYPE_CHECKING
    | Trait.CONDITIONAL
    | Trait.PROTOCOL
    | Trait.RAISES_ONLY
)
"""Definitions that stand beside their like on purpose."""
NEVER_OFFERED = (
    Trait.OVERLOAD
    | Trait.ABSTRACT
    | Trait.PROPERTY
    | Trait.TYPE_CHECKING
    | Trait.PROTOCOL
    | Trait.NESTED
    | Trait.RAISES_ONLY
)
"""Definitions that nothing can be replaced by."""
_EMPTY, _TEST, _DUNDER = int(Trait.EMPTY), int(Trait.TEST), int(Trait.DUNDER)
_ENDS = re.compile(r"(?:return|raise)\b")
ENTRIES = ("main", "_")
"""Names that say nothing of a job: what has one is no finding, and nobody calls it in another one's place."""
METHOD = b"P"
"""Begins each method in a class's skeleton (`syntax/grammar.py`)."""
CLASS_KIND = KINDS.index(SymbolKind.CLASS)


def is_silent(query: Query, minimum_lines: int) -> bool:
    """Whether a definition can be no finding, whatever exists."""
    one = query.definition
    if never_speaks(one.kind, one.local_name, one.traits, one.body_lines, minimum_lines):
        return True
    owner = one if one.kind is SymbolKind.CLASS else query.owner
    return owner is not None and len(owner.members) > 1 and does_nothing(owner.skeleton)


def may_go_on(body: Sequence[str]) -> bool:
    """Whether more statements may follow in a body, given its lines: the last is no return and no raise."""
    starts = [line.lstrip() for line in body if line.strip() and _indent(line) == _indent(body[0])]
    return bool(starts) and not _ENDS.match(starts[-1])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def does_nothing(skeleton: bytes) -> bool:
    """Whether the methods of a class, by its skeleton, are all empty: a stand-in, or what others fill in."""
    return len(skeleton.replace(METHOD, b"")) < MIN_SKELETON


def never_speaks(kind: SymbolKind, local_name: str, traits: int, body_lines: int, minimum_lines: int) -> bool:
    """The same of what is plainly known of a definition. `traits` are those of `Trait` as a number."""
    if traits & SILENT_QUERY:
        return True
    outer, _, name = local_name.rpartition(".")
    if kind is SymbolKind.CLASS and outer and not outer.endswith("<locals>"):
        return True  # `Meta`, `Config`, `Media`: a part of the class that it stands in
    if name in ENTRIES:
        return True
    if traits & _DUNDER and (kind is not SymbolKind.METHOD or traits & _EMPTY):
        return True
    if kind is not SymbolKind.CLASS:
        if name.startswith("test"):
            return True
        return body_lines < minimum_lines and not traits & _EMPTY
    return name.startswith("Test") and bool(traits & _TEST)


def rows_to_skip(query: Query, number: int, segment: Segment, path_rows: range) -> frozenset[int]:
    """Rows of a part that are the query itself, what encloses it, and what is inside it.

    `path_rows` are the part's rows of the query's own file; names decide, so that the older self
    of a definition that is being edited is skipped as well.
    """
    mine = query.definition.local_name
    return frozenset(at for at in path_rows if is_part_of_it(mine, segment.local_names[at]))


def is_part_of_it(mine: str, theirs: str) -> bool:
    """Whether a definition of the same file is another one itself, encloses it, or is inside it, by names."""
    return theirs == mine or mine.startswith(f"{theirs}.") or theirs.startswith(f"{mine}.")


def offered(query: Query, snapshot: Snapshot, found: Sequence[tuple[Ref, float]]) -> list[tuple[Ref, float]]:
    """Those of the found definitions that can be what the new one does again."""
    segments = [part.segment for part in snapshot.parts]
    traits = np.array([segments[ref.part].symbol_traits[ref.at] for ref, _ in found], np.int32)
    classes = np.array([segments[ref.part].symbol_kind[ref.at] for ref, _ in found], np.int32) == CLASS_KIND
    wants_class = query.definition.kind is SymbolKind.CLASS
    in_tests = bool(query.traits & Trait.TEST)
    good = can_be_offered(traits, classes, wants_class, in_tests)
    names = [snapshot.name(ref) for ref, _ in found]
    if query.traits & Trait.DUNDER:
        same = np.array([name == query.definition.name for name in names], np.bool_)
        good |= same & can_be_offered(traits, classes, wants_class, in_tests, special=True)
    no_tests = in_tests and not wants_class
    return [
        one
        for one, name, is_good in zip(found, names, good.tolist(), strict=True)
        if is_good and name not in ENTRIES and not (no_tests and name.startswith("test_"))
    ]


def can_be_offered(
    traits: NDArray[np.int32],
    classes: NDArray[np.bool_],
    wants_class: bool,
    in_tests: bool,
    special: bool = False,
) -> NDArray[np.bool_]:
    """Which definitions, by their traits, can be what a class (or function), in tests or not, does again.

    `special`: which special methods can be, to one of the same name. Nobody calls another one in its place,
    so they are offered to nothing else.
    """
    never = NEVER_OFFERED if in_tests else NEVER_OFFERED | Trait.TEST
    if not wants_class:
        never |= Trait.EMPTY
    dunder = (traits & int(Trait.DUNDER)) != 0
    good: NDArray[np.bool_] = (classes == wants_class) & ((traits & int(never)) == 0) & (dunder == special)
    return good
