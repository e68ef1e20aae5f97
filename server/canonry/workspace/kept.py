"""What is kept between two checks of a document, so that a keystroke costs one definition, not all.

Invariant: the matches are those that a check from nothing finds. They depend on the definition, on
the files on disk, and on those definitions of the open documents that the search has near to it. So
a definition is weighed again when it, the disk, or an open definition that is or was near has changed
(one that can be offered to it: no class to a function, nothing that it stands in or that stands in it);
the search on disk, the costly part, depends on the definition and the disk alone.

A view belongs to one state of the open documents. The next state's view takes over what is still
true, and leaves the older one as it is for whoever still works with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from canonry.config import Settings
from canonry.index.layered import Layered, Memory
from canonry.index.segment import Floats
from canonry.index.snapshot import LEAST_COSINE, Ref, Snapshot
from canonry.match import Query, Reach, find_matches, why
from canonry.match.silence import CLASS_KIND, is_part_of_it
from canonry.model import Evidence, Symbol, SymbolKind
from canonry.syntax import Definition
from canonry.workspace.buffers import Document, Key, Place
from canonry.workspace.judging import Judged
from canonry.workspace.symbols import make_symbol, symbol_of

MOST_MATCHES = 12
"""Kept for each definition: enough for a menu and for what is accepted or excluded among them."""
SLACK = 0.99
"""The cosine of two definitions, computed from the one and from the other, differs by rounding."""
MOST_CHANGED = 12
"""With more changed definitions than this everything is weighed again."""
NEAR = LEAST_COSINE * 0.99
"""What the search leaves out, with room for the rounding that the cosine of A and B may have over B and A."""
DIGITS = 4
"""Of a probability. Its last bits depend on how many candidates are weighed at once."""


@dataclass(slots=True)
class Weighed:
    """An existing definition with its probability and evidence scores; its symbol is made when asked for."""

    path: str
    """Of its file, relative to the workspace."""
    probability: float
    table: Floats
    ref: Ref | None
    """Where it stands in the snapshot of the disk; None for one of an open document."""
    place: Place = ("", 0)
    """Where it stands in its open document."""
    _symbol: Symbol | None = None
    _told: tuple[tuple[str, tuple[str, ...]], tuple[Evidence, ...]] | None = None

    def symbol(self, around: Surroundings) -> Symbol | None:
        """The existing definition; None where it has vanished."""
        if self.ref is None:
            document, one = self._open(around)
            if document is None or one is None:
                return None
            return make_symbol(document.facts, one, document.path, document.uses(one.local_name))
        if self._symbol is None:
            self._symbol = symbol_of(around.disk, self.ref, around.root)
        return self._symbol

    def body_lines(self, around: Surroundings) -> int:
        """How many lines the body of the existing definition has; 0 where that has vanished."""
        if self.ref is not None:
            return around.disk.body_lines(self.ref)
        _, one = self._open(around)
        return 0 if one is None else one.body_lines

    def _open(self, around: Surroundings) -> tuple[Document | None, Definition | None]:
        """The open document and the definition of one that stands there; None for what has vanished."""
        document = around.documents.get(self.path)
        return document, document.at_place.get(self.place) if document is not None else None

    def why(self, query: Query, view: View, text: str, references: tuple[str, ...]) -> tuple[Evidence, ...]:
        """The evidence in words; `text` is the source of the query's definition."""
        said = (text, references)
        if self._told is not None and self._told[0] == said:
            return self._told[1]
        symbol = self.symbol(view.around)
        if symbol is None:
            return ()
        told = why(query, view.snapshot, symbol, self.table, text, references)
        self._told = (said, told)
        return told


@dataclass(frozen=True)
class Surroundings:
    """What exists: the files on disk (those that are open left out) and the open documents."""

    root: Path
    disk: Snapshot
    open: Snapshot
    """The open documents, a part for each, in the order of `documents`."""
    documents: Mapping[str, Document]
    settings: Settings


