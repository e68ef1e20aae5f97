"""What is kept between two checks of a document, so that a keystroke costs one definition, not all.

Invariant: the matches are those that a check from nothing would find. Against the files on disk a
definition's matches depend on it and on the snapshot alone. Against the open documents they depend
on those too; there a definition is weighed again when one that is near it has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from canonry.config import Settings
from canonry.index.segment import Floats
from canonry.index.snapshot import Ref, Snapshot
from canonry.match import Query, find_matches
from canonry.model import Evidence, Symbol
from canonry.syntax import Definition
from canonry.workspace.buffers import Document
from canonry.workspace.symbols import make_symbol, symbol_of

MOST_MATCHES = 12
"""Kept for each definition: enough for a menu and for what is accepted or excluded among them."""
NEAR = 0.08
"""Cosine below which a pair's probability is under any threshold that shows something."""
MOST_CHANGED = 12
"""With more changed definitions than this everything is weighed again."""

Key = tuple[object, ...]
Place = tuple[str, str]


@dataclass(slots=True)
class Weighed:
    """An existing definition with its probability and evidence scores; its symbol is made when asked for."""

    place: Place
    """Path of its file, relative to the workspace, and qualified name within it."""
    probability: float
    table: Floats
    ref: Ref | None
    """Where it stands in the snapshot of the disk; None for one of an open document."""
    _symbol: Symbol | None = None

    def symbol(self, around: Surroundings) -> Symbol | None:
        """The existing definition; None where it has vanished."""
        if self.ref is None:
            return _open_symbol(around.documents, self.place)
        if self._symbol is None:
            self._symbol = symbol_of(around.disk, self.ref, around.root)
        return self._symbol


@dataclass(frozen=True)
class Surroundings:
    """What exists: the files on disk (those that are open left out) and the open documents."""

    root: Path
    disk: Snapshot
    open: Snapshot
    documents: Mapping[str, Document]
    settings: Settings


@dataclass
class Kept:
    """What one document's checks keep."""

    generation: object = None
    disk: dict[Key, list[Weighed]] = field(default_factory=dict)
    near: dict[Key, list[Weighed]] = field(default_factory=dict)
    told: dict[tuple[Key, Place], tuple[Evidence, ...]] = field(default_factory=dict)
    """Evidence in words."""
    around: dict[Place, Key] = field(default_factory=dict)
    """The open documents' definitions when `near` was computed."""

    def against_disk(self, query: Query, around: Surroundings) -> list[Weighed]:
        """Matches among the files on disk, best first."""
        snapshot = around.disk
        if self.generation != snapshot.generation:
            self.generation = snapshot.generation
            self.disk.clear()
            self.near.clear()
            self.told.clear()
        key = key_of(query.definition, query.owner)
        known = self.disk.get(key)
        if known is None:
            known = self.disk[key] = [
                Weighed((snapshot.path(ref), snapshot.local_name(ref)), probability, table, ref)
                for ref, probability, table in find_matches(query, snapshot, MOST_MATCHES)
            ]
        return known

    def against_open(self, query: Query, around: Surroundings) -> list[Weighed]:
        """Matches among the open documents, best first; `follow` has been called for the same texts."""
        snapshot = around.open
        key = key_of(query.definition, query.owner)
        known = self.near.get(key)
        if known is None:
            known = self.near[key] = [
                Weighed((snapshot.path(ref), snapshot.local_name(ref)), probability, table, None)
                for ref, probability, table in find_matches(query, snapshot, MOST_MATCHES)
            ]
        return known

    def follow(self, documents: Mapping[str, Document], snapshot: Snapshot) -> None:
        """Forgets what the newest texts of the open documents have made wrong."""
        around: dict[Place, Key] = {}
        for path, document in documents.items():
            for one in document.facts.definitions:
                owner = document.facts.definitions[one.parent] if one.parent >= 0 else None
                around[path, one.local_name] = key_of(one, owner)
        before, self.around = self.around, around
        gone = {place for place, key in before.items() if around.get(place) != key}
        fresh = {place for place, key in around.items() if before.get(place) != key}
        if len(gone) + len(fresh) > MOST_CHANGED:
            self.near.clear()
            return
        if not gone and not fresh:
            return
        stale: set[Key] = {key for key, near in self.near.items() if any(one.place in gone for one in near)}
        for path, local_name in fresh:
            for one in documents[path].facts.definitions:
                if one.local_name == local_name:
                    stale.update(_neighbours(one, snapshot, around))
        for key in stale:
            self.near.pop(key, None)
        living = set(around.values())
        for kept in (self.disk, self.near):
            for key in [key for key in kept if key not in living]:
                del kept[key]
        for told in [told for told in self.told if told[0] not in living]:
            del self.told[told]


def key_of(one: Definition, owner: Definition | None) -> Key:
    """All of a definition, and of the class it stands in, that its matches depend on; not its place."""
    return (
        one.local_name,
        one.kind,
        one.traits,
        one.features,
        one.skeleton,
        one.parameters,
        one.end_line - one.body_line,
        (owner.name, owner.bases) if owner is not None else None,
    )


def _neighbours(one: Definition, snapshot: Snapshot, around: Mapping[Place, Key]) -> Sequence[Key]:
    features = np.frombuffer(one.features, "<u4").astype(np.uint32, copy=False)
    found: list[Key] = []
    for ref, cosine in snapshot.candidates(features, 200):
        if cosine >= NEAR:
            key = around.get((snapshot.path(ref), snapshot.local_name(ref)))
            if key is not None:
                found.append(key)
    return found


def _open_symbol(documents: Mapping[str, Document], place: Place) -> Symbol | None:
    document = documents.get(place[0])
    if document is None:
        return None
    for one in document.facts.definitions:
        if one.local_name == place[1]:
            return make_symbol(document.facts, one, document.path, document.uses(one.local_name))
    return None
