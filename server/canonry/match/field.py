"""All rows of a snapshot, one segment after the other, as arrays in which many are looked at together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import KINDS, Floats, Hashes, Segment
from canonry.index.snapshot import KIND_WEIGHTS, Snapshot, rarity
from canonry.match.kinship import calling, is_aside, is_shared, path_words, usage
from canonry.match.places import place_features
from canonry.match.silence import CLASS_KIND
from canonry.match.standing import conventional
from canonry.model import SymbolKind
from canonry.syntax import Feature, feature_hash
from canonry.syntax.features import KIND_SHIFT
from canonry.syntax.words import split_identifier, whole_name

METHOD_KIND = KINDS.index(SymbolKind.METHOD)
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Field:
    """The definitions of a snapshot. Row i of each array is definition i; dead ones are among them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        parts = snapshot.parts
        self.segments = [part.segment for part in parts]
        self.starts: list[int] = np.cumsum([0, *(one.size for one in self.segments)]).tolist()
        """The first row of each segment."""
        self.alive = np.concatenate([part.alive for part in parts])
        self.traits = np.concatenate([one.symbol_traits for one in self.segments])
        self.kinds = np.concatenate([one.symbol_kind for one in self.segments])
        self.counts = np.concatenate([one.symbol_counts for one in self.segments])
        self.uses = np.concatenate([one.symbol_uses for one in self.segments])
        self.lengths = np.concatenate([np.diff(one.symbol_features) for one in self.segments])
        """How many features each row has."""
        files = np.cumsum([0, *(len(one.paths) for one in self.segments)])
        self.files = np.concatenate(
            [one.symbol_file + first for one, first in zip(self.segments, files.tolist(), strict=False)]
        )
        self.norms = np.concatenate([snapshot.norms_of(at) for at in range(len(parts))])
        self.features = np.concatenate([one.features for one in self.segments])
        self._features_from: list[int] = np.cumsum(
            [0, *(len(one.features) for one in self.segments)]
        ).tolist()
        self.features_at = np.concatenate(
            [
                one.symbol_features[:-1].astype(np.int64) + first
                for one, first in zip(self.segments, self._features_from, strict=False)
            ]
        )
        # For each feature of each row its rarity, and where it stands in its segment's vocabulary.
        self._vocabulary_at = [_vocabulary_places(one) for one in self.segments]
        counts = [snapshot.statistics.counts(one.vocabulary) for one in self.segments]
        self.counts_of = np.concatenate(
            [own[at] for own, at in zip(counts, self._vocabulary_at, strict=True)]
        )
        rarities = [rarity(one, snapshot.statistics.total) for one in counts]
        self.rarity: Floats = np.concatenate(
            [own[at] for own, at in zip(rarities, self._vocabulary_at, strict=True)]
        )
        weights = KIND_WEIGHTS[(self.features >> np.uint32(KIND_SHIFT)).astype(np.intp)] * self.rarity
        self.squares: Floats = weights * weights

    def occurrences(self, rows: Rows) -> tuple[Rows, Rows]:
        """Where the features of rows stand in the field's, one after the other; and which row has each."""
        lengths = self.lengths[rows]
        ends = np.cumsum(lengths)
        owner = np.repeat(np.arange(len(rows)), lengths)
        return np.arange(int(ends[-1])) + (self.features_at[rows] - (ends - lengths))[owner], owner

    def features_of(self, row: int) -> Hashes:
        """The features of a row, sorted."""
        features: Hashes = self.features[self.span(row)]
        return features

    def span(self, row: int) -> slice:
        """Where the features of a row stand in the field's."""
        start = int(self.features_at[row])
        return slice(start, start + int(self.lengths[row]))

    def kinds_of(self, occurrence: Rows) -> Rows:
        """The kinds of features, given by where they stand in the field's."""
        kinds: Rows = (self.features[occurrence] >> np.uint32(KIND_SHIFT)).astype(np.int64)
        return kinds

    def places_in(self, number: int, rows: Rows, occurrence: Rows) -> Rows:
        """Where the features of rows stand in a segment's vocabulary, -1 for those that do not."""
        segment = self.segments[number]
        if not len(segment.vocabulary):
            return np.full(len(occurrence), -1, np.int64)
        start, end = self.starts[number], self.starts[number + 1]
        if start <= rows.min() and rows.max() < end:
            return self._vocabulary_at[number][occurrence - self._features_from[number]].astype(np.int64)
        features = self.features[occurrence]
        at = np.searchsorted(segment.vocabulary, features)
        at[at == len(segment.vocabulary)] = 0
        return np.where(segment.vocabulary[at] == features, at, -1)

    def place(self, row: int) -> tuple[Segment, int]:
        """The segment of a row, and its row there."""
        number = bisect_right(self.starts, row) - 1
        return self.segments[number], row - self.starts[number]

    def name(self, row: int) -> str:
        """A definition's own name."""
        segment, at = self.place(row)
        return segment.names[at]

    def local_name(self, row: int) -> str:
        """Its qualified name within its module."""
        segment, at = self.place(row)
        return segment.local_names[at]

    def path(self, row: int) -> str:
        """The path of its file."""
        segment, at = self.place(row)
        return segment.paths[int(segment.symbol_file[at])]

    def skeleton(self, row: int) -> bytes:
        """Its normalised body."""
        segment, at = self.place(row)
        return segment.skeleton_of(at)

    def bases(self, row: int) -> frozenset[int]:
        """The bases of a class, as features."""
        features = self.features_of(row)
        return frozenset(features[(features >> np.uint32(KIND_SHIFT)) == Feature.BASE].tolist())

    # What the functions of evidence say of a single definition

    @cached_property
    def usage(self) -> Floats:
        """The evidence `used` of each."""
        return usage(self.uses)

    @cached_property
    def called(self) -> Floats:
        """The evidence `called` of each as a query."""
        return calling(self.snapshot.statistics.counts(self.call_hashes))

    @cached_property
    def name_use(self) -> Floats:
        """How common the name of each is."""
        hashes = self._by_name(lambda name: feature_hash(Feature.WHOLE_NAME, whole_name(name).encode()))
        return conventional(self.snapshot.statistics.counts(hashes.astype(np.uint32)))

    @cached_property
    def call_hashes(self) -> Hashes:
        """A call of each one's name, as a feature."""
        return self._by_name(lambda name: feature_hash(Feature.CALL, name.encode())).astype(np.uint32)

    def words_of_place(self, row: int) -> Hashes:
        """The words of a query's place: of its file, and of what it stands in."""
        parent = int(self.parents[row])
        return place_features(self.path(row), self.name(parent) if parent >= 0 else "")

    def of_their_places(self, rows: Rows, occurrence: Rows) -> Mask:
        """Which features, given by where they stand, of candidates are words of the place of theirs."""
        new = np.unique(rows[~self._marked[rows]])
        if len(new):
            self._marked[new] = True
            holders = self.classes[new].tolist()
            words = [
                place_features(self.path(row), self.name(holder) if holder >= 0 else "")
                for row, holder in zip(new.tolist(), holders, strict=True)
            ]
            owner = np.repeat(np.arange(len(new)), [len(one) for one in words])
            features = [self.features_of(row) for row in new.tolist()]
            place, is_there = lookup(features, owner, np.concatenate(words))
            self._of_places[self.occurrences(new)[0][place[is_there]]] = True
        return self._of_places[occurrence]

    @cached_property
    def _of_places(self) -> Mask:
        return np.zeros(len(self.features), np.bool_)

    @cached_property
    def _marked(self) -> Mask:
        """Of which rows that is known."""
        return np.zeros(len(self.kinds), np.bool_)

    # Names and places as numbers: equal ones for what is equal

    @cached_property
    def names(self) -> Rows:
        """Each definition's own name."""
        return _numbered(name for one in self.segments for name in one.names.all())

    @cached_property
    def folded_names(self) -> Rows:
        """The same, case and underscores aside."""
        return self._of_names(whole_name)

    @cached_property
    def name_words(self) -> Rows:
        """The words of each definition's name, in order."""
        return self._of_names(split_identifier)

    @cached_property
    def last_words(self) -> Rows:
        """The last word of each definition's name; -1 for a name without words."""
        return self._of_names(lambda name: (split_identifier(name) or (None,))[-1], nothing=None)

    @cached_property
    def private(self) -> Mask:
        """Which definitions' names begin with an underscore."""
        return self._by_name(lambda name: name.startswith("_")).astype(np.bool_)

    @cached_property
    def outer_names(self) -> Rows:
        """The qualified name, within its module, of what each definition stands in."""
        return _numbered(name.rpartition(".")[0] for one in self.segments for name in one.local_names.all())

    @cached_property
    def parents(self) -> Rows:
        """The row of what each definition stands in; -1 for none."""
        return np.concatenate(
            [
                np.where(one.symbol_parent >= 0, one.symbol_parent.astype(np.int64) + first, -1)
                for one, first in zip(self.segments, self.starts, strict=False)
            ]
        )

    @cached_property
    def classes(self) -> Rows:
        """The row of each definition's class: its own where it is one, a method's class, else -1."""
        rows = np.arange(len(self.kinds))
        return np.where(self.kinds == CLASS_KIND, rows, np.where(self.kinds == METHOD_KIND, self.parents, -1))

    @cached_property
    def has_bases(self) -> Mask:
        """Which definitions have base classes."""
        found = np.zeros(len(self.kinds), np.bool_)
        at = np.flatnonzero((self.features >> np.uint32(KIND_SHIFT)) == Feature.BASE)
        found[np.searchsorted(self.features_at, at, side="right") - 1] = True
        return found

    @cached_property
    def shared(self) -> Mask:
        """Which files are where everyone looks first."""
        return np.array([is_shared(path) for path in self._paths], np.bool_)

    @cached_property
    def aside(self) -> Mask:
        """Which files are scripts, examples and the like."""
        return np.array([is_aside(path) for path in self._paths], np.bool_)

    @cached_property
    def file_names(self) -> Rows:
        """The name of each file without its folder."""
        return _numbered(path.rpartition("/")[2] for path in self._paths)

    @cached_property
    def path_words(self) -> Rows:
        """The words of each path, as `versions` has them."""
        return _numbered(path_words(path)[0] for path in self._paths)

    @cached_property
    def stable_path_words(self) -> Rows:
        """Those of them that tell of no version."""
        return _numbered(path_words(path)[1] for path in self._paths)

    @cached_property
    def _paths(self) -> list[str]:
        return [path for one in self.segments for path in one.paths.all()]

    @cached_property
    def folders(self) -> Rows:
        """The folders of each file from the root down, one a column; -1 where there is none so deep."""
        split = [path.split("/")[:-1] for path in self._paths]
        table: dict[str, int] = {}
        found = np.full((len(split), max(map(len, split), default=0)), -1, np.int64)
        for at, folders in enumerate(split):
            for depth, name in enumerate(folders):
                found[at, depth] = table.setdefault(name, len(table))
        return found

    @cached_property
    def _distinct_names(self) -> list[str]:
        found: dict[str, None] = {}
        for one in self.segments:
            found.update(dict.fromkeys(one.names.all()))
        return list(found)

    def _by_name(self, function: Callable[[str], int]) -> Rows:
        values = np.array([function(name) for name in self._distinct_names], np.int64)
        found: Rows = values[self.names] if len(values) else np.zeros(0, np.int64)
        return found

    def _of_names(self, function: Callable[[str], Hashable], nothing: Hashable = ()) -> Rows:
        table: dict[Hashable, int] = {}

        def number(name: str) -> int:
            value = function(name)
            return -1 if value == nothing else table.setdefault(value, len(table))

        return self._by_name(number)


def _numbered(values: Iterable[Hashable]) -> Rows:
    """A number for each value, from 0 on in the order in which they come."""
    table: dict[Hashable, int] = {}
    return np.array([table.setdefault(one, len(table)) for one in values], np.int64)


def lookup(features: list[Hashes], query: Rows, flat: Hashes) -> tuple[Rows, Mask]:
    """Where in the queries' features (one list after the other) each feature stands, and whether it does."""
    owner = np.repeat(np.arange(len(features), dtype=np.uint64), [len(one) for one in features])
    keys = (owner << np.uint64(32)) | np.concatenate(features).astype(np.uint64)
    wanted = (query.astype(np.uint64) << np.uint64(32)) | flat.astype(np.uint64)
    place = np.searchsorted(keys, wanted)
    place[place == len(keys)] = 0
    return place, keys[place] == wanted


def _vocabulary_places(segment: Segment) -> NDArray[np.int32]:
    """For each feature of each definition where it stands in the segment's vocabulary.

    Postings are in order of the vocabulary; a stable sort by definition puts them in the order of `features`.
    """
    spread = np.repeat(np.arange(len(segment.vocabulary), dtype=np.int32), np.diff(segment.postings_at))
    return spread[np.argsort(segment.postings, kind="stable")]
