"""All rows of a snapshot, one segment after the other, as arrays in which many are looked at together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from itertools import chain

import numpy as np

from canonry.index.columns import KINDS
from canonry.index.segment import FEATURE_KINDS, Floats, Hashes, Ints, Segment
from canonry.index.snapshot import Snapshot
from canonry.match.kinship import calling, is_aside, is_shared, path_words, usage
from canonry.match.places import place_features
from canonry.match.silence import CLASS_KIND, ENTRIES
from canonry.match.standing import conventional
from canonry.match.terms import Marks, Mask, Rows, Sums, Terms, sorted_pairs
from canonry.model import SymbolKind
from canonry.syntax import Feature, feature_hash
from canonry.syntax.features import KIND_SHIFT
from canonry.syntax.words import split_identifier, whole_name

METHOD_KIND = KINDS.index(SymbolKind.METHOD)


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
        self.features_at: Rows = np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)])
        """Where the features of each row begin among those of all, which stand one row after the other."""
        self.terms = Terms.of(snapshot)
        places = np.concatenate(
            [
                np.repeat(self.terms.of_features(one.vocabulary), np.diff(one.postings_at))
                for one in self.segments
            ]
        )
        holders = np.concatenate(
            [
                one.postings.astype(np.int64) + first
                for one, first in zip(self.segments, self.starts, strict=False)
            ]
        )
        self.terms_of: Ints = sorted_pairs(holders, places)[1]
        """These features as terms, of each row in ascending order."""
        if len(parts) > 1:  # else they are in this order already
            places, holders = sorted_pairs(places, holders)
        self.holders = holders.astype(np.int32, copy=False)
        """The rows that have each term, one term after the other."""
        self.holders_at = np.r_[0, np.cumsum(np.bincount(places, minlength=len(self.terms)))]
        """Where those of each term begin."""
        self.marks = Marks(len(self.terms))

    def occurrences(self, rows: Rows) -> tuple[Rows, Rows]:
        """Where the features of rows stand in the field's, one after the other; and which row has each."""
        lengths = self.lengths[rows]
        ends = np.cumsum(lengths)
        owner = np.repeat(np.arange(len(rows)), lengths)
        shift = self.features_at[rows] - (ends - lengths)
        return np.arange(int(ends[-1]) if len(ends) else 0) + shift[owner], owner

    def own_terms(self, row: int) -> Ints:
        """The terms of a row, ascending."""
        terms: Ints = self.terms_of[self.features_at[row] : self.features_at[row + 1]]
        return terms

    def have(self, rows: Rows, terms: Ints) -> Mask:
        """Whether each row has the term beside it."""
        low, high = self.features_at[rows], self.features_at[rows + 1]
        ends = high
        while np.any(low < high):  # in all rows at once, as `bisect_left` does it
            middle = (low + high) // 2
            less = (low < high) & (self.terms_of[np.minimum(middle, len(self.terms_of) - 1)] < terms)
            low, high = np.where(less, middle + 1, low), np.where(less, high, middle)
        found: Mask = low < ends
        found[found] = self.terms_of[low[found]] == terms[found]
        return found

    @cached_property
    def rarity_by_kind(self) -> Sums:
        """The rarity of all features of each row: kinds by rows."""
        owner = np.repeat(np.arange(len(self.kinds)), self.lengths)
        cell = self.terms.kinds[self.terms_of] * len(self.kinds) + owner
        sums = np.bincount(cell, self.terms.rarity[self.terms_of], FEATURE_KINDS * len(self.kinds))
        found: Sums = sums.reshape(FEATURE_KINDS, len(self.kinds))
        return found

    def features_of(self, row: int) -> Hashes:
        """The features of a row, sorted."""
        features: Hashes = self.terms.features[self.own_terms(row)]
        return features

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
    def call_terms(self) -> Ints:
        """A call of each one's name, as a term; -1 where nobody calls it."""
        return self.terms.of_features(self.call_hashes)

    @cached_property
    def call_hashes(self) -> Hashes:
        """The same as a feature."""
        return self._by_name(lambda name: feature_hash(Feature.CALL, name.encode())).astype(np.uint32)

    def words_of_place(self, row: int) -> Hashes:
        """The words of a query's place: of its file, and of what it stands in."""
        parent = int(self.parents[row])
        return place_features(self.path(row), self.name(parent) if parent >= 0 else "")

    def of_their_places(self, rows: Rows) -> tuple[Mask, Sums]:
        """What of the terms of candidates are words of the place of theirs.

        Which of those of all rows, of these ones at least; and the rarity of those that each row has.
        """
        new = np.unique(rows[~self._marked[rows]])
        if len(new):
            self._marked[new] = True
            words = [
                place_features(self.path(row), self.name(holder) if holder >= 0 else "")
                for row, holder in zip(new.tolist(), self.classes[new].tolist(), strict=True)
            ]
            owner = np.repeat(np.arange(len(new)), [len(one) for one in words])
            terms = self.terms.of_features(np.concatenate(words))
            at, holder_of = self.occurrences(new)
            keys = (holder_of << 32) | self.terms_of[at]
            wanted = ((owner << 32) | terms)[terms >= 0]
            found = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
            found = found[keys[found] == wanted] if len(keys) else found[:0]
            self._of_places[at[found]] = True
            rarity = self.terms.rarity[self.terms_of[at[found]]]
            self._rarity_of_places[new] = np.bincount(holder_of[found], rarity, len(new))
        return self._of_places, self._rarity_of_places[rows]

    @cached_property
    def _of_places(self) -> Mask:
        return np.zeros(len(self.terms_of), np.bool_)

    @cached_property
    def _rarity_of_places(self) -> Sums:
        return np.zeros(len(self.kinds))

    @cached_property
    def _marked(self) -> Mask:
        """Of which rows that is known."""
        return np.zeros(len(self.kinds), np.bool_)

    def is_part_of_it(self, rows: Rows, others: Rows) -> Mask:
        """Which pairs are of a definition and itself, what encloses it, or what is inside it."""
        found: Mask = self.files[rows] == self.files[others]
        at = np.flatnonzero(found)
        mine, theirs = self._lineage[rows[at]], self._lineage[others[at]]
        found[at] = (theirs == mine[:, :1]).any(1) | (mine == theirs[:, :1]).any(1)
        return found

    @cached_property
    def _lineage(self) -> Rows:
        """The qualified name of each definition, and of what it stands in from the inside out; then -1."""
        table: dict[str, int] = {}

        def line(name: str) -> list[int]:
            numbers, end = [], len(name)
            while end > 0:
                numbers.append(table.setdefault(name[:end], len(table)))
                end = name.rfind(".", 0, end)
            return numbers

        found = [line(name) for one in self.segments for name in one.local_names.all()]
        lengths = np.array([len(one) for one in found], np.int64)
        lineage = np.full((len(found), int(lengths.max(initial=1))), -1)
        lineage[np.arange(lineage.shape[1]) < lengths[:, None]] = [*chain.from_iterable(found)]
        return lineage

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
    def tests(self) -> Mask:
        """Which definitions' names begin as those of tests do."""
        return self._by_name(lambda name: name.startswith("test_")).astype(np.bool_)

    @cached_property
    def entries(self) -> Mask:
        """Which definitions have a name that says nothing of a job."""
        return self._by_name(lambda name: name in ENTRIES).astype(np.bool_)

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
        at = np.flatnonzero(self.terms.kinds[self.terms_of] == Feature.BASE)
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
