"""Open documents: their text wins over the disk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from canonry.index.segment import Segment, build_segment
from canonry.syntax import ModuleFacts, ModuleParser


@dataclass
class Document:
    """One state of an open document, read."""

    path: Path
    relative: str
    text: str
    version: int | None
    facts: ModuleFacts
    bases: tuple[Segment, ...]
    """Where uses by other modules are counted."""

    @cached_property
    def segment(self) -> Segment:
        """Its definitions as a part of a snapshot."""
        return build_segment([(self.relative, self.facts)])

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return split_lines(self.text)

    def uses(self, local_name: str) -> int:
        """How many other modules use a definition, or the top-level one that encloses it."""
        if not self.facts.module:
            return 0
        dotted = f"{self.facts.module}.{local_name.partition('.')[0]}"
        users = {one.paths[file] for one in self.bases for file in one.files_referring(dotted)}
        users.discard(self.relative)
        return len(users)


class Buffer:
    """An open document over time. `text` may be set at any moment; it is read when it is asked for."""

    def __init__(
        self, path: Path, relative: str, parser: ModuleParser, text: str, version: int | None
    ) -> None:
        self.path = path
        self.relative = relative
        self.text = text
        self.version = version
        self._parser = parser
        self._document: Document | None = None

    def document(self, bases: tuple[Segment, ...]) -> Document:
        """The newest state, read."""
        known = self._document
        text, version = self.text, self.version
        if known is not None and known.text is text and known.version == version and known.bases == bases:
            return known
        same = known is not None and known.text == text
        facts = known.facts if known is not None and same else self._parser.read(text)
        self._document = Document(self.path, self.relative, text, version, facts, bases)
        return self._document


def split_lines(text: str) -> list[str]:
    """Lines as editors and Python count them: ended by line feed, carriage return, or both."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
