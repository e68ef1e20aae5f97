"""What a segment needs of one file, as plain bytes.

It is made where a file is read, by one process of several: joining them is all that is left at the end.
Numbers are 32 bits wide in the machine's own order: columns are passed between processes and never stored.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

import msgspec

from canonry.model import SymbolKind
from canonry.syntax import Definition, ModuleFacts

KINDS: tuple[SymbolKind, ...] = (SymbolKind.FUNCTION, SymbolKind.METHOD, SymbolKind.CLASS)
"""Kinds by the number that a segment has for them."""
_KIND_NUMBERS = {kind: at for at, kind in enumerate(KINDS)}
NUMBERS = "i"
"""The typecode of the numbers."""
assert array(NUMBERS).itemsize == 4, "no machine with a Python wheel of numpy has another size"


class Texts(msgspec.Struct, frozen=True, array_like=True):
    """Many byte strings, one after the other, and the length of each."""

    data: bytes
    lengths: bytes


class FileColumns(msgspec.Struct, frozen=True, array_like=True):
    """The definitions of one file; see `Segment`, which has the same of many."""

    module: str
    lines: int
    names: Texts
    local_names: Texts
    kinds: bytes
    """A byte for each definition: its place in KINDS."""
    traits: bytes
    positions: bytes
    """Four numbers for each: first and last line, and line and column of the name."""
    counts: bytes
    """Four numbers for each: parameters without self and cls, required ones, statements, body line."""
    parents: bytes
    """The place in the file of the definition around each; -1 for none."""
    features: Texts
    skeletons: Texts
    references: bytes
    """The CRC-32 of each dotted name that the file refers to, unsigned."""
    second_names: tuple[tuple[str, str], ...]
    """Dotted names that a package gives to what it imports, each with what it stands for."""


class FileRead(NamedTuple):
    """A file that has just been read, as far as a segment needs it."""

    digest: bytes
    module: str
    columns: bytes
    """Encoded."""


Known = Mapping[str, FileRead]
"""Files that have just been read, by path."""
NOTHING_KNOWN: Known = MappingProxyType({})


def columns_of(facts: ModuleFacts) -> FileColumns:
    """The columns of a file's facts."""
    definitions = facts.definitions
    second: list[tuple[str, str]] = []
    if facts.is_package and facts.module:
        for one in facts.imports:
            if one.name and one.alias != "*" and not one.local:
                second.append((f"{facts.module}.{one.alias}", one.target))
    positions: list[int] = []
    counts: list[int] = []
    for each in definitions:
        positions += (each.start_line, each.end_line, each.name_line, each.name_column)
        counts += _counts(each)
    return FileColumns(
        module=facts.module,
        lines=facts.lines,
        names=_texts([one.name.encode("utf-8", "replace") for one in definitions]),
        local_names=_texts([one.local_name.encode("utf-8", "replace") for one in definitions]),
        kinds=bytes([_KIND_NUMBERS[one.kind] for one in definitions]),
        traits=_numbers([one.traits for one in definitions]),
        positions=_numbers(positions),
        counts=_numbers(counts),
        parents=_numbers([one.parent for one in definitions]),
        features=_texts([one.features for one in definitions]),
        skeletons=_texts([one.skeleton for one in definitions]),
        references=array("I", [crc32(one.encode()) for one in facts.references]).tobytes(),
        second_names=tuple(second),
    )


def encode_columns(columns: FileColumns) -> bytes:
    """Columns as bytes (MessagePack)."""
    return _ENCODER.encode(columns)


def decode_columns(data: bytes) -> FileColumns:
    """Columns from bytes; raises ValueError on anything that `encode_columns` has not written."""
    return _DECODER.decode(data)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(FileColumns)


def _counts(one: Definition) -> tuple[int, int, int, int]:
    required = [given.required for given in one.parameters if given.name not in ("self", "cls")]
    return len(required), sum(required), one.statements, one.body_line


def _texts(texts: list[bytes]) -> Texts:
    return Texts(b"".join(texts), _numbers(map(len, texts)))


def _numbers(numbers: Iterable[int]) -> bytes:
    return array(NUMBERS, numbers).tobytes()
