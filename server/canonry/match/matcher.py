"""Finding the existing definitions that a new one may do again, best first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from canonry.index.segment import Floats, Hashes, Segment
from canonry.index.snapshot import Ref, Snapshot
from canonry.match.batch import Batch, Query
from canonry.match.explain import explain
from canonry.match.kinship import apart, derived
from canonry.match.rank import KINDS, TABLE, probabilities, scores
from canonry.match.silence import offered, rows_to_skip
from canonry.model import Evidence, Symbol, SymbolKind, Trait
from canonry.syntax import Feature, feature_hash
from canonry.syntax.words import prose_words, whole_name

INHERITED, REPEATS = KINDS.index("inherited"), KINDS.index("repeats-inherited")
CLASS_COPY = KINDS.index("class-copy")
LEAST_COPY = 0.5
"""Of the form and the methods of two classes that are for other things by their names: from here on they are
copies.
"""
CANDIDATES = 60
"""Weighed for each query: the search has the right one among so many in nearly all cases where it has it."""
SEARCHED = 150
"""Taken from the search before those that cannot be offered are dropped."""
SURE_THRESHOLD = 0.4
SURE_SIZE = 20_000
LEAST_SURE_COSINE = 0.15
"""In a workspace of so many definitions nothing farther is a finding at a threshold that is meant for few
alarms: it spares most pairs from being weighed. Of the rewrites that are shown, 5 of 64 are farther, and as
many false ones; 26 are farther than 0.3. In smaller ones there is time."""


def least_cosine(threshold: float, definitions: int) -> float:
    """The search's cosine that a finding needs, where there is a body.

    At a threshold of the probability, in a workspace of so many definitions.
    """
    return LEAST_SURE_COSINE if threshold >= SURE_THRESHOLD and definitions >= SURE_SIZE else 0.0


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the search for a definition's matches has looked: what changes beyond it changes no match."""

    floor: float
    """The cosine that another definition must have to be weighed at all."""
    depth: int
    """How many of the nearest definitions had to be looked at. Those of open documents that can never be
    offered to it, a class to a function or a function to a class, are not counted."""

    def has_room(self, never_offered: int) -> bool:
        """Whether it finds the same with so many of those definitions, wherever they are."""
        return self.depth + never_offered <= SEARCHED


def find_matches(
    query: Query, snapshot: Snapshot, limit: int
) -> tuple[list[tuple[Ref, float, Floats]], Reach]:
    """The most probable existing definitions, best first, each with its probability and evidence scores.

    And how far the search had to look for them.
    """

    def skip(number: int, segment: Segment) -> frozenset[int]:
        return rows_to_skip(query, number, segment, rows_of_file(segment, query.path))

    searched = snapshot.candidates(query.features, SEARCHED, skip=skip)
    kept = offered(query, snapshot, searched)[:CANDIDATES]
    reach = _reach(query, snapshot, searched, kept)
    if not kept:
        return [], reach
    batch = Batch.of(query, snapshot, kept)
    table = scores(batch)
    # A method that does something of its own under the name that it inherits is an override.
    never = (table[:, INHERITED] > 0) & (table[:, REPEATS] <= 0)
    if query.definition.kind is SymbolKind.CLASS:
        never |= derived(batch)
        never |= apart(batch) & (table[:, CLASS_COPY] < LEAST_COPY)
    found = probabilities(batch, table)
    found[never] = 0
    order = np.argsort(-found, kind="stable")[:limit].tolist()
    return [(batch.refs[at], float(found[at]), table[at]) for at in order], reach


def _reach(
    query: Query, snapshot: Snapshot, searched: list[tuple[Ref, float]], kept: list[tuple[Ref, float]]
) -> Reach:
    if len(kept) == CANDIDATES:
        floor = kept[-1][1]
        last = next(at for at, one in enumerate(searched) if one is kept[-1])
        looked_at = searched[: last + 1]
    elif len(searched) == SEARCHED:  # what comes behind these may be offered, should one of them go
        return Reach(0.0, SEARCHED + 1)
    else:
        floor, looked_at = 0.0, searched
    wants_class = query.definition.kind is SymbolKind.CLASS
    first = snapshot.first_open_part
    depth = sum(
        ref.part < first or (snapshot.kind(ref) is SymbolKind.CLASS) == wants_class for ref, _ in looked_at
    )
    return Reach(floor, depth)


def rows_of_file(segment: Segment, path: str) -> range:
    """The rows of one file in a segment; rows stand in the order of files, and files of paths."""
    file = segment.file_index.get(path)
    if file is None:
        return range(0)
    start, end = np.searchsorted(segment.symbol_file, [file, file + 1]).tolist()
    return range(start, end)


def find_name(name: str, snapshot: Snapshot, limit: int) -> list[tuple[Ref, float]]:
    """The definitions whose names have the same words as `name`, best first, each with its cosine."""
    features: dict[int, float] = {}
    for word in prose_words(name):
        token = word.encode()
        for kind, factor in ((Feature.NAME, 1.5), (Feature.DOC, 1.2), (Feature.WORD, 1.0)):
            features[feature_hash(kind, token)] = factor
    features.setdefault(feature_hash(Feature.WHOLE_NAME, whole_name(name).encode()), 1.0)
    keys: Hashes = np.array(sorted(features), np.uint32)
    factors: Floats = np.array([features[int(key)] for key in keys], np.float32)
    found = snapshot.candidates(keys, limit * 3, factors)
    return [one for one in found if not snapshot.traits(one[0]) & Trait.NESTED][:limit]


def why(
    query: Query, snapshot: Snapshot, symbol: Symbol, table: Floats, text: str, references: tuple[str, ...]
) -> tuple[Evidence, ...]:
    """The evidence of one match in words, strongest first.

    `text` is the source of the query's definition and `references` the dotted names that its module
    reaches: from them come the words for what is in common. Empty where the symbol has vanished.
    """
    named = {kind: float(score) for (kind, _), score in zip(TABLE, table.tolist(), strict=True)}
    place = symbol.name_range.start
    for ref in snapshot.rows_named(symbol.name):
        # Some names are those of thousands; what stands elsewhere needs no look into its file's facts.
        if snapshot.name_place(ref) != (place.line, place.column):
            continue
        known = snapshot.definition(ref)
        if known is not None and known[1].name_range == symbol.name_range:
            module, definition = known[0].module, known[1]
            if f"{module}.{definition.local_name}".removeprefix(".") == symbol.qualified_name:
                return explain(query, snapshot, ref, named, text, references)
    return ()
