"""The canonical registry: which definition owns a concept, and which ones it supersedes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from canonry.config import Settings
from canonry.scopes.lessons import Lesson


@dataclass(frozen=True)
class Marked:
    """What marker comments say, by qualified name."""

    canonical: frozenset[str] = frozenset()
    superseded: Mapping[str, str] = field(default_factory=dict)
    """For a superseded definition the one to use."""


@dataclass(frozen=True)
class Superseding:
    """One entry: what is superseded (`*` for all members of a module or class), by what, and who says so."""

    pattern: str
    replacement: str
    concept: str = ""
    """The concept that the settings name; empty for a comment."""
    lesson: Lesson | None = None
    """The lesson that says so. Its replacement is a text where it names no definition, or empty."""

    @property
    def owner(self) -> str:
        """The module or class whose members are meant, where the pattern ends in `.*`."""
        return self.pattern.removesuffix(".*") if self.pattern.endswith(".*") else ""

    def covers(self, dotted: str) -> bool:
        """Whether a definition is among what is superseded: the one itself, or a member of the owner."""
        if dotted == self.replacement:
            return False
        return dotted.rpartition(".")[0] == self.owner if self.owner else dotted == self.pattern


def declared_canonical(settings: Settings, marked: Marked) -> frozenset[str]:
    """What the settings and comments declare to own its concept, by qualified name."""
    return marked.canonical | {one.symbol for one in settings.canonical.values()}


def superseded(settings: Settings, marked: Marked) -> tuple[Superseding, ...]:
    """All entries; the settings' first, so that they win over comments."""
    declared = [
        Superseding(pattern, one.symbol, concept)
        for concept, one in settings.canonical.items()
        for pattern in one.supersedes
    ]
    comments = [Superseding(old, new) for old, new in sorted(marked.superseded.items())]
    return (*declared, *comments)
