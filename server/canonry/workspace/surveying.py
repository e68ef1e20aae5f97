"""What rules ask of other files: rows of extractors, modules, definitions, re-exports. Open documents win."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from canonry.index.extraction import Extractor, R, TextExtractor
from canonry.index.rows import StoredRows, keys_of
from canonry.model import Location, Position, Range, Symbol, SymbolKind
from canonry.rules.base import Wanted, any_place
from canonry.scopes.lessons import Lessons
from canonry.scopes.roles import Role, role_of
from canonry.scopes.services import Services
from canonry.scopes.suites import Collected, collected_below
from canonry.syntax import Definition, ModuleFacts
from canonry.workspace.asked import (
    FILE,
    MODULE,
    NAME,
    ROWS,
    TABLE,
    USERS,
    Ask,
    NoRecorder,
    Recorder,
    digest_of,
)
from canonry.workspace.kept import Surroundings
from canonry.workspace.symbols import make_symbol, symbol_of

T = TypeVar("T")

MOST_HOPS = 8
"""Re-exports that are followed one after another; more are a cycle."""
MOST_CLASSES = 50
"""Classes above one that are looked at."""
KEPT_FACTS = 400
"""Modules whose facts are kept decoded between checks."""


class Memory:
    """What is kept of the files on disk between checks; one for each workspace."""

    def __init__(self) -> None:
        self.generation: object = None
        self.facts: OrderedDict[str, ModuleFacts | None] = OrderedDict()
        self.derived: dict[tuple[str, object], tuple[object, object]] = {}
        self.importers: tuple[object, dict[str, tuple[frozenset[str], frozenset[Ask] | None]]] = ((), {})

    def at(self, generation: object) -> Memory:
        """The same, emptied where the disk has changed."""
        if generation != self.generation:
            self.generation = generation
            self.facts = OrderedDict()
            self.importers = ((), {})
        return self


class Survey:
    """What is known of all files in one state of the workspace."""

    def __init__(
        self,
        around: Surroundings,
        stored: StoredRows,
        services: Callable[[], Services],
        lessons: Callable[[], Lessons],
        memory: Memory,
        recorder: Recorder | None = None,
    ) -> None:
        """`recorder` notes what is asked for; only where nothing is open."""
        self._around = around
        self._stored = stored
        self._services = services
        self._lessons = lessons
        self._memory = memory.at(around.disk.generation)
        self._recorder = recorder or NoRecorder()
        self._collected: dict[str, Collected] = {}
        self._canonical: dict[str, tuple[str, frozenset[Ask] | None]] = {}

    @property
    def services(self) -> Services:
        """Which service each file belongs to."""
        return self._services()

    @property
    def lessons(self) -> Lessons:
        """What the team has learned."""
        return self._lessons()

    def collected(self, path: str) -> Collected:
        """By which names pytest finds tests in a file."""
        folder = path.rpartition("/")[0]
        if folder not in self._collected:
            self._collected[folder] = collected_below(self._around.root, folder)
        return self._collected[folder]

    def role(self, path: str) -> Role:
        """What a file is for."""
        return role_of(path, self._around.settings)

    # Modules and definitions

    def paths_of_module(self, dotted: str) -> tuple[str, ...]:
        """The files that are imported under a dotted name."""
        self._recorder.note(MODULE, dotted)
        near = tuple(
            path for path, one in self._around.documents.items() if one.facts.module == dotted and dotted
        )
        return (*near, *self._around.disk.paths_of_module(dotted))

    def module_at(self, dotted: str, service: str = "") -> tuple[str, str] | None:
        """The longest beginning of a dotted name that is a module, as its path and the rest of the name."""
        head = dotted
        while head:
            paths = self.paths_of_module(head)
            if paths:
                path = paths[0]
                if len(paths) > 1 and service:
                    services = self.services
                    path = next((one for one in paths if services.of(one) == service), path)
                return path, dotted[len(head) + 1 :]
            head = head.rpartition(".")[0]
        return None

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of a file."""
        self._recorder.note(FILE, path)
        return self._facts(path)

    def _facts(self, path: str) -> ModuleFacts | None:
        document = self._around.documents.get(path)
        if document is not None:
            return document.facts
        kept = self._memory.facts
        if path not in kept:
            kept[path] = self._around.disk.facts(path)
            while len(kept) > KEPT_FACTS:
                kept.popitem(last=False)
        return kept.get(path)

    def canonical(self, dotted: str) -> str:
        """A dotted name with the workspace's re-exports followed."""
        known = self._canonical.get(dotted)
        if known is None or not self._recorder.again(known[1]):
            with self._recorder.apart() as noted:
                followed = self._followed(dotted)
            known = self._canonical[dotted] = (followed, noted.asked)
        return known[0]

    def _followed(self, dotted: str) -> str:
        for _ in range(MOST_HOPS):
            place = self.module_at(dotted)
            if place is None or not place[1]:
                return dotted
            facts = self.facts(place[0])
            if facts is None:
                return dotted
            head, dot, rest = place[1].partition(".")
            if any(one.local_name == head for one in facts.definitions):
                return self._inherited(place[0], facts, place[1]) or dotted
            imported = next(
                (one for one in reversed(facts.imports) if one.alias == head and not one.local), None
            )
            if imported is not None:
                following = f"{imported.stands_for}{dot}{rest}"
            else:
                following = self._starred(facts, place[1])
            if following in ("", dotted):
                return dotted
            dotted = following
        return dotted

    def _inherited(self, path: str, facts: ModuleFacts, local_name: str) -> str:
        """Where a class has a member from that is not its own; "" where it is, or nobody has it."""
        owner, _, member = local_name.rpartition(".")
        if not owner or any(one.local_name == local_name for one in facts.definitions):
            return ""
        todo, seen = [(path, owner)], {(path, owner)}
        while todo and len(seen) <= MOST_CLASSES:
            path, owner = todo.pop(0)
            held = self.facts(path)
            here = next((one for one in held.definitions if one.local_name == owner), None) if held else None
            if held is None or here is None or here.kind is not SymbolKind.CLASS:
                continue
            if member in here.members:
                return f"{held.module}.{owner}.{member}"
            for base in self.bases(path, here):
                place = self.module_at(base)
                if place is not None and place not in seen:
                    seen.add(place)
                    todo.append(place)
        return ""

    def bases(self, path: str, definition: Definition) -> tuple[str, ...]:
        """The bases of a class in a file as dotted names."""
        facts = self.facts(path)
        if facts is None:
            return ()
        own = {one.local_name for one in facts.definitions}
        found: list[str] = []
        for written in definition.bases:
            name = written.partition("[")[0].strip()
            if "=" in name or not name:
                continue
            head, dot, rest = name.partition(".")
            imported = next((one for one in reversed(facts.imports) if one.alias == head), None)
            if imported is not None:
                found.append(self.canonical(f"{imported.stands_for}{dot}{rest}"))
            else:
                found.append(f"{facts.module}.{name}" if head in own else name)
        return tuple(found)

    def _starred(self, facts: ModuleFacts, name: str) -> str:
        """Where a name comes from that a module has by `from x import *`; "" for nowhere."""
        head = name.partition(".")[0]
        for one in facts.imports:
            if one.name == "*" and not one.local:
                place = self.module_at(one.module)
                inner = self.facts(place[0]) if place is not None and not place[1] else None
                if inner is not None and (
                    any(each.local_name == head for each in inner.definitions)
                    or any(each.alias == head for each in inner.imports)
                ):
                    return f"{one.module}.{name}"
        return ""

    def definition(self, dotted: str) -> Symbol | None:
        """The definition of a dotted name."""
        place = self.module_at(self.canonical(dotted))
        facts = self.facts(place[0]) if place is not None else None
        if place is None or facts is None:
            return None
        for one in facts.definitions:
            if one.local_name == place[1]:
                return make_symbol(facts, one, self._around.root / place[0])
        return None

    def definitions_named(self, name: str, wanted: Wanted = any_place, most: int = 0) -> list[Symbol]:
        """The definitions of the workspace with exactly this name that are `wanted`, `most` where given."""
        self._recorder.note(NAME, name)
        around, disk = self._around, self._around.disk
        named = (
            make_symbol(document.facts, one, document.path)
            for path, document in around.documents.items()
            for one in document.facts.definitions
            if one.name == name and wanted(path, one.local_name, one.traits)
        )
        stored = (
            symbol_of(disk, ref, around.root)
            for ref in disk.rows_named(name)
            if wanted(disk.path(ref), disk.local_name(ref), disk.traits_of(ref))
        )
        found = islice((one for one in chain(named, stored) if one is not None), most or None)
        return sorted(found, key=lambda one: (one.path, one.name_range))

    def relative(self, path: Path) -> str:
        """An absolute path relative to the workspace."""
        return path.relative_to(self._around.root).as_posix()

    def files_referring(self, dotted: str) -> frozenset[str]:
        """The files that import a dotted name, or reach it through something imported."""
        self._recorder.note(USERS, dotted)
        around = self._around
        return frozenset(around.disk.files_referring(dotted) | around.open.files_referring(dotted))

    def importers(self, dotted: str) -> frozenset[str]:
        """The files that import a definition by its name.

        Kept while the disk stays, and what open documents import and define at their top level: some names
        are imported by thousands of files.
        """
        outlines = [
            (path, one.facts.imports, [each.local_name for each in one.facts.definitions if each.parent < 0])
            for path, one in self._around.documents.items()
        ]
        if self._memory.importers[0] != outlines:
            self._memory.importers = (outlines, {})
        kept = self._memory.importers[1]
        known = kept.get(dotted)
        if known is None or not self._recorder.again(known[1]):
            with self._recorder.apart() as noted:
                paths = frozenset(
                    path for path in self.files_referring(dotted) if self._imports(path, dotted)
                )
            known = kept[dotted] = (paths, noted.asked)
        return known[0]

    def _imports(self, path: str, dotted: str) -> bool:
        facts = self._facts(path)  # that it refers to the name is noted, and includes what it imports
        return facts is not None and any(
            one.name and one.name != "*" and (one.target == dotted or self.canonical(one.target) == dotted)
            for one in facts.imports
        )

    def location(self, path: str, line: int, column: int = 0, end_column: int | None = None) -> Location:
        """A stretch of a line of any file."""
        end = column if end_column is None else end_column
        return Location(self._around.root / path, Range(Position(line, column), Position(line, end)))

    # Rows

    def rows_of(self, extractor: Extractor[R], path: str) -> tuple[R, ...]:
        """What an extractor found in one file."""
        if isinstance(extractor, TextExtractor):
            self._recorder.note(TABLE, extractor.name)
        else:
            self._recorder.note(FILE, path)
        return self._rows_of(extractor, path)

    def _rows_of(self, extractor: Extractor[R], path: str) -> tuple[R, ...]:
        document = self._around.documents.get(path)
        if document is not None:
            return document.rows(extractor)
        return self._stored.of_file(extractor, path)

    def rows(self, extractor: Extractor[R], key: str) -> list[tuple[str, R]]:
        """The rows that have a key, each with its file, in order of path."""
        key_of = extractor.key
        if key_of is None:
            raise ValueError(f"rows of {extractor.name} have no keys; ask by file")
        table = self._stored.table(extractor)
        documents = self._around.documents
        paths = {path for path in table.by_key.get(key, ()) if path not in documents}
        for path, document in documents.items():
            mine = document.rows(extractor)
            if key in keys_of(extractor, mine):
                paths.add(path)
        found = [
            (path, row)
            for path in sorted(paths)
            for row in self._rows_of(extractor, path)
            if key in key_of(row)
        ]
        if self._recorder.records:
            self._recorder.note(ROWS, extractor.name, key, digest_of(found))
        return found

    def all_rows(self, extractor: Extractor[R]) -> Mapping[str, tuple[R, ...]]:
        """All rows of an extractor that has keys, by path."""
        if extractor.key is None:
            raise ValueError(f"rows of {extractor.name} have no keys; ask by file")
        self._recorder.note(TABLE, extractor.name)
        found: dict[str, tuple[R, ...]] = dict(self._stored.table(extractor).by_path)
        for path, document in self._around.documents.items():
            rows = document.rows(extractor)
            if rows:
                found[path] = rows
            else:
                found.pop(path, None)
        return dict(sorted(found.items()))

    def derived(self, extractor: Extractor[R], build: Callable[[Mapping[str, tuple[R, ...]]], T]) -> T:
        """What `build` makes of all rows; made again when a row has changed."""
        self._recorder.note(TABLE, extractor.name)
        table = self._stored.table(extractor)
        near = {path: one.rows(extractor) for path, one in self._around.documents.items()}
        # A file that is checked as it is on disk changes nothing: what was made stands from file to file.
        near = {path: rows for path, rows in near.items() if rows != table.by_path.get(path, ())}
        state = (id(table), near)
        key = (extractor.name, build)
        known = self._memory.derived.get(key)
        if known is not None and known[0] == state:
            made: Any = known[1]
        else:
            made = build(self.all_rows(extractor))
            # The table is kept beside what was made of it, so that its identity stays its own.
            self._memory.derived[key] = (state, made)
            self._memory.derived[(f"table of {extractor.name}", build)] = (None, table)
        result: T = made
        return result
