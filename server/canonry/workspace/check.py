"""Judging the definitions of one file: the context that rules ask, and what decisions take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from canonry.match import Query
from canonry.match.silence import is_silent
from canonry.model import Evidence, Finding, Location, Match, Position, Range, Severity
from canonry.rules.base import Module, all_rules
from canonry.scopes.comments import is_ignored, read_comments
from canonry.scopes.decisions import is_accepted, is_excluded, is_on, severity_of
from canonry.syntax import Definition
from canonry.workspace.buffers import Document
from canonry.workspace.kept import Kept, Surroundings, Weighed


class CheckCancelled(Exception):
    """A newer text has come; the check of this one was given up."""


class Checker:
    """Checks one file in one state. Serves as the rules' context."""

    def __init__(self, document: Document, around: Surroundings, kept: Kept | None = None) -> None:
        self.document = document
        self.settings = around.settings
        self._around = around
        self._view = (kept or Kept()).view(document.relative, around)
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
        """The existing definitions that may do a definition's job, best first.

        Those over the threshold alone; none where it is silent.
        """
        query = self._query(definition)
        reuse = self.settings.reuse
        if is_silent(query, reuse.minimum_lines):
            return ()
        return [match for match, _ in self._offered(query, reuse.minimum_probability)]

    def similar(self, definition: Definition) -> tuple[Match, ...]:
        """The same on demand: nothing is silent, and each match has its evidence."""
        query = self._query(definition)
        return tuple(
            Match(match.symbol, match.probability, self._explain(query, weighed))
            for match, weighed in self._offered(query, 0.0)
        )

    def explain(self, definition: Definition, match: Match) -> tuple[Evidence, ...]:
        """The evidence of a match in words, strongest first."""
        query = self._query(definition)
        for one, weighed in self._offered(query, self.settings.reuse.minimum_probability):
            if one is match:
                return self._explain(query, weighed)
        return match.evidence

    def uses(self, definition: Definition) -> int:
        """How many other modules use a definition of this file."""
        return self.document.uses(definition.local_name)

    def _query(self, definition: Definition) -> Query:
        return query_of(self.document, definition)

    def _explain(self, query: Query, weighed: Weighed) -> tuple[Evidence, ...]:
        lines = self.document.lines[query.definition.start_line : query.definition.end_line + 1]
        return weighed.why(query, self._view, "\n".join(lines), self.document.facts.references)

    def _offered(self, query: Query, least: float) -> list[tuple[Match, Weighed]]:
        key = (query.definition.start_line, query.definition.local_name, least)
        known = self._offers.get(key)
        if known is not None:
            return known
        around, settings = self._around, self.settings
        weighed = [one for one in self._view.matches(query) if one.probability >= least]
        offered: list[tuple[Match, Weighed]] = []
        if weighed:
            mine = f"{query.module}.{query.definition.local_name}".removeprefix(".")
            if not is_excluded(settings.reuse.exclude, query.path, mine):
                today = date.today()
                for one in weighed:
                    symbol = one.symbol(around)
                    if symbol is None or is_accepted(settings.accepted, mine, symbol.qualified_name, today):
                        continue
                    if not is_excluded(settings.reuse.exclude, one.path, symbol.qualified_name):
                        offered.append((Match(symbol, one.probability), one))
            offered.sort(key=_by_probability)
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


def _by_probability(one: tuple[Match, Weighed]) -> tuple[object, ...]:
    match = one[0]
    return -match.probability, match.symbol.qualified_name, match.symbol.path, match.symbol.name_range


def query_of(document: Document, definition: Definition) -> Query:
    """A definition of a document as the matcher asks for it."""
    definitions = document.facts.definitions
    owner = definitions[definition.parent] if definition.parent >= 0 else None
    return Query(definition, document.facts.module, document.relative, owner)


def _with_severity(finding: Finding, severity: Severity) -> Finding:
    return finding if finding.severity == severity else replace(finding, severity=severity)
