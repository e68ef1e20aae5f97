"""Judging the definitions of one file: the context that rules ask, and what decisions take back."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from canonry.config import Accepted
from canonry.index.extraction import Extractor, R
from canonry.match import SEARCH, Query, does_the_opposite, is_the_same, least_cosine, weights_of
from canonry.match.silence import is_silent, may_go_on
from canonry.model import Evidence, Finding, Location, Match, Position, Range, Severity, Symbol, Trait
from canonry.rules.base import CLOSE, Module, Rule, Wanted, all_rules, any_place
from canonry.rules.facts.markers import MARKERS, marked
from canonry.rules.facts.service_imports import leans_on
from canonry.rules.useless_ignore import UselessIgnore
from canonry.scopes.decisions import accepting, ignoring_file, is_excluded, is_on, severity_of
from canonry.scopes.lessons import Lessons
from canonry.scopes.registry import Marked, declared_canonical
from canonry.scopes.roles import Role, role_of
from canonry.scopes.services import Services
from canonry.scopes.suites import Collected
from canonry.syntax import Definition, ModuleFacts
from canonry.workspace.buffers import Document
from canonry.workspace.ignored import Comments
from canonry.workspace.judging import Profile, RulesOn, asked_of, judge, one_for_each_cause
from canonry.workspace.kept import Kept, Surroundings, View, Weighed
from canonry.workspace.surveying import Survey

T = TypeVar("T")

USELESS = UselessIgnore()
NEARLY = 0.6
"""A declared definition is offered first where it is at least this share as probable as the best."""
AS_GOOD = 0.95
"""Of copies that are all at least this share as probable as the best, one is as good as another."""


class CheckCancelled(Exception):
    """A newer text has come; the check of this one was given up."""


class Checker:
    """Checks one file in one state. Serves as the rules' context."""

    def __init__(
        self,
        document: Document,
        rules: RulesOn,
        around: Callable[[], Surroundings],
        survey: Survey,
        kept: Kept | None = None,
        passing: Container[int] | None = None,
        known: Mapping[str, Sequence[Finding]] | None = None,
    ) -> None:
        """`around` is asked when something has to be compared. `passing` are the definitions, by their place
        in the facts, that may have a match; None for all. `known` is what some rules say, by code.
        """
        self.document = document
        self.settings = rules.settings
        self._rules = rules.of(document.relative)
        self._surroundings = around
        self._survey = survey
        self._kept = kept or Kept()
        self._judged = kept.judged if kept is not None else None
        self._passing = passing
        self._known = known
        self._asking = ""
        """The code of the rule that is asked now."""
        self.accepted: set[tuple[str, Accepted]] = set()
        """The groups of the settings that have taken back a finding, each with the rule's code."""
        self.matching: set[str] = set()
        """The codes of the rules that have asked for matches."""
        self.said: list[Finding] = []
        """What the rules have said, before decisions and with one cause for several."""
        self._offers: dict[object, list[tuple[Match, Weighed]]] = {}
        self._comments = Comments(document)

    @cached_property
    def _around(self) -> Surroundings:
        return self._surroundings()

    @cached_property
    def _view(self) -> View:
        return self._kept.view(self.document.relative, self._around)

    def findings(
        self, cancelled: Callable[[], bool] = lambda: False, profile: Profile | None = None
    ) -> tuple[Finding, ...]:
        """What the rules say, in order of place. Raises CheckCancelled. `profile` gets seconds by code."""
        rules = self._rules
        self.said = asked_of(
            rules, self._module(), self, self._judged, cancelled, profile, self._known, self._begun
        )
        if cancelled():
            raise CheckCancelled
        told = self._told(one_for_each_cause(self.said, rules))
        return self._with_useless(told) if self._comments.all else told

    def _begun(self, code: str) -> None:
        self._asking = code

    def _with_useless(self, told: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings, and those about comments that have ignored nothing."""
        path, module = self.document.relative, self._module()
        if not is_on(self.settings, USELESS.code, USELESS.name, path):
            return told
        asked = [one.code for one in self._rules if one.tests or not module.is_test]
        names = [name for rule in all_rules() for name in rule.names(self.settings)]
        comments = self._comments
        useless = self._told(list(USELESS.about(module, comments.all, comments.used, asked, names)))
        return tuple(sorted((*told, *useless), key=lambda one: (one.range, one.code, one.message)))

    def ignoring_settings(self) -> frozenset[tuple[str, str]]:
        """The entries of `per-file-ignores` (glob, what it names) that take back findings of this file."""
        settings, path = self.settings, self.document.relative

        def entries(rule: Rule) -> list[tuple[str, str]]:
            return [
                one for name in rule.names(settings) for one in ignoring_file(settings, rule.code, name, path)
            ]

        if not settings.per_file_ignores:
            return frozenset()
        without = replace(settings, per_file_ignores={})
        rules_on, around = RulesOn(without), self._surroundings
        other = Checker(self.document, rules_on, around, self._survey, passing=self._passing)
        rules = [rule for rule in other._rules if entries(rule)]
        found = other._told(judge(rules, other._module(), other, None, lambda: False)) if rules else ()
        return frozenset(
            entry for one in found for entry in ignoring_file(settings, one.code, one.name, path)
        )

    def offered(self, code: str) -> tuple[Finding, ...]:
        """What one rule says of the text as it is now, nothing kept: its fixes are of this text."""
        if code == USELESS.code:  # it depends on what all others say
            found = judge(self._rules, self._module(), self, None, lambda: False)
            return tuple(one for one in self._with_useless(self._told(found)) if one.code == code)
        rules = [rule for rule in self._rules if rule.code == code]
        return self._told(judge(rules, self._module(), self, None, lambda: False))

    def _module(self) -> Module:
        document = self.document
        path = document.relative
        whole = Range(Position(0, 0), Position(document.facts.lines, 0))
        return Module(
            Location(document.path, whole),
            path,
            document.facts,
            document.tree,
            document.text,
            role_of(path, self.settings),
            self.services.of(path),
            document.version,
        )

    def _told(self, found: Sequence[Finding]) -> tuple[Finding, ...]:
        """What decisions leave, with the severities of the settings."""
        told: list[Finding] = []
        for one in found:
            severity = severity_of(self.settings, one.code, one.name, one.severity)
            if severity is not None and not self._comments.take_back(one):
                told.append(_with_severity(one, severity))
        return tuple(sorted(told, key=lambda one: (one.range, one.code, one.message)))

    def matches(self, definition: Definition) -> Sequence[Match]:
        """The existing definitions that may do a definition's job, best first.

        Those that are at least `CLOSE` times as probable as the threshold, without what is another service's;
        none where it is silent. With a threshold of 0 nothing is silent. What has too few lines, and is still
        being written, is compared with those that have enough.
        """
        self.matching.add(self._asking)
        query = self._query(definition)
        reuse = self.settings.reuse
        place = self._places[id(definition)]
        if self._passing is not None and place not in self._passing:
            return ()
        begun = False
        if reuse.minimum_probability > 0 and is_silent(query, reuse.minimum_lines):
            begun = self._is_begun(definition) and not is_silent(query, 0)
            if not begun:
                return ()
        if f"{query.module}.{definition.local_name}".removeprefix(".") in self._registry.canonical:
            return ()  # what the team has declared to be the one is no duplicate of another
        total = self._view.snapshot.statistics.total
        least = least_cosine(reuse.minimum_probability, total) if query.has_body else 0.0
        offered = self._offered(query, self._least())
        if query.traits & Trait.DUNDER and reuse.minimum_probability > 0:
            offered = [
                (match, weighed)
                for match, weighed in offered
                if match.symbol.name == definition.name and is_the_same(weighed.table)
            ]
        if begun:
            offered = [one for one in offered if one[1].body_lines(self._around) >= reuse.minimum_lines]
        matches = [
            match
            for match, weighed in offered
            if weighed.table[SEARCH] >= least
            and (reuse.minimum_probability == 0 or not does_the_opposite(weighed.table))
        ]
        matches = self._in_reach_first(matches)
        if not matches or reuse.across_services:
            return matches
        services, root = self.services, self._around.root
        mine = services.of(query.path)

        def may_use(one: Match) -> bool:
            theirs = services.of(one.symbol.path.relative_to(root).as_posix())
            return services.may_import(mine, theirs) or leans_on(mine, theirs, self)

        return [one for one in matches if may_use(one)]

    def similar(self, definition: Definition) -> tuple[Match, ...]:
        """The same on demand: nothing is silent, and each match has its evidence and what that weighs."""
        query = self._query(definition)
        return tuple(
            Match(
                match.symbol,
                match.probability,
                self._explain(query, weighed),
                weights_of(weighed.table, query.has_body, self._view.snapshot.statistics.total),
            )
            for match, weighed in self._offered(query, 0.0)
        )

    def explain(self, definition: Definition, match: Match) -> tuple[Evidence, ...]:
        """The evidence of a match in words, strongest first."""
        query = self._query(definition)
        for one, weighed in self._offered(query, self._least()):
            if one is match:
                return self._explain(query, weighed)
        return match.evidence

    def _least(self) -> float:
        return self.settings.reuse.minimum_probability * CLOSE

    def uses(self, definition: Definition) -> int:
        """How many other modules use a definition of this file."""
        return self.document.uses(definition.local_name)

    # Other files

    def is_new(self, definition: Definition) -> bool:
        """Whether the file on disk has no definition of its name."""
        return definition.local_name not in self._around.disk.names_on_disk(self.document.relative)

    @property
    def services(self) -> Services:
        """Which service each file belongs to."""
        return self._survey.services

    @property
    def lessons(self) -> Lessons:
        """What the team has learned."""
        return self._survey.lessons

    def collected(self, path: str) -> Collected:
        """By which names pytest finds tests in a file."""
        return self._survey.collected(path)

    def is_accepted(self, first: str, second: str) -> bool:
        """Whether the settings say that two definitions, by qualified name, may do the same."""
        group = accepting(self.settings.accepted, first, second, date.today())
        if group is not None:
            self.accepted.add((self._asking, group))
        return group is not None

    def role(self, path: str) -> Role:
        """What a file is for."""
        return self._survey.role(path)

    def paths_of_module(self, dotted: str) -> tuple[str, ...]:
        """The files that are imported under a dotted name."""
        return self._survey.paths_of_module(dotted)

    def module_at(self, dotted: str, service: str = "") -> tuple[str, str] | None:
        """The module that a dotted name leads to, as (path, rest of the name)."""
        return self._survey.module_at(dotted, service)

    def canonical(self, dotted: str) -> str:
        """A dotted name with re-exports followed."""
        return self._survey.canonical(dotted)

    def bases(self, path: str, definition: Definition) -> tuple[str, ...]:
        """The bases of a class in a file as dotted names."""
        return self._survey.bases(path, definition)

    def definition(self, dotted: str) -> Symbol | None:
        """The definition of a dotted name."""
        return self._survey.definition(dotted)

    def definitions_named(self, name: str, wanted: Wanted = any_place, most: int = 0) -> Sequence[Symbol]:
        """The definitions of the workspace with exactly this name."""
        return self._survey.definitions_named(name, wanted, most)

    def relative(self, path: Path) -> str:
        """An absolute path relative to the workspace."""
        return self._survey.relative(path)

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of a file."""
        return self._survey.facts(path)

    def files_referring(self, dotted: str) -> frozenset[str]:
        """The files that refer to a dotted name."""
        return self._survey.files_referring(dotted)

    def importers(self, dotted: str) -> frozenset[str]:
        """The files that import a definition by its name."""
        return self._survey.importers(dotted)

    def rows_of(self, extractor: Extractor[R], path: str) -> tuple[R, ...]:
        """What an extractor found in one file."""
        return self._survey.rows_of(extractor, path)

    def rows(self, extractor: Extractor[R], key: str) -> list[tuple[str, R]]:
        """The rows that have a key, each with its file."""
        return self._survey.rows(extractor, key)

    def all_rows(self, extractor: Extractor[R]) -> Mapping[str, tuple[R, ...]]:
        """All rows of an extractor, by path."""
        return self._survey.all_rows(extractor)

    def derived(self, extractor: Extractor[R], build: Callable[[Mapping[str, tuple[R, ...]]], T]) -> T:
        """What `build` makes of all rows."""
        return self._survey.derived(extractor, build)

    def location(self, path: str, line: int, column: int = 0, end_column: int | None = None) -> Location:
        """A stretch of a line of any file."""
        return self._survey.location(path, line, column, end_column)

    # Parts

    @cached_property
    def _registry(self) -> Marked:
        """What is declared, in the settings and by comments."""
        told = self._survey.derived(MARKERS, marked)
        return Marked(declared_canonical(self.settings, told), told.superseded)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(one): at for at, one in enumerate(self.document.facts.definitions)}

    def _query(self, definition: Definition) -> Query:
        return query_of(self.document, definition)

    def _is_begun(self, definition: Definition) -> bool:
        """Whether a function is not on disk yet, and more may follow of what is written of it."""
        body = self.document.lines[definition.body_line : definition.end_line + 1]
        return definition.body_line > definition.name_line and may_go_on(body) and self.is_new(definition)

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
                for one in weighed:
                    symbol = one.symbol(around)
                    if symbol is None or self._is_accepted(mine, symbol, one):
                        continue
                    if not is_excluded(settings.reuse.exclude, one.path, symbol.qualified_name):
                        offered.append((Match(symbol, one.probability), one))
            offered.sort(key=_by_probability)
            offered = _declared_first(offered, self._registry.canonical)
        self._offers[key] = offered
        return offered

    def _in_reach_first(self, matches: list[Match]) -> list[Match]:
        """The same, where what a program would not import comes behind what is as good, and as sure to be
        said: a test, a script, what stands inside of a definition.
        """
        if len(matches) < 2 or role_of(self.document.relative, self.settings) is not Role.SOURCE:
            return matches
        best, root = matches[0].probability, self._around.root
        as_good = max(best * AS_GOOD, min(best, self.settings.reuse.minimum_probability))

        def place(one: Match) -> int:
            if one.probability < as_good:
                return 2
            role = role_of(one.symbol.path.relative_to(root).as_posix(), self.settings)
            return 0 if one.symbol.importable and role in (Role.SOURCE, Role.MIGRATION) else 1

        return sorted(matches, key=place)

    def _is_accepted(self, mine: str, symbol: Symbol, weighed: Weighed) -> bool:
        """As `is_accepted`; counted where there would be a finding without it."""
        if weighed.probability >= self.settings.reuse.minimum_probability:
            return self.is_accepted(mine, symbol.qualified_name)
        return accepting(self.settings.accepted, mine, symbol.qualified_name, date.today()) is not None


def _declared_first(
    offered: list[tuple[Match, Weighed]], canonical: frozenset[str]
) -> list[tuple[Match, Weighed]]:
    """The same with declared definitions first, of those that are nearly as probable as the best."""
    if not offered or not canonical:
        return offered
    least = offered[0][0].probability * NEARLY

    def behind(one: tuple[Match, Weighed]) -> bool:
        return one[0].symbol.qualified_name not in canonical or one[0].probability < least

    return sorted(offered, key=behind)


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
