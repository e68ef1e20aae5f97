"""Classes of the workspace by their dotted names: bases resolved, members with those that they inherit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canonry.model import SymbolKind
from canonry.rules.base import RuleContext
from canonry.syntax import Definition

MOST_CLASSES = 50
"""Classes above one that are looked at."""


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class of the workspace."""

    name: str
    """Qualified."""
    path: str
    definition: Definition
    bases: tuple[str, ...]
    """Dotted names, re-exports followed; as written where they cannot be told. Keywords are left out."""

    @property
    def members(self) -> tuple[str, ...]:
        """The names of its own methods."""
        return self.definition.members


def class_at(context: RuleContext, dotted: str, service: str = "") -> ClassFacts | None:
    """The class of a dotted name, re-exports followed; None where the workspace has none.

    Of modules of one name (each service has its `tests.base`) that of `service` is meant.
    """
    for name in dict.fromkeys(
        (dotted, context.canonical(dotted)) if service else (context.canonical(dotted),)
    ):
        place = context.module_at(name, service)
        facts = context.facts(place[0]) if place is not None else None
        for one in facts.definitions if facts is not None else ():
            if place is not None and one.local_name == place[1] and one.kind is SymbolKind.CLASS:
                return ClassFacts(name, place[0], one, context.bases(place[0], one))
    return None


def with_ancestors(context: RuleContext, dotted: str, service: str = "") -> Iterator[ClassFacts | str]:
    """A class and the classes above it, nearest first; a dotted name for one that is not of the workspace.

    `service` as for `class_at`.
    """
    todo, seen = [dotted], {dotted}
    while todo and len(seen) <= MOST_CLASSES:
        name = todo.pop(0)
        found = class_at(context, name, service)
        if found is None:
            yield name
            continue
        yield found
        for base in found.bases:
            if base not in seen:
                seen.add(base)
                todo.append(base)
