"""CN001: a definition whose job an existing one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from canonry.model import Finding, Location, Match, Related, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.syntax import Definition

MOST_RELATED = 5
"""Existing definitions named in one finding."""
CLOSE = 0.6
"""Others are named too where they are at least this share as probable as the best."""
SURE = 0.85
"""From this probability on a finding says that it exists, below that it may."""


class ReimplementedDefinition(Rule):
    """## What it does
    Finds a function, method or class whose job an existing definition of the workspace already
    does, also under another name and with another body. It is judged while it is being written,
    by its name, signature, documentation, calls, constants and the form of its body.

    ## Why is this bad?
    Two implementations of one thing drift apart: a fix made in one is missing in the other, and
    whoever comes next has to find out which one is right.

    ## Example
    ```python
    # app/money.py has round_half_up(amount, places=2)
    def round_currency(value, digits=2):
        quantum = Decimal(10) ** -digits
        return Decimal(value).quantize(quantum, rounding=ROUND_HALF_UP)
    ```

    ## Use instead
    ```python
    from app.money import round_half_up
    ```

    ## When it stays silent
    - overrides and implementations of a protocol, overloads, properties, abstract methods
    - accessors and wrappers of a line or two, special methods, `main`
    - alternatives under `if` or `try` at module level (platforms, versions, type checking)
    - test cases; definitions whose like is only in tests, while they are not
    - what is ignored by a comment, accepted in the settings, or excluded by `reuse.exclude`
    - a definition that other modules use, where the other one is not used
    """

    code: ClassVar[str] = "CN001"
    name: ClassVar[str] = "reimplemented-definition"
    severity: ClassVar[Severity] = Severity.WARNING
    VALID: ClassVar = ()
    INVALID: ClassVar = ()

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """One finding for each definition that has a match over the threshold."""
        threshold = context.settings.reuse.minimum_probability
        for definition in module.facts.definitions:
            if cancelled():
                return
            matches = [one for one in context.matches(definition) if one.probability >= threshold]
            if matches and not _is_canonical(context.uses(definition), matches[0]):
                yield _finding(self, module, definition, matches, context)


def _is_canonical(uses: int, best: Match) -> bool:
    """Whether others use the definition and not the other one: then that one is the duplicate."""
    return uses > 0 and not best.symbol.uses


def _finding(
    rule: Rule, module: Module, definition: Definition, matches: list[Match], context: RuleContext
) -> Finding:
    best = matches[0]
    evidence = context.explain(definition, best)
    named = [one for one in matches if one.probability >= best.probability * CLOSE][:MOST_RELATED]
    verb = "already exists" if best.probability >= SURE else "may already exist"
    reasons = "; ".join(one.why for one in evidence[:4])
    dotted = (
        f"{module.facts.module}.{definition.local_name}" if module.facts.module else definition.local_name
    )
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f"`{definition.name}` {verb} as `{best.symbol.qualified_name}`: {reasons}",
        severity=rule.severity,
        path=module.location.path,
        range=definition.name_range,
        evidence=evidence,
        related=tuple(
            Related(
                message=f"{'existing' if at == 0 else 'also alike'}: {one.symbol.render()} "
                f"({one.probability:.0%})".replace("%", " %"),
                location=Location(one.symbol.path, one.symbol.name_range),
                qualified_name=one.symbol.qualified_name,
            )
            for at, one in enumerate(named)
        ),
        probability=best.probability,
        symbol=dotted,
    )


__all__ = ["Invalid", "ReimplementedDefinition", "Valid"]
