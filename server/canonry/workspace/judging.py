"""Running the rules on one module: what can be kept of the last run is, one rule's mistake stops no other.

Invariant: the findings are those of a run from nothing. What a rule says of the top-level statements of a
piece of the text is kept only where the rule declares (by having `check_statement`) that it depends on the
statement's text and on what `_surroundings` has.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from canonry.config import Settings
from canonry.model import Finding, Position, Range
from canonry.rules.base import Module, Rule, RuleContext, all_rules
from canonry.scopes.decisions import globs_over, is_on
from canonry.scopes.services import Services
from canonry.syntax import ModuleTree
from canonry.syntax.pieces import Piece

logger = logging.getLogger(__name__)

Profile = dict[str, float]
"""Seconds by code."""

_failed: set[str] = set()
"""Rules whose failure has been logged."""


@dataclass
class Judged:
    """What rules have said of a document's pieces, from one check to the next."""

    around: object = None
    kept: dict[object, tuple[int, tuple[Finding, ...]]] = field(default_factory=dict)


class RulesOn:
    """The rules that are on under one state of the settings, file by file."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._known: dict[tuple[str, ...], tuple[Rule, ...]] = {}

    def of(self, path: str) -> tuple[Rule, ...]:
        """Those of the file with this path, relative to the workspace."""
        globs = globs_over(self.settings, path)
        known = self._known.get(globs)
        if known is None:
            known = self._known[globs] = tuple(rule for rule in all_rules() if self._is_on(rule, path))
        return known

    def _is_on(self, rule: Rule, path: str) -> bool:
        settings = self.settings
        return any(is_on(settings, rule.code, name, path, rule.default) for name in rule.names(settings))


def judge(
    rules: Sequence[Rule],
    module: Module,
    context: RuleContext,
    judged: Judged | None,
    cancelled: Callable[[], bool],
    profile: Profile | None = None,
) -> list[Finding]:
    """The findings of some rules, one for each cause. Ends early where `cancelled` turns true.

    `judged` is what the last check of the document has kept; None where no other check will follow.
    """
    found = asked_of(rules, module, context, judged, cancelled, profile)
    return one_for_each_cause(found, rules)


def asked_of(
    rules: Sequence[Rule],
    module: Module,
    context: RuleContext,
    judged: Judged | None,
    cancelled: Callable[[], bool],
    profile: Profile | None = None,
    known: Mapping[str, Sequence[Finding]] | None = None,
    begun: Callable[[str], None] = lambda code: None,
) -> list[Finding]:
    """The same with all that each rule says. `known` is what some rules say, by code: they are not asked.

    `begun` is told the code of each rule before it is asked.
    """
    found: list[Finding] = []
    following: dict[object, tuple[int, tuple[Finding, ...]]] = {}
    kept: Mapping[object, tuple[int, tuple[Finding, ...]]] = {}
    if judged is not None and rules:
        around = _surroundings(module, context.settings, context.services)
        kept = judged.kept if judged.around == around else {}
        judged.around = around
    for rule in rules:
        if cancelled():
            return found
        if known is not None and rule.code in known:
            found.extend(known[rule.code])
            continue
        if module.is_test and not rule.tests:
            continue
        if profile is not None:
            profile.setdefault(rule.code, 0.0)
        if not rule.is_used(context.settings) or not _may_speak(rule, module.tree):
            continue
        begun(rule.code)
        started = perf_counter()
        try:
            if type(rule).check_statement is not Rule.check_statement:
                found.extend(_by_statement(rule, module, context, kept, following))
            if type(rule).check is not Rule.check:
                found.extend(rule.check(module, context, cancelled))
        except Exception:
            if rule.code not in _failed:
                _failed.add(rule.code)
                logger.exception("%s (%s) failed in %s", rule.code, rule.name, module.path)
        if profile is not None:
            profile[rule.code] += perf_counter() - started
    if judged is not None:
        judged.kept = following
    return found


def _may_speak(rule: Rule, text: ModuleTree | Piece) -> bool:
    return not rule.signs or any(map(text.holds, rule.signs))


def _surroundings(module: Module, settings: Settings, services: Services) -> object:
    """All that a statement's findings may depend on beside its text."""
    facts = module.facts
    return (
        facts.module,
        facts.is_package,
        module.path,
        module.role,
        module.service,
        module.tree.module_scope,  # the same one as long as the names are the same
        settings,
        services,
    )


def _by_statement(
    rule: Rule,
    module: Module,
    context: RuleContext,
    known: Mapping[object, tuple[int, tuple[Finding, ...]]],
    following: dict[object, tuple[int, tuple[Finding, ...]]],
) -> Iterable[Finding]:
    for piece in module.tree.pieces:
        key = (rule.code, piece.data)
        kept = known.get(key) or following.get(key)
        if kept is None or (rule.names_lines and kept[0] != piece.line and kept[1]):
            may_speak = _may_speak(rule, piece)
            found = [
                one
                for statement in (piece.root.children if may_speak else ())
                for one in rule.check_statement(statement, module, context)
            ]
            kept = (piece.line, tuple(found))
        elif kept[0] != piece.line and kept[1]:
            kept = (piece.line, tuple(_moved(one, piece.line - kept[0]) for one in kept[1]))
        following[key] = kept
        yield from kept[1]


def _moved(finding: Finding, by: int) -> Finding:
    """The same some lines further down. Its fixes are of the older text: whoever applies one asks anew."""
    related = tuple(
        replace(one, location=replace(one.location, range=_down(one.location.range, by)))
        if one.location.path == finding.path
        else one
        for one in finding.related
    )
    covers = None if finding.covers is None else _down(finding.covers, by)
    return replace(finding, range=_down(finding.range, by), related=related, covers=covers)


def _down(range: Range, by: int) -> Range:
    start, end = range.start, range.end
    return Range(Position(start.line + by, start.column), Position(end.line + by, end.column))


def one_for_each_cause(found: list[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """The findings without those that a more specific rule's finding says already."""
    beats = {rule.code: frozenset(rule.beats) for rule in rules if rule.beats}
    strong = [(one, beats[one.code]) for one in found if one.code in beats]
    if not strong:
        return found

    def is_said(finding: Finding) -> bool:
        for other, weaker in strong:
            covered = other.covers or other.range
            if finding.code in weaker and covered.start <= finding.range.start <= covered.end:
                return True
        return False

    return [one for one in found if not is_said(one)]
