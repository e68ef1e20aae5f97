"""Open documents: their text wins over the disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from canonry.index.extraction import Extractor, R
from canonry.index.segment import Segment, build_segment
from canonry.index.snapshot import Snapshot
from canonry.syntax import Definition, ModuleFacts, ModuleParser, ModuleTree

Key = tuple[object, ...]
Place = tuple[str, int]
"""A definition's qualified name within its module, and how many of that name stand before it."""


@dataclass
class Document:
    """One state of an open document, read."""

    path: Path
    relative: str
    text: str
    version: int | None
    tree: ModuleTree
    disk: Snapshot
    """Where uses by other modules are counted."""
    counted: dict[str, int] = field(default_factory=dict)
    """Uses that are known already, by top-level name; the states of a document share them."""

    extracted: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """Rows of extractors that have been asked for."""
    opening: str | None = None
    """The text that it was opened with; None for a file that is not open."""

    def was_there(self, name: str) -> bool:
        """Whether a definition of a name may have been there when the document was opened, before anything
        was typed; True for a file that is not open.
        """
        words = rf"\b(?:def|class)\s+{re.escape(name)}\b"
        return self.opening is None or re.search(words, self.opening) is not None

    @property
    def facts(self) -> ModuleFacts:
        """What is known of its text."""
        return self.tree.facts

    def rows(self, extractor: Extractor[R]) -> tuple[R, ...]:
        """What an extractor finds in its text."""
        known = self.extracted.get(extractor.name)
        if known is None:
            known = self.extracted[extractor.name] = tuple(extractor.read(self.tree))
        return known

    @cached_property
    def segment(self) -> Segment:
        """Its definitions as a part of a snapshot."""
        return build_segment([(self.relative, self.facts)], uses=self.uses)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return split_lines(self.text)

    @cached_property
    def places(self) -> list[tuple[Place, Key]]:
        """Where each definition stands, and all that its matches depend on; in order."""
        from canonry.workspace.kept import key_of

        found: list[tuple[Place, Key]] = []
        seen: Counter[str] = Counter()
        definitions = self.facts.definitions
        for one in definitions:
            owner = definitions[one.parent] if one.parent >= 0 else None
            found.append(((one.local_name, seen[one.local_name]), key_of(one, owner)))
            seen[one.local_name] += 1
        return found

    @cached_property
    def at_place(self) -> dict[Place, Definition]:
        """The definitions by place."""
        return {place: one for (place, _), one in zip(self.places, self.facts.definitions, strict=True)}

    def uses(self, local_name: str) -> int:
        """How many other modules use a definition, or the top-level one that encloses it.

        The index has counted it where the definition is on disk; what is new is counted by its name.
        """
        name = local_name.partition(".")[0]
        known = self.counted.get(name)
        if known is None:
            known = self.counted[name] = self._count(name)
        return known

    def _count(self, name: str) -> int:
        row = self.disk.row(self.relative, name)
        if row is not None:
            return self.disk.uses(row)
        if not self.facts.module:
            return 0
        return len(self.disk.files_referring(f"{self.facts.module}.{name}") - {self.relative})


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a file's reading depends on beside its text."""

    module: str
    is_package: bool
    test_module: bool


class Buffer:
    """An open document over time. `text` may be set at any moment; it is read when it is asked for."""

    def __init__(
        self, path: Path, relative: str, text: str, version: int | None, opening: str | None = None
    ) -> None:
        """`opening` is the text that it was opened with; None where that is `text`."""
        self.path = path
        self.relative = relative
        self.text = text
        self.version = version
        self.opening = text if opening is None else opening
        self._read_as: ReadAs | None = None
        self._parser = ModuleParser()
        self._document: Document | None = None

    def document(self, disk: Snapshot, read_as: Callable[[], ReadAs]) -> Document:
        """The newest state, read. `read_as` is asked again when the index has changed."""
        known = self._document
        text, version = self.text, self.version
        if known is None or known.disk is not disk:
            now = read_as()
            if now != self._read_as:
                self._read_as = now
                self._parser = ModuleParser(now.module, now.is_package, now.test_module)
                known = None
        elif known.text is text and known.version == version:
            return known
        same = known is not None and known.text == text
        tree = known.tree if known is not None and same else self._parser.read_tree(text)
        counted = known.counted if known is not None and known.disk is disk else {}
        extracted = known.extracted if known is not None and same else {}
        self._document = Document(
            self.path, self.relative, text, version, tree, disk, counted, extracted, self.opening
        )
        return self._document


def split_lines(text: str) -> list[str]:
    """Lines as editors and Python count them: ended by line feed, carriage return, or both."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
