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

from canonry.index.segment import Floats
from canonry.index.snapshot import Snapshot
from canonry.match import Query, find_matches
from canonry.model import Symbol
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """An existing definition with its probability and evidence scores."""

    symbol: Symbol
    probability: float
    table: Floats
    on_disk: bool


@dataclass(slots=True)
class _Near:
    place: Place
    probability: float
    table: Floats


@dataclass
class Kept:
    """What one document's checks keep."""

    generation: object = None
    disk: dict[Key, list[Weighed]] = field(default_factory=dict)
    near: dict[Key, list[_Near]] = field(default_factory=dict)
    around: dict[Place, Key] = field(default_factory=dict)
    """The open documents' definitions when `near` was computed."""

    def against_disk(self, query: Query, snapshot: Snapshot, root: Path) -> list[Weighed]:
        """Matches among the files on disk."""
        if self.generation != snapshot.generation:
            self.generation = snapshot.generation
            self.disk.clear()
        key = key_of(query.definition)
        known = self.disk.get(key)
        if known is None:
            known = []
            for ref, probability, table in find_matches(query, snapshot, MOST_MATCHES):
                symbol = symbol_of(snapshot, ref, root)
                if symbol is not None:
                    known.append(Weighed(symbol, probability, table, True))
            self.disk[key] = known
        return known

    def against_open(
        self, query: Query, snapshot: Snapshot, documents: Mapping[str, Document]
    ) -> list[Weighed]:
        """Matches among the open documents; `follow` must have been called with the same snapshot."""
        key = key_of(query.definition)
        known = self.near.get(key)
        if known is None:
            known = [
                _Near((snapshot.path(ref), snapshot.local_name(ref)), probability, table)
                for ref, probability, table in find_matches(query, snapshot, MOST_MATCHES)
            ]
            self.near[key] = known
        found: list[Weighed] = []
        for one in known:
            symbol = _symbol(documents, one.place)
            if symbol is not None:
                found.append(Weighed(symbol, one.probability, one.table, False))
        return found

    def follow(self, documents: Mapping[str, Document], snapshot: Snapshot) -> None:
        """Forgets what the newest texts of the open documents have made wrong."""
        around: dict[Place, Key] = {}
        for path, document in documents.items():
            for one in document.facts.definitions:
                around[path, one.local_name] = key_of(one)
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
        for key in [key for key in self.disk if key not in living]:
            del self.disk[key]
        for key in [key for key in self.near if key not in living]:
            del self.near[key]


def key_of(one: Definition) -> Key:
    """Everything of a definition that its matches depend on; not its place."""
    return (
        one.local_name,
        one.kind,
        one.traits,
        one.features,
        one.skeleton,
        one.parameters,
        one.end_line - one.body_line,
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


def _symbol(documents: Mapping[str, Document], place: Place) -> Symbol | None:
    document = documents.get(place[0])
    if document is None:
        return None
    for one in document.facts.definitions:
        if one.local_name == place[1]:
            return make_symbol(document.facts, one, document.path, document.uses(one.local_name))
    return None


__all__ = ["Kept", "Weighed", "key_of"]