@dataclass
class View:
    """The matches of one document's definitions in one state of everything around them."""

    path: str
    around: Surroundings
    memory: Memory = field(default_factory=dict)
    weighed: dict[Key, list[Weighed]] = field(default_factory=dict)
    reaches: dict[Key, Reach] = field(default_factory=dict)
    """How far was looked for what is in `weighed`."""

    def __post_init__(self) -> None:
        self.snapshot = Layered(self.around.disk, self.around.open, self.memory)

    def matches(self, query: Query) -> list[Weighed]:
        """The existing definitions that may do a definition's job, best first."""
        key = key_of(query.definition, query.owner)
        known = self.weighed.get(key)
        if known is None:
            found, self.reaches[key] = find_matches(query, self.snapshot, MOST_MATCHES)
            known = self.weighed[key] = [
                self._weighed(ref, round(probability, DIGITS), table) for ref, probability, table in found
            ]
        return known

    def next(self, around: Surroundings) -> View:
        """The view of a newer state, with what is still true of this one."""
        if around.disk.generation != self.around.disk.generation:
            return View(self.path, around)
        document = around.documents[self.path]
        features = {one.features for one in document.facts.definitions}
        memory = {key: found for key, found in self.memory.items() if key[0] in features}
        changed = _changed(self.around.documents, around.documents)
        if len(changed) > MOST_CHANGED:
            return View(self.path, around, memory)
        living = {key for _, key in document.places}
        # Rows of the document's own part are its definitions in their order.
        keys = [key for _, key in document.places]
        own = [part for part in around.open.parts if part.segment is document.segment]
        snapshot = Snapshot(own, around.disk.generation, around.disk.statistics)
        never = _never_offered(around.open)
        for path, one in changed:
            row = np.frombuffer(one.features, "<u4").astype(np.uint32, copy=False)
            for ref, cosine in snapshot.candidates(row, len(keys), least=NEAR):
                key, reach = keys[ref.at], self.reaches.get(keys[ref.at])
                if reach is None or cosine < reach.floor * SLACK:
                    continue
                other = document.facts.definitions[ref.at]
                if path == self.path and is_part_of_it(other.local_name, one.local_name):
                    continue
                wants_class = other.kind is SymbolKind.CLASS
                if wants_class == (one.kind is SymbolKind.CLASS) or not reach.has_room(never[wants_class]):
                    living.discard(key)
        kept = {key: weighed for key, weighed in self.weighed.items() if key in living}
        reaches = {key: self.reaches[key] for key in kept}
        return View(self.path, around, memory, kept, reaches)

    def _weighed(self, ref: Ref, probability: float, table: Floats) -> Weighed:
        path = self.snapshot.path(ref)
        if ref.part < self.snapshot.first_open_part:
            return Weighed(path, probability, table, ref)
        place, _ = self.around.documents[path].places[ref.at]
        return Weighed(path, probability, table, None, place)


class Kept:
    """The newest view of one document, and what its rules have said."""

    def __init__(self) -> None:
        self._view: View | None = None
        self.judged = Judged()

    def view(self, path: str, around: Surroundings) -> View:
        """The view of a document (relative path) for a state of everything around it."""
        before = self._view
        made = before.next(around) if before is not None else View(path, around)
        self._view = made
        return made


def _never_offered(open_documents: Snapshot) -> tuple[int, int]:
    """How many definitions of open documents can never be offered to a function, and to a class."""
    kinds = [part.segment.symbol_kind == CLASS_KIND for part in open_documents.parts]
    classes = sum(int(np.count_nonzero(one)) for one in kinds)
    return classes, open_documents.size - classes


def _changed(before: Mapping[str, Document], after: Mapping[str, Document]) -> list[tuple[str, Definition]]:
    """The definitions of open documents that are there in one state only, with their paths."""
    found: list[tuple[str, Definition]] = []
    for path in {*before, *after}:
        old, new = before.get(path), after.get(path)
        if old is not new:
            found.extend((path, one) for one in (*_missing(old, new), *_missing(new, old)))
    return found


def _missing(one: Document | None, other: Document | None) -> Iterator[Definition]:
    if one is None:
        return
    there = dict(other.places) if other is not None else {}
    for (place, key), definition in zip(one.places, one.facts.definitions, strict=True):
        if there.get(place) != key:
            yield definition


def key_of(one: Definition, owner: Definition | None) -> Key:
    """All of a definition, and of the class it stands in, that matches depend on; not where it stands."""
    return (
        one.local_name,
        one.kind,
        one.traits,
        one.features,
        one.skeleton,
        one.statements,
        one.parameters,
        one.end_line - one.body_line,
        (owner.name, owner.bases) if owner is not None else None,
    )
