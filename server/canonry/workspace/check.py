"""Judging the definitions of one file: the context that rules ask, and what decisions take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from canonry.config import Settings
from canonry.index.snapshot import Snapshot
from canonry.match import Query, why
from canonry.match.silence import is_silent
from canonry.model import Evidence, Finding, Location, Match, Position, Range, Severity
from canonry.rules.base import Module, all_rules
from canonry.scopes.comments import is_ignored, read_comments
from canonry.scopes.decisions import is_accepted, is_excluded, is_on, severity_of
from canonry.syntax import Definition
from canonry.workspace.buffers import Document
from canonry.workspace.kept import Kept, Weighed, key_of


class CheckCancelled(Exception):
    """A newer text has come; the check of this one was given up."""


@dataclass(frozen=True)
class Surroundings:
    """What exists: the files on disk (those that are open left out) and the open documents."""

    root: Path
    disk: Snapshot
    open: Snapshot
    documents: Mapping[str, Document]
    settings: Settings


class Checker:
    """Checks one file in one state. Serves as the rules' context."""

    def __init__(self, document: Document, around: Surroundings, kept: Kept | None = None) -> None:
        self.document = document
        self.settings = around.settings
        self._around = around
        self._kept = kept or Kept()
        self._kept.follow(around.documents, around.open)
        self._offers: dict[object, list[tuple[Match, Weighed]]] = {}
        self._told = read_comments(document.facts.ignores)

    def findings(self, cancelled: Callable[[], bool] = lambda: False) -> tuple[Finding, ...]:
        """What the rules say, in order of place. Raises CheckCancelled."""
        found: list[Finding] = []
        document = self.document
        whole = Range(Position(0, 0), Position(document.facts.lines, 0))
        module = Module(Location(document.path, whole), document.relative, document.facts)
        for rule in all_rules():
            severity = severity_of(self.settings, rule.code, rule.name, rule.severity)
            on = is_on(self.settings, rule.code, rule.name, document.relative, rule.default)
            if severity is None or not on:
                continue
            for finding in rule.check(module, self, cancelled):
                if not self._ignored(finding):
                    found.append(_with_severity(finding, severity))
        if cancelled():
            raise CheckCancelled
        return tuple(sorted(found, key=lambda one: (one.range, one.code, one.message)))

    def matches(self, definition: Definition) -> Sequence[Match]:
        """The existing definitions that may do a definition's job, best first; none where it is silent."""
        query = self._query(definition)
        if is_silent(query, self.settings.reuse.minimum_lines):
            return ()
        return [match for match, _ in self._offered(query)]

    def similar(self, definition: Definition) -> tuple[Match, ...]:
        """The same on demand: nothing is silent, and each match has its evidence."""
        offered = self._offered(self._query(definition))
        return tuple(
            Match(match.symbol, match.probability, self._explain(definition, weighed))
            for match, weighed in offered
        )

    def explain(self, definition: Definition, match: Match) -> tuple[Evidence, ...]:
        """The evidence of a match in words, strongest first."""
        for one, weighed in self._offered(self._query(definition)):
            if one is match:
                return self._explain(definition, weighed)
        return match.evidence

    def uses(self, definition: Definition) -> int:
        """How many other modules use a definition of this file."""
        return self.document.uses(definition.local_name)

    def _query(self, definition: Definition) -> Query:
        return Query(definition, self.document.facts.module, self.document.relative)

    def _explain(self, definition: Definition, weighed: Weighed) -> tuple[Evidence, ...]:
        text = "\n".join(self.document.lines[definition.start_line : definition.end_line + 1])
        snapshot = self._around.disk if weighed.on_disk else self._around.open
        return why(
            self._query(definition),
            snapshot,
            weighed.symbol,
            weighed.table,
            text,
            self.document.facts.references,
        )

    def _offered(self, query: Query) -> list[tuple[Match, Weighed]]:
        key = key_of(query.definition)
        known = self._offers.get(key)
        if known is not None:
            return known
        around, settings = self._around, self.settings
        weighed = [
            *self._kept.against_disk(query, around.disk, around.root),
            *self._kept.against_open(query, around.open, around.documents),
        ]
        weighed.sort(key=lambda one: (-one.probability, one.symbol.qualified_name))
        mine = f"{query.module}.{query.definition.local_name}".removeprefix(".")
        today = date.today()
        offered: list[tuple[Match, Weighed]] = []
        if not is_excluded(settings.reuse.exclude, query.path, mine):
            for one in weighed:
                theirs = one.symbol.qualified_name
                path = one.symbol.path.relative_to(around.root).as_posix()
                if is_accepted(settings.accepted, mine, theirs, today):
                    continue
                if not is_excluded(settings.reuse.exclude, path, theirs):
                    offered.append((Match(one.symbol, one.probability), one))
        self._offers[key] = offered
        return offered

    def _ignored(self, finding: Finding) -> bool:
        if not self._told:
            return False
        first = last = finding.range.start.line
        for one in self.document.facts.definitions:
            if one.name_range == finding.range:
                first, last = one.start_line, max(one.name_line, one.body_line - 1)
        return is_ignored(self._told, finding.code, first, last)


def _with_severity(finding: Finding, severity: Severity) -> Finding:
    return finding if finding.severity == severity else replace(finding, severity=severity)
