"""Extractors: what rules want to know of every file, read beside its facts and stored with it.

An extractor is pure: a tree -> small rows. The index knows extractors by their place alone
(`package.module:NAME`), so that worker processes can find them and the index knows no rule.
"""

from __future__ import annotations

import importlib
import logging
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from canonry.syntax import ModuleTree

logger = logging.getLogger(__name__)

R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True, eq=False)
class Extractor(Generic[R]):
    """What is read of each file for one kind of facts. Made once, at module level, in capitals."""

    name: str
    version: int
    """Raise it with any change to what `read` gives; files are then read again."""
    row: type[R]
    """A frozen msgspec.Struct with `array_like=True` of plain fields."""
    read: Callable[[ModuleTree], Iterable[R]]
    """Pure, never raises on user code; for most files it should give nothing, and cost as little."""
    key: Callable[[R], Iterable[str]] | None = None
    """The keys by which rows are looked up in the whole workspace. None where they are asked for by file
    alone; rows with keys are held in memory, so they must be few (thousands, not one for each call).
    """

    def encode(self, tree: ModuleTree) -> bytes:
        """A file's rows as they are stored; empty for none."""
        rows = tuple(self.read(tree))
        return zlib.compress(_ENCODER.encode(rows), 1) if rows else b""

    def decode(self, data: bytes) -> tuple[R, ...]:
        """Stored rows; none where they are damaged."""
        if not data:
            return ()
        try:
            return self._decoder.decode(zlib.decompress(data))
        except (zlib.error, ValueError):
            return ()

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[tuple[R, ...]]:
        rows: Any = tuple[self.row, ...]  # type: ignore[name-defined]  # a type that is a value
        return msgspec.msgpack.Decoder(rows)


_ENCODER = msgspec.msgpack.Encoder()

Extractors = Mapping[str, Extractor[msgspec.Struct]]
"""Extractors by their place."""


def fingerprint(extractors: Extractors) -> str:
    """Names and versions; rows that were stored under another one are read again."""
    return ",".join(sorted(f"{one.name}:{one.version}" for one in extractors.values()))


def load_extractors(places: Iterable[str]) -> dict[str, Extractor[msgspec.Struct]]:
    """The extractors at these places. For Canonry's own modules; raises where there is none."""
    found: dict[str, Extractor[msgspec.Struct]] = {}
    for place in places:
        module, _, name = place.partition(":")
        found[place] = getattr(importlib.import_module(module), name)
    return found


def extract_rows(extractors: Iterable[Extractor[msgspec.Struct]], tree: ModuleTree) -> dict[str, bytes]:
    """The stored form of all rows of one file, by extractor; those that have none are left out."""
    found: dict[str, bytes] = {}
    for one in extractors:
        try:
            data = one.encode(tree)
        except Exception:
            if one.name not in _failed:
                _failed.add(one.name)
                logger.exception("The extractor %s failed in %s", one.name, tree.facts.module)
            continue
        if data:
            found[one.name] = data
    return found


_failed: set[str] = set()
"""Extractors whose failure has been logged; it is a mistake of ours, and once says enough."""
