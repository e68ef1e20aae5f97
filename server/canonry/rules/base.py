"""What a rule is: documentation, examples and check in one class, found by walking the package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Protocol

from canonry.config import Settings
from canonry.model import Evidence, Finding, Location, Match, Severity
from canonry.syntax import Definition, ModuleFacts


@dataclass(frozen=True, slots=True)
class Valid:
    """Code on which a rule is silent, and why. A dictionary of several files is a workspace."""

    why: str
    code: str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Invalid:
    """Code on which a rule speaks: at each line with a comment `# want: CN001 [text in the message]`."""

    what: str
    code: str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Module:
    """The file that is being checked."""

    location: Location
    """Its path and the range of its whole text."""
    path: str
    """Relative to the workspace, with `/`."""
    facts: ModuleFacts


class RuleContext(Protocol):
    """What a rule may ask for."""

    settings: Settings

    def matches(self, definition: Definition) -> Sequence[Match]:
        """The existing definitions that may do a definition's job, best first; none where it is silent."""

    def explain(self, definition: Definition, match: Match) -> tuple[Evidence, ...]:
        """The evidence of a match in words, strongest first."""

    def uses(self, definition: Definition) -> int:
        """How many other modules use a definition of the file that is checked."""


class Rule:
    """One rule. Its docstring has the headings What it does, Why is this bad?, Example, Use instead,
    When it stays silent.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    default: ClassVar[bool] = True
    VALID: ClassVar[Sequence[Valid]] = ()
    INVALID: ClassVar[Sequence[Invalid]] = ()

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """The findings of a module."""
        raise NotImplementedError


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the package, by code."""
    package = importlib.import_module("canonry.rules")
    found: list[Rule] = []
    for entry in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"canonry.rules.{entry.name}")
        for value in vars(module).values():
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, Rule) and value is not Rule:
                found.append(value())
    return tuple(sorted(found, key=lambda rule: rule.code))
