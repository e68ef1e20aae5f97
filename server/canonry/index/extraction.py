"""Extractors: what rules want to know of every file, read beside its facts and stored with it.

An extractor is pure: a tree -> small rows. The index knows extractors by their place alone
(`package.module:NAME`), so that worker processes can find them and the index knows no rule.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from canonry.index.packing import pack, unpack
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

    @property
    def home(self) -> str:
        """The module that it is of."""
        return self.read.__module__

    def encode(self, tree: ModuleTree) -> bytes:
        """A file's rows as they are stored; empty for none."""
        return self._stored(self.read(tree))

    def _stored(self, found: Iterable[R]) -> bytes:
        rows = tuple(found)
        return pack(_ENCODER.encode(rows)) if rows else b""

    def decode(self, data: bytes) -> tuple[R, ...] | None:
        """Stored rows; None where they are damaged."""
        if not data:
            return ()
        stored = unpack(data)
        try:
            return None if stored is None else self._decoder.decode(stored)
        except ValueError:
            return None

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[tuple[R, ...]]:
        rows: Any = tuple[self.row, ...]  # type: ignore[name-defined]  # a type that is a value
        return msgspec.msgpack.Decoder(rows)


def _of_no_tree(tree: ModuleTree) -> Iterable[Any]:
    return ()


@dataclass(frozen=True, eq=False)
class TextExtractor(Extractor[R]):
    """What is read of files that are no Python: deployment files, scripts. Their text is data, never run.

    docs/adr/0015-rows-of-files-that-are-no-python.md says which files are read, and when.
    """

    read: Callable[[ModuleTree], Iterable[R]] = _of_no_tree
    sign: bytes = b""
    """A file without this has no rows: looked for in its bytes, in any case, before anything is decoded."""
    read_text: Callable[[str, str], Iterable[R]] = lambda path, text: ()
    """Path (relative, with `/`) and text to rows. Pure, never raises."""

    @property
    def home(self) -> str:
        """The module that it is of."""
        return self.read_text.__module__

    def encode_text(self, path: str, data: bytes) -> bytes:
        """The rows of one file as they are stored; empty for none."""
        if self.sign not in data.lower():
            return b""
        return self._stored(self.read_text(path, data.decode("utf-8", "replace")))


_ENCODER = msgspec.msgpack.Encoder()

Extractors = Mapping[str, Extractor[msgspec.Struct]]
"""Extractors by their place."""


def fingerprint(extractors: Extractors) -> str:
    """Names and versions; rows that were stored under another one are read again."""
    return ",".join(sorted(f"{one.name}:{one.version}" for one in extractors.values()))


def of_trees(extractors: Extractors) -> dict[str, Extractor[msgspec.Struct]]:
    """Those that read Python files."""
    return {place: one for place, one in extractors.items() if not isinstance(one, TextExtractor)}


def of_texts(extractors: Extractors) -> dict[str, TextExtractor[msgspec.Struct]]:
    """Those that read other files."""
    return {place: one for place, one in extractors.items() if isinstance(one, TextExtractor)}


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
            _failed_in(one.name, tree.facts.module)
            continue
        if data:
            found[one.name] = data
    return found


def extract_text_rows(
    extractors: Iterable[TextExtractor[msgspec.Struct]], path: str, data: bytes
) -> dict[str, bytes]:
    """The stored form of all rows of one file that is no Python, by extractor."""
    found: dict[str, bytes] = {}
    for one in extractors:
        try:
            rows = one.encode_text(path, data)
        except Exception:
            _failed_in(one.name, path)
            continue
        if rows:
            found[one.name] = rows
    return found


def _failed_in(name: str, place: str) -> None:
    """Logs the exception that an extractor has raised, the first time: a file has no rows of it then."""
    if name not in _failed:
        _failed.add(name)
        logger.exception("The extractor %s failed in %s", name, place)


_failed: set[str] = set()
"""Extractors whose failure has been logged; it is a mistake of ours, and once says enough."""
