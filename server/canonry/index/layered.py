"""The files on disk with the open documents on top, seen as one snapshot."""

from __future__ import annotations

from collections.abc import Callable

from canonry.index.segment import Floats, Hashes, Segment
from canonry.index.snapshot import LEAST_COSINE, Ref, Snapshot
from canonry.model import SymbolKind
from canonry.syntax import Definition, ModuleFacts

Found = list[tuple[Ref, float]]
Memory = dict[tuple[bytes, int], Found]
"""What the search on disk has found, by features and limit. Valid for one generation of the disk."""


class Layered(Snapshot):
    """Two snapshots as one; the search in the large one is remembered.

    What a search finds is what it finds in a snapshot of all parts. The caller's `skip` is asked for
    the open parts alone: what is to be skipped stands in the caller's own file, which is one of them.
    """

    def __init__(self, disk: Snapshot, near: Snapshot, memory: Memory) -> None:
        super().__init__([*disk.parts, *near.parts], disk.generation, disk.statistics)
        self._disk = disk
        self._near = near
        self._memory = memory

    @property
    def first_open_part(self) -> int:
        """The number of the first part that is an open document."""
        return len(self._disk.parts)

    def _on_disk(self, path: str) -> tuple[Segment, int] | None:
        """Where a file stands as it is on disk; nowhere where it was never saved."""
        return self._disk._on_disk(path)

    def definition(self, ref: Ref) -> tuple[ModuleFacts, Definition] | None:
        """Everything known of a definition; of those on disk what the snapshot of the disk keeps."""
        disk = ref.part < self.first_open_part
        return self._disk.definition(ref) if disk else super().definition(ref)

    def candidates(
        self,
        features: Hashes,
        limit: int,
        factors: Floats | None = None,
        kinds: frozenset[SymbolKind] | None = None,
        skip: Callable[[int, Segment], frozenset[int]] | None = None,
        least: float = LEAST_COSINE,
    ) -> Found:
        """The definitions nearest to a set of features, best first, each with its cosine."""
        first = self.first_open_part

        def skip_near(number: int, segment: Segment) -> frozenset[int]:
            return skip(number + first, segment) if skip is not None else frozenset()

        near = self._near.candidates(features, limit, factors, kinds, skip_near, least)
        found = [
            *self._searched(features, limit, factors, kinds, least),
            *((Ref(ref.part + first, ref.at), score) for ref, score in near),
        ]
        return self.nearest(found, limit)

    def _searched(
        self,
        features: Hashes,
        limit: int,
        factors: Floats | None,
        kinds: frozenset[SymbolKind] | None,
        least: float,
    ) -> Found:
        if factors is not None or kinds is not None or least != LEAST_COSINE:
            return self._disk.candidates(features, limit, factors, kinds, least=least)
        key = (features.tobytes(), limit)
        known = self._memory.get(key)
        if known is None:
            known = self._memory[key] = self._disk.candidates(features, limit)
        return known
