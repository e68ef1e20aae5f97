"""How the classes of two methods stand to each other, and what a class has from those above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import cache
from itertools import islice

from canonry.rules.base import RuleContext
from canonry.rules.facts.classes import MOST_CLASSES, ClassFacts, class_at, with_ancestors
from canonry.rules.facts.members import CLASSES, MEMBERLESS

_ROOTS = frozenset(("object", "builtins.object"))
"""What stands behind all other classes."""
_WITHOUT_SPECIAL = _ROOTS | {"abc.ABC"}
"""Those that have no special members of their own either."""


class Relation(Enum):
    """What one method's class is to the other's."""

    NONE = auto()
    INHERITS = auto()
    """The other method stands in a class above: it is what the class would have without its own."""
    OVERRIDDEN = auto()
    """The other method stands in a class below: it overrides this one."""
    SIBLINGS = auto()
    """A class of the workspace is above both."""


Above = Callable[[str], Sequence[str]]
"""For a class the classes of the workspace above it, nearest first, all by their qualified names."""


def classes_above(context: RuleContext) -> Above:
    """What is above each class, asked for once: several methods of one class come to be compared."""
    return cache(lambda dotted: _above(dotted, context))


def relation_of(mine: str, theirs: str, classes: Above) -> tuple[Relation, str]:
    """What the class of a method is to that of another one of its name, and the nearest class above both.

    Both are qualified names. The class is "" where there is none, and for all but siblings.
    """
    owner, _, name = mine.rpartition(".")
    other, _, same = theirs.rpartition(".")
    if name != same or owner == other:
        return Relation.NONE, ""
    above = classes(owner)
    if other in above:
        return Relation.INHERITS, ""
    others = classes(other)
    if owner in others:
        return Relation.OVERRIDDEN, ""
    common = next((one for one in above if one in others), "")
    return (Relation.SIBLINGS, common) if common else (Relation.NONE, "")


def are_related(one: str, other: str, classes: Above) -> bool:
    """Whether one of two classes is above the other, however far."""
    return other in classes(one) or one in classes(other)


def inherited_from(owner: str, member: str, context: RuleContext) -> str:
    """The class that a class would have a member from if it had none of its own; "" where it cannot be told.

    That is so where a class outside of the workspace may have it first, or a class on the way binds the name
    in another way than by a definition.
    """
    for name in (resolution_order(owner, context) or ())[1:]:
        found = class_at(context, name)
        if found is None:
            memberless = _WITHOUT_SPECIAL if member.startswith("__") else _ROOTS | MEMBERLESS
            if name not in memberless:
                return ""
            continue
        if member in found.members:
            return found.name
        if _may_have(found, member, context):
            return ""
    return ""


def resolution_order(dotted: str, context: RuleContext) -> list[str] | None:
    """The classes in which members of a class are looked for, in Python's order; None where there is none.

    It is C3 (Barrett and others 1996, "A Monotonic Superclass Linearization for Dylan"). A class outside of
    the workspace stands for all that is above it.
    """
    return _order(dotted, context, frozenset())


def _order(dotted: str, context: RuleContext, below: frozenset[str]) -> list[str] | None:
    if dotted in below or len(below) > MOST_CLASSES:
        return None
    found = class_at(context, dotted)
    bases = list(found.bases) if found is not None else []
    orders: list[list[str]] = []
    for base in bases:
        above = _order(base, context, below | {dotted})
        if above is None:
            return None
        orders.append(above)
    merged = _merged([*orders, bases])
    return None if merged is None else [found.name if found is not None else dotted, *merged]


def _merged(orders: list[list[str]]) -> list[str] | None:
    left = [list(one) for one in orders if one]
    merged: list[str] = []
    while left:
        head = next((one[0] for one in left if not any(one[0] in other[1:] for other in left)), None)
        if head is None:
            return None
        merged.append(head)
        left = [rest for one in left if (rest := [each for each in one if each != head])]
    return merged


def _above(dotted: str, context: RuleContext) -> list[str]:
    """The classes of the workspace above one, nearest first."""
    found = islice(with_ancestors(context, dotted), 1, None)
    return [one.name for one in found if isinstance(one, ClassFacts)]


def _may_have(found: ClassFacts, member: str, context: RuleContext) -> bool:
    local_name = found.definition.local_name
    rows = [one for one in context.rows_of(CLASSES, found.path) if one.local_name == local_name]
    return not rows or any(one.dynamic or member in one.members for one in rows)
