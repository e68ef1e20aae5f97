"""Who imports what when it runs, and which services lean on which."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from canonry.index.extraction import Extractor
from canonry.rules.base import RuleContext
from canonry.scopes.roles import Role
from canonry.scopes.services import SHARED, Services
from canonry.syntax import ModuleTree
from canonry.syntax.named import Call

_DYNAMIC: Final = ("importlib.import_module", "builtins.__import__")
LEANS_FILES: Final = 10
LEANS_SHARE: Final = 0.1
"""A service of which so many files, and this share of those that import anything, import another one is built
upon it, whatever its project file declares: nobody has done so by mistake.
"""
LEANT_ON_BY: Final = 2
"""What so many services are built upon is a library of all."""


class ImportedNames(msgspec.Struct, frozen=True, array_like=True):
    """What a file imports when it runs, one row for each file that imports more than the standard library."""

    targets: str
    """Dotted names and their lines, `app.money.total:3`, with spaces between them: one string is small."""


def _imported(tree: ModuleTree) -> Iterator[ImportedNames]:
    found = {
        f"{one.target}:{one.line}"
        for one in tree.facts.imports
        if not one.type_checking and one.module.partition(".")[0] not in sys.stdlib_module_names
    }
    found.update(f"{dotted}:{call.node.start_point[0]}" for call, dotted in imported_by_name(tree))
    if found:
        yield ImportedNames(" ".join(sorted(found)))


IMPORTED_NAMES = Extractor("imported-names", 2, ImportedNames, _imported, key=lambda row: ("all",))

Edges = dict[str, dict[str, tuple[str, int]]]
"""For a service those that it imports, each with the first import: a path and a line."""


@dataclass
class Imports:
    """The imports of all files, and the graph of services that was last made of them."""

    targets: Mapping[str, str]
    known: tuple[Services, Edges] | None = field(default=None)
    leaning: tuple[Services, dict[str, frozenset[str]]] | None = field(default=None)
    """For a service those that lean on it."""

    def leans(self, mine: str, other: str, context: RuleContext) -> bool:
        """Whether so many files of a detected service import another one that it cannot do without, or
        several services do: it is a library of all of them.
        """
        services = context.services
        if services.declared:
            return False
        if self.leaning is None or self.leaning[0] is not services:
            self.leaning = (services, self._count(context))
        leaning = self.leaning[1]
        return mine in leaning.get(other, ()) or len(leaning.get(other, ())) >= LEANT_ON_BY

    def _count(self, context: RuleContext) -> dict[str, frozenset[str]]:
        """For a service those that lean on it."""
        importing: dict[str, set[str]] = {}
        files: dict[tuple[str, str], set[str]] = {}
        for path, mine, other, _ in self._reached(context):
            importing.setdefault(mine, set()).add(path)
            if other not in ("", SHARED, mine):
                files.setdefault((mine, other), set()).add(path)
        found: dict[str, set[str]] = {}
        for (mine, other), paths in files.items():
            if len(paths) >= max(LEANS_FILES, LEANS_SHARE * len(importing[mine])):
                found.setdefault(other, set()).add(mine)
        return {other: frozenset(leaning) for other, leaning in found.items()}

    def edges(self, context: RuleContext) -> Edges:
        """Who imports whom, through production code alone."""
        services = context.services
        if self.known is not None and self.known[0] is services:
            return self.known[1]
        found: Edges = {}
        for path, mine, other, line in self._reached(context):
            if other not in ("", SHARED, mine) and context.role(path) is Role.SOURCE:
                found.setdefault(mine, {}).setdefault(other, (path, line))
        self.known = (services, found)
        return found

    def _reached(self, context: RuleContext) -> Iterator[tuple[str, str, str, int]]:
        """What files of services import: path, own service, the one that is reached ("" for none), line."""
        services = context.services
        served: dict[tuple[str, str], str] = {}
        for path, targets in self.targets.items():
            mine = services.of(path)
            if mine in ("", SHARED):
                continue
            for target in targets.split(" "):
                dotted, _, line = target.rpartition(":")
                key = (mine, dotted)
                if key not in served:
                    place = context.module_at(dotted, mine)
                    served[key] = services.of(place[0]) if place is not None else ""
                yield path, mine, served[key], int(line)


def collect_imports(rows: Mapping[str, tuple[ImportedNames, ...]]) -> Imports:
    """What all files import, for `RuleContext.derived`."""
    return Imports({path: held[0].targets for path, held in rows.items()})


def leans_on(mine: str, other: str, context: RuleContext) -> bool:
    """Whether a detected service is built upon another one, as its imports show, or several others are."""
    if other in ("", SHARED):
        return False
    return context.derived(IMPORTED_NAMES, collect_imports).leans(mine, other, context)


def imported_by_name(tree: ModuleTree) -> Iterator[tuple[Call, str]]:
    """The calls that import a module whose name is written in them, with that dotted name."""
    if b"import_module" not in tree.data and b"__import__" not in tree.data:
        return
    for call in tree.calls_to(*_DYNAMIC):
        name = tree.string(call.argument(0, "name"))
        if name:
            yield call, name
