"""Who reads a place of state: functions that do, and those that call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from canonry.model import SymbolKind
from canonry.rules.base import RuleContext
from canonry.rules.facts.calls import callers_of
from canonry.rules.facts.environment import ENVIRONMENT
from canonry.rules.facts.mentions import has_feature, mentions
from canonry.rules.facts.state import Kind, Place
from canonry.syntax.features import Feature

MOST_READERS: Final = 40
"""Functions that read one place, or call such a one, which are looked at."""
CALL_LEVELS: Final = 2
"""Calls that are followed from a function that reads a place up to one that a test calls."""
_MAKERS: Final = frozenset(("__init__", "__new__", "__post_init__"))


@dataclass(frozen=True, slots=True)
class Reader:
    """A function that reads a place, or calls one that does."""

    dotted: str
    path: str
    direct: bool = True
    """Whether it reads the place itself."""
    by_key: bool = False
    """Whether it reads another item of the container than the one in question, or the one it is asked for."""

    @property
    def last(self) -> str:
        """The name that a call of it ends in: the class's for `__init__`."""
        parts = self.dotted.split(".")
        return parts[-2] if parts[-1] in _MAKERS and len(parts) > 1 else parts[-1]

    @property
    def owner(self) -> str:
        """The class that it is a method of; "" for a function."""
        above = self.dotted.rpartition(".")[0].rpartition(".")[2]
        return above if above[:1].isupper() else ""


def readers_of(place: Place, context: RuleContext, key: str = "") -> list[Reader]:
    """The functions outside of tests that read a place, and those that call them.

    `key`: that of the one item of a container which is asked for.
    """
    direct = [_for_key(one, key, context) for one in list(_direct(place, context))[:MOST_READERS]]
    found = {one.dotted: one for one in direct}
    todo = direct
    for _ in range(CALL_LEVELS):
        following: list[Reader] = []
        for one in todo:
            if len(found) >= MOST_READERS:
                return [*found.values()]
            for step in callers_of(context, one.dotted, one.path):
                makes = "()" in place.holder and step.caller.name.rpartition(".")[2] in _MAKERS
                if step.caller.name not in found and not makes and not context.role(step.path).is_test:
                    above = Reader(step.caller.name, step.path, False)
                    above = found[step.caller.name] = _for_key(above, key, context) if one.by_key else above
                    following.append(above)
        todo = following
    return [*found.values()]


def _for_key(reader: Reader, key: str, context: RuleContext) -> Reader:
    """The reader, with `by_key` where a key is given that its function does not name."""
    facts = context.facts(reader.path) if key else None
    local_name = reader.dotted.removeprefix(f"{facts.module}.") if facts is not None else ""
    for one in facts.definitions if facts is not None else ():
        if one.local_name == local_name:
            return replace(reader, by_key=not has_feature(one, Feature.LITERAL, key))
    return reader


def _direct(place: Place, context: RuleContext) -> Iterator[Reader]:
    if place.kind is Kind.KEY:
        for path, row in context.rows(ENVIRONMENT, place.part):
            facts = context.facts(path)
            if facts is not None and row.function and not context.role(path).is_test:
                yield Reader(f"{facts.module}.{row.function}", path)
        return
    holder = place.holder.removesuffix("()")
    found = context.module_at(holder)
    if found is None:
        return
    path, rest = found
    facts = context.facts(path)
    if facts is None:
        return
    is_class = rest and (symbol := context.definition(holder)) is not None and symbol.kind is SymbolKind.CLASS
    variable = rest.partition(".")[0] if rest and not is_class else "" if rest else place.part
    for one in facts.definitions if not context.role(path).is_test else ():
        if one.kind is SymbolKind.CLASS or "<locals>" in one.local_name:
            continue
        if is_class and not place.holder.endswith("()"):
            reads = one.local_name.startswith(f"{rest}.") and has_feature(
                one, Feature.ATTRIBUTE, place.part or rest
            )
        elif rest and place.part:
            # What makes an object gives its attributes their first values.
            reads = one.name not in _MAKERS and has_feature(one, Feature.ATTRIBUTE, place.part)
        else:
            reads = mentions(one, variable)
        if reads:
            yield Reader(f"{facts.module}.{one.local_name}", path)
    head = f"{holder}.{place.part}" if not rest else holder
    for other in sorted(context.files_referring(head)):
        held = context.facts(other)
        if held is None or context.role(other).is_test or other == path:
            continue
        for one in held.definitions:
            if one.kind is SymbolKind.CLASS or not has_feature(one, Feature.IMPORTED, head):
                continue
            if not rest or not place.part or has_feature(one, Feature.ATTRIBUTE, place.part):
                yield Reader(f"{held.module}.{one.local_name}", other)
