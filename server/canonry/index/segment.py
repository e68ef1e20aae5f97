"""A segment: the definitions of some files as compact arrays with an inverted index over their features.

Built once and never changed. A large one is written to a file, so that starting again costs reading that
instead of a rebuild; small ones (files that changed since, open buffers) live in memory alone. All arrays
are plain numbers; strings are in pools and are decoded when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from canonry.index.columns import FileColumns, Texts, columns_of
from canonry.syntax import Feature, ModuleFacts
from canonry.syntax.features import KIND_SHIFT

FEATURE_KINDS = len(Feature)
DIGEST_SIZE = 16

Ints = NDArray[np.int32]
Hashes = NDArray[np.uint32]
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
_BASES: Hashes = np.array([Feature.BASE << KIND_SHIFT, (Feature.BASE + 1) << KIND_SHIFT], np.uint32)
"""Between these are the features of bases."""


@dataclass(frozen=True)
class StringPool:
    """Many strings as one run of UTF-8 with offsets. All are decoded when the first is asked for."""

    data: Bytes
    offsets: Ints

    @classmethod
    def of(cls, strings: Iterable[str]) -> StringPool:
        """The pool of these strings, in order."""
        encoded = [one.encode("utf-8", "replace") for one in strings]
        offsets = np.zeros(len(encoded) + 1, np.int32)
        np.cumsum([len(one) for one in encoded], out=offsets[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, at: int) -> str:
        return self._strings[at]

    def all(self) -> Sequence[str]:
        """Every string, in order."""
        return self._strings

    @cached_property
    def _strings(self) -> list[str]:
        data, offsets = self.data.tobytes(), self.offsets.tolist()
        return [data[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]


@dataclass(frozen=True)
class Segment:
    """Definitions of some files; row i of each `symbol_*` array is definition i."""

    paths: StringPool
    """Of each file, relative to the workspace, with `/`; ascending."""
    digests: Bytes
    """Of each file's content, DIGEST_SIZE bytes each."""
    modules: StringPool
    names: StringPool
    local_names: StringPool
    symbol_file: Ints
    symbol_kind: Bytes
    symbol_traits: Ints
    symbol_lines: Ints
    """Four columns: first and last line, and line and column of the name."""
    symbol_counts: Ints
    """Four columns: parameters without self and cls, required ones, statements, body line."""
    symbol_parent: Ints
    symbol_uses: Ints
    symbol_features: Ints
    """Offsets into `features`."""
    features: Hashes
    symbol_skeleton: Ints
    """Offsets into `skeletons`."""
    skeletons: Bytes
    vocabulary: Hashes
    """Every feature once, sorted."""
    postings_at: Ints
    """Offsets into `postings`, one for each feature of the vocabulary."""
    postings: Ints
    """Definitions that have the feature, ascending."""
    references: Hashes
    """Every referenced dotted name once (CRC-32), sorted."""
    references_at: Ints
    reference_files: Ints
    file_lines: Ints

    @property
    def size(self) -> int:
        """How many definitions."""
        return len(self.symbol_file)

    def digest_of(self, file: int) -> bytes:
        """The digest of a file's content."""
        return self.digests[file * DIGEST_SIZE : (file + 1) * DIGEST_SIZE].tobytes()

    @cached_property
    def file_index(self) -> dict[str, int]:
        """Each file's number, by its path."""
        return {path: at for at, path in enumerate(self.paths.all())}

    @cached_property
    def rows_by_name(self) -> dict[str, list[int]]:
        """Rows by name; built when first asked for."""
        rows: dict[str, list[int]] = {}
        for at, name in enumerate(self.names.all()):
            rows.setdefault(name, []).append(at)
        return rows

    def names_in(self, file: int) -> frozenset[str]:
        """The qualified names of a file's definitions; kept once they were asked for."""
        known = self._names_in.get(file)
        if known is None:
            start, end = np.searchsorted(self.symbol_file, [file, file + 1]).tolist()
            known = self._names_in[file] = frozenset(self.local_names.all()[start:end])
        return known

    @cached_property
    def _names_in(self) -> dict[int, frozenset[str]]:
        return {}

    def members_in(self, file: int) -> Mapping[str, frozenset[str]]:
        """The names that stand directly in each definition of a file, by its qualified name; kept as well."""
        known = self._members_in.get(file)
        if known is None:
            held: dict[str, set[str]] = {}
            for one in self.names_in(file):
                outer, _, name = one.rpartition(".")
                if outer:
                    held.setdefault(outer, set()).add(name)
            known = self._members_in[file] = {outer: frozenset(names) for outer, names in held.items()}
        return known

    @cached_property
    def _members_in(self) -> dict[int, Mapping[str, frozenset[str]]]:
        return {}

    def bases_of(self, at: int) -> frozenset[int]:
        """The bases of class `at`, as features; kept once they were asked for."""
        known = self._bases_of.get(at)
        if known is None:
            features = self.features_of(at)
            first, end = np.searchsorted(features, _BASES).tolist()
            known = self._bases_of[at] = frozenset(features[first:end].tolist())
        return known

    @cached_property
    def _bases_of(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def word_counts(self) -> Ints:
        """How many different words each definition has; computed when first asked for."""
        low = np.searchsorted(self.vocabulary, np.uint32(Feature.WORD << KIND_SHIFT))
        high = np.searchsorted(self.vocabulary, np.uint32((Feature.WORD + 1) << KIND_SHIFT))
        mine = self.postings[self.postings_at[low] : self.postings_at[high]]
        return np.bincount(mine, minlength=self.size).astype(np.int32)

    def features_of(self, at: int) -> Hashes:
        """The features of definition `at`, sorted."""
        return self.features[self.symbol_features[at] : self.symbol_features[at + 1]]

    def postings_of(self, places: NDArray[np.intp]) -> list[Ints]:
        """The definitions that have each of some features, given by their places in the vocabulary."""
        starts, ends = self.postings_at[places].tolist(), self.postings_at[places + 1].tolist()
        return [self.postings[start:end] for start, end in zip(starts, ends, strict=True)]

    def body_lines(self, at: int) -> int:
        """How many lines the body of definition `at` has."""
        return int(self.symbol_lines[at, 1]) - int(self.symbol_counts[at, 3]) + 1

    def skeleton_of(self, at: int) -> bytes:
        """The normalised body of definition `at`."""
        return self.skeletons[self.symbol_skeleton[at] : self.symbol_skeleton[at + 1]].tobytes()

    def files_referring(self, dotted: str) -> list[int]:
        """Files that import or reach `dotted` (a few may be there by hash collision)."""
        wanted = np.uint32(crc32(dotted.encode()))
        at = int(np.searchsorted(self.references, wanted))
        if at >= len(self.references) or self.references[at] != wanted:
            return []
        files: list[int] = self.reference_files[self.references_at[at] : self.references_at[at + 1]].tolist()
        return files

    def places_of(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Where each dotted name stands in `references`; -1 for those that no file refers to."""
        wanted = np.array([crc32(one.encode()) for one in names], np.uint32)
        if not len(self.references):
            return np.full(len(wanted), -1)
        at = np.minimum(np.searchsorted(self.references, wanted), len(self.references) - 1)
        return np.where(self.references[at] == wanted, at, -1)


def build_segment(
    files: Sequence[tuple[str, ModuleFacts]],
    digests: Sequence[bytes] = (),
    others: Sequence[Segment] = (),
    uses: Callable[[str], int] | None = None,
) -> Segment:
    """The segment of these files, each a path relative to the workspace and its facts, in order of path.

    `digests` are those of the files' contents, where it is to be written; uses are counted in the
    segment itself and in `others`; or `uses` tells them, by a top-level definition's name.
    """
    return join_columns([(path, columns_of(facts)) for path, facts in files], digests, others, uses)


def join_columns(
    files: Sequence[tuple[str, FileColumns]],
    digests: Sequence[bytes] = (),
    others: Sequence[Segment] = (),
    uses: Callable[[str], int] | None = None,
) -> Segment:
    """The same of files of which the columns are known."""
    every = [columns for _, columns in files]
    held = np.array([len(one.kinds) for one in every], np.int32)
    owner = np.repeat(np.arange(len(files), dtype=np.int32), held)
    parents = _numbers(one.parents for one in every)
    first = np.repeat(np.cumsum(held, dtype=np.int32) - held, held)
    lengths = _numbers(one.features.lengths for one in every) // 4
    features = np.frombuffer(b"".join(one.features.data for one in every), "<u4").astype(
        np.uint32, copy=False
    )
    vocabulary, postings_at, postings = _inverted(
        features, np.repeat(np.arange(len(owner), dtype=np.int32), lengths)
    )
    references, references_at, reference_files = _inverted(
        np.frombuffer(b"".join(one.references for one in every), np.uint32),
        np.repeat(np.arange(len(files), dtype=np.int32), [len(one.references) // 4 for one in every]),
    )
    segment = Segment(
        paths=StringPool.of(path for path, _ in files),
        digests=np.frombuffer(b"".join(digests), np.uint8),
        modules=StringPool.of(one.module for one in every),
        names=_pool(one.names for one in every),
        local_names=_pool(one.local_names for one in every),
        symbol_file=owner,
        symbol_kind=np.frombuffer(b"".join(one.kinds for one in every), np.uint8),
        symbol_traits=_numbers(one.traits for one in every),
        symbol_lines=_numbers(one.positions for one in every).reshape(-1, 4),
        symbol_counts=_numbers(one.counts for one in every).reshape(-1, 4),
        symbol_parent=np.where(parents < 0, parents, parents + first),
        symbol_uses=np.zeros(len(owner), np.int32),
        symbol_features=_offsets(lengths),
        features=features,
        symbol_skeleton=_offsets(_numbers(one.skeletons.lengths for one in every)),
        skeletons=np.frombuffer(b"".join(one.skeletons.data for one in every), np.uint8),
        vocabulary=vocabulary,
        postings_at=postings_at,
        postings=postings,
        references=references,
        references_at=references_at,
        reference_files=reference_files,
        file_lines=np.array([one.lines for one in every], np.int32),
    )
    if uses is None:
        _count_uses(segment, every, others)
    else:
        for at, name in enumerate(segment.local_names.all()):
            segment.symbol_uses[at] = uses(name.partition(".")[0])
    return segment


def _numbers(columns: Iterable[bytes]) -> Ints:
    return np.frombuffer(b"".join(columns), np.int32)


def _pool(columns: Iterable[Texts]) -> StringPool:
    texts = [*columns]
    data = np.frombuffer(b"".join(one.data for one in texts), np.uint8)
    return StringPool(data, _offsets(_numbers(one.lengths for one in texts)))


def _offsets(lengths: Ints) -> Ints:
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def _inverted(keys: Hashes, owners: Ints) -> tuple[Hashes, Ints, Ints]:
    """Keys once and sorted, offsets, and the owners of each key in ascending order."""
    # Both in one number: sorting those takes half of what sorting places by keys takes.
    both = (keys.astype(np.uint64) << np.uint64(32)) | owners.astype(np.uint64)
    both.sort()
    ordered = (both >> np.uint64(32)).astype(np.uint32)
    starts = (
        np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, np.int64)
    )
    offsets = np.r_[starts, len(ordered)].astype(np.int32)
    return ordered[starts], offsets, both.astype(np.uint32).view(np.int32)


def _count_uses(segment: Segment, files: Sequence[FileColumns], others: Sequence[Segment]) -> None:
    """Counts for each top-level definition the other modules that import or reach it.

    A package that imports a name into its `__init__` gives it a second dotted name; uses of
    that name count for the definition. A method counts the uses of its class.
    """
    second_names = {name: target for one in files for name, target in one.second_names}
    first_names: dict[str, list[str]] = {}
    for second in second_names:
        target, steps = second, 0
        while target in second_names and steps < 5:  # a package that imports from a package, and so on
            target, steps = second_names[target], steps + 1
        first_names.setdefault(target, []).append(second)
    paths = segment.paths.all()
    modules = [one.module for one in files]
    outer = [
        (at, file, f"{modules[file]}.{local}")
        for at, (file, local) in enumerate(
            zip(segment.symbol_file.tolist(), segment.local_names.all(), strict=True)
        )
        if "." not in local and modules[file]
    ]
    # Most are used by their own name alone, and many by nobody: all are looked up at once.
    held = segment.places_of(dotted for _, _, dotted in outer)
    starts, users_of = segment.references_at.tolist(), segment.reference_files
    for (at, file, dotted), place in zip(outer, held.tolist(), strict=True):
        if others or dotted in first_names:
            users = {
                where.paths[user]
                for name in (dotted, *first_names.get(dotted, ()))
                for where in (segment, *others)
                for user in where.files_referring(name)
            }
            segment.symbol_uses[at] = len(users - {paths[file]})
        elif place >= 0:
            segment.symbol_uses[at] = len({*users_of[starts[place] : starts[place + 1]].tolist()} - {file})
    for at, parent in enumerate(segment.symbol_parent.tolist()):
        if parent >= 0:
            segment.symbol_uses[at] = segment.symbol_uses[parent]


_MAGIC = b"CANONRY\1"


class DamagedSegment(ValueError):
    """The file is no segment that this version has written whole."""


def write_segment(segment: Segment, path: Path) -> None:
    """Writes a segment to a file, with a checksum over all of it. Raises OSError."""
    header: list[bytes] = []
    arrays = _arrays(segment)
    for array in arrays:
        header.append(array.dtype.str.encode().ljust(8, b"\0"))
        shape = (*array.shape, 0)[:2]
        header.append(np.array(shape, "<i8").tobytes())
    head = b"".join(header)
    checksum = crc32(head)
    for array in arrays:
        checksum = crc32(_padding(array.nbytes), crc32(array.data, checksum))
    with path.open("wb") as file:
        file.write(_MAGIC + np.array([checksum], "<u4").tobytes() + bytes(4))
        file.write(head + _padding(len(head)))
        for array in arrays:
            file.write(array.data)
            file.write(_padding(array.nbytes))


def read_segment(path: Path) -> Segment:
    """A segment from a file. Raises DamagedSegment, or OSError where there is none.

    It is read, not mapped into memory: what has been checked stays so. A mapped file that another program
    cuts off, or a disk that fails, ends the whole process (SIGBUS), with what is open in the editor.
    """
    whole = np.fromfile(path, np.uint8)
    whole.flags.writeable = False
    count = len(_array_fields())
    head_length = 24 * count
    padded_head = -(-head_length // 16) * 16
    if len(whole) < 16 + padded_head or whole[:8].tobytes() != _MAGIC:
        raise DamagedSegment("the file is no segment")
    head = whole[16 : 16 + head_length].tobytes()
    if crc32(whole[16 + padded_head :].data, crc32(head)) != int(whole[8:12].view("<u4")[0]):
        raise DamagedSegment("the checksum does not match")
    arrays: list[NDArray[np.generic]] = []
    at = 16 + padded_head
    for number in range(count):
        part = head[24 * number : 24 * number + 24]
        dtype = np.dtype(part[:8].rstrip(b"\0").decode())
        rows, columns = np.frombuffer(part[8:], "<i8").tolist()
        length = rows * max(columns, 1) * dtype.itemsize
        if rows and at + length > len(whole):
            raise DamagedSegment("the file is cut off")
        array = whole[at : at + length].view(dtype)
        arrays.append(array.reshape(rows, columns) if columns else array)
        at += -(-length // 16) * 16
    return _from_arrays(arrays)


def _padding(length: int) -> bytes:
    return bytes(-length % 16)


def _array_fields() -> list[tuple[str, str]]:
    names: list[tuple[str, str]] = []
    for one in fields(Segment):
        if one.type == "StringPool":
            names += [(one.name, "data"), (one.name, "offsets")]
        else:
            names.append((one.name, ""))
    return names


def _arrays(segment: Segment) -> list[NDArray[np.generic]]:
    return [
        np.ascontiguousarray(getattr(getattr(segment, name), part) if part else getattr(segment, name))
        for name, part in _array_fields()
    ]


def _from_arrays(arrays: Sequence[NDArray[np.generic]]) -> Segment:
    given = iter(arrays)
    values: dict[str, object] = {}
    for one in fields(Segment):
        first = next(given)
        values[one.name] = StringPool(first, next(given)) if one.type == "StringPool" else first  # type: ignore[arg-type]
    return Segment(**values)  # type: ignore[arg-type]
