"""What a rule is: documentation, examples and check in one class, found by walking the package.

docs/writing-rules.md says how one is written.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

import msgspec
from tree_sitter import Node

from canonry.config import Settings
from canonry.edits.import_place import import_place
from canonry.edits.ordering import MEMBER_KEYS, sorted_place
from canonry.edits.sources import relative_module
from canonry.index.extraction import Extractor, R
from canonry.model import (
    Applicability,
    Evidence,
    FileEdit,
    Finding,
    Fix,
    Location,
    Match,
    OfferedFix,
    Position,
    Priority,
    Range,
    Refusal,
    Related,
    Severity,
    Symbol,
    Tag,
    TextEdit,
)
from canonry.scopes.lessons import Lessons
from canonry.scopes.roles import Role
from canonry.scopes.services import Services
from canonry.scopes.suites import Collected
from canonry.syntax import Call, Definition, ModuleFacts, ModuleTree
from canonry.syntax.signs import Sign
from canonry.syntax.tree import ancestors

T = TypeVar("T")

CLOSE = 0.25
"""Beside the best match others are named where they are at least this share as probable."""


@dataclass(frozen=True, slots=True)
class Valid:
    """Code on which a rule is silent, and why. A dictionary of several files is a workspace."""

    why: str
    code: str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Invalid:
    """Code on which a rule speaks: at each line with a comment `# want: CN001 [text in the message]`.

    `fixed` is what the first finding's first fix makes of the code, comments `# want:` taken away in both;
    for several files those that change. `applicability` is that fix's.
    """

    what: str
    code: str | dict[str, str]
    fixed: str | dict[str, str] | None = None
    applicability: Applicability = Applicability.SAFE


@dataclass(frozen=True, slots=True)
class Module:
    """The file that is being checked."""

    location: Location
    """Its path and the range of its whole text."""
    path: str
    """Relative to the workspace, with `/`."""
    facts: ModuleFacts
    tree: ModuleTree
    text: str
    role: Role = Role.SOURCE
    service: str = ""
    """The service it belongs to, "" for none."""
    version: int | None = None

    @property
    def is_test(self) -> bool:
        """Whether it is a test module, a conftest or a helper of tests."""
        return self.role.is_test

    @property
    def is_production(self) -> bool:
        """Whether it is neither a test nor a script nor a migration."""
        return self.role is Role.SOURCE

    # What a fix is made of

    def replace(self, node: Node, text: str) -> TextEdit:
        """The edit that puts `text` in a node's place."""
        return TextEdit(self.tree.range(node), text)

    def insert(self, line: int, column: int, text: str) -> TextEdit:
        """The edit that puts `text` at a place (code points)."""
        at = Position(line, column)
        return TextEdit(Range(at, at), text)

    def append_argument(self, last: Node, text: str) -> TextEdit:
        """The edit that puts an argument behind the last of a call, on its own line where that has one."""
        line_start = self.tree.data.rfind(b"\n", 0, last.start_byte) + 1
        indent = self.tree.data[line_start : last.start_byte].decode("utf-8", "replace")
        end = self.tree.range(last).end
        return self.insert(end.line, end.column, f", {text}" if indent.strip() else f",\n{indent}{text}")

    def call_instead(self, call: Call, name: str) -> list[TextEdit]:
        """The edits that call another method of the same object; arguments below the first stay below it."""
        method = call.function.child_by_field_name("attribute")
        if method is None:
            return []
        edits = [self.replace(method, name)]
        longer = len(name) - len(self.tree.text(method))
        held = call.node.child_by_field_name("arguments")
        first = next((one for one in call.arguments), None)
        if not longer or held is None or first is None or first.start_point[0] != held.start_point[0]:
            return edits
        lines = self.tree.data.split(b"\n")
        for number in range(held.start_point[0] + 1, held.end_point[0] + 1):
            column = len(lines[number]) - len(lines[number].lstrip())
            if not lines[number].strip() or column < first.start_point[1]:
                continue  # it hangs, or stands out on purpose
            at = sum(len(one) + 1 for one in lines[:number]) + column
            node = self.tree.node_at(at, at)
            text = next(ancestors(node, "string"), None) if node is not None else None
            if text is not None and text.start_point[0] < number:
                continue  # inside of a text
            place = Position(number, max(0, column - max(0, -longer)))
            end = Position(number, column)
            edits.append(TextEdit(Range(place, end), " " * longer if longer > 0 else ""))
        return edits

    def add_import(self, statement: str) -> TextEdit:
        """The edit that adds an import statement (one line, no end) at its place in the order."""
        return import_line(self.tree, statement)

    def import_name(self, source: str, name: str) -> TextEdit:
        """The edit that adds `from source import name`, to a statement of `source` where there is one."""
        return name_import(self.tree, source, name)

    def fix(
        self,
        title: str,
        edits: Callable[[], Sequence[TextEdit] | Refusal],
        applicability: Applicability = Applicability.SAFE,
        caution: str = "",
        preferred: bool = True,
    ) -> OfferedFix:
        """A fix of this file; `edits` is called when it is chosen. `caution`: what may change, if unsafe."""

        def compute() -> Fix | Refusal:
            made = edits()
            if isinstance(made, Refusal):
                return made
            ordered = tuple(sorted(made, key=lambda one: one.range))
            return Fix(title, (FileEdit(self.location.path, ordered, self.version),), applicability, caution)

        return OfferedFix(title, compute, applicability, preferred)


def name_import(tree: ModuleTree, source: str, name: str) -> TextEdit:
    """The edit that makes a module import `name` from the module `source`, at its place in the order.

    It is spelled relatively where the module imports its own package in no other way.
    """
    spelled = _spelled(tree, source)
    for statement in tree.import_statements:
        node = statement.node
        module = node.child_by_field_name("module_name")
        if statement.scope.kind != "module" or module is None or tree.text(module) not in (source, spelled):
            continue
        names = node.children_by_field_name("name")
        if not names or node.parent is None or node.parent.type != "module":
            continue
        place = sorted_place([tree.text(one) for one in names], name, MEMBER_KEYS)
        if place < len(names):
            at = tree.range(names[place]).start
            return TextEdit(Range(at, at), f"{name}, ")
        at = tree.range(names[-1]).end
        return TextEdit(Range(at, at), f", {name}")
    return import_line(tree, f"from {spelled} import {name}")


def _spelled(tree: ModuleTree, source: str) -> str:
    own = tree.facts.module
    package = own if tree.facts.is_package else own.rpartition(".")[0]
    root = own.partition(".")[0]
    written = [
        tree.text(module)
        for statement in tree.import_statements
        if (module := statement.node.child_by_field_name("module_name")) is not None
    ]
    is_relative = any(one.startswith(".") for one in written) and not any(
        one.partition(".")[0] == root for one in written
    )
    return (relative_module(package, source) if is_relative else "") or source


def import_line(tree: ModuleTree, statement: str) -> TextEdit:
    """The edit that adds an import statement (one line, no end) to a module, at its place in the order."""
    line, before, after = import_place(tree.data.decode("utf-8", "replace"), statement, tree.facts.module)
    at = Position(line, 0)
    return TextEdit(Range(at, at), "\n" * before + statement + "\n" + "\n" * after)


Wanted = Callable[[str, str, int], bool]
"""Whether a definition is wanted, by its path, its local name and its traits."""


def any_place(path: str, local_name: str, traits: int) -> bool:
    """Every definition is wanted."""
    return True


class RuleContext(Protocol):
    """What a rule may ask for. Paths are relative to the workspace, with `/`."""

    settings: Settings

    def matches(self, definition: Definition) -> Sequence[Match]:
        """The existing definitions that may do a definition's job, best first; none where it is silent.

        Down to `CLOSE` times the threshold.
        """

    def explain(self, definition: Definition, match: Match) -> tuple[Evidence, ...]:
        """The evidence of a match in words, strongest first."""

    def uses(self, definition: Definition) -> int:
        """How many other modules use a definition of the file that is checked."""

    def is_new(self, definition: Definition) -> bool:
        """Whether a definition of the file that is checked is being written: the file on disk has none of
        its name.
        """

    @property
    def services(self) -> Services:
        """Which service each file belongs to, and what it may import."""

    @property
    def lessons(self) -> Lessons:
        """What the team has learned, from its Markdown files."""

    def collected(self, path: str) -> Collected:
        """By which names pytest finds tests in a file: its own configuration's."""

    def is_accepted(self, first: str, second: str) -> bool:
        """Whether the settings say that two definitions, by qualified name, may do the same."""

    def role(self, path: str) -> Role:
        """What a file is for."""

    def paths_of_module(self, dotted: str) -> tuple[str, ...]:
        """The files that are imported under a dotted name; none where it is not of the workspace."""

    def module_at(self, dotted: str, service: str = "") -> tuple[str, str] | None:
        """The module that a dotted name leads to, as (path, rest of the name); a file of `service` first."""

    def canonical(self, dotted: str) -> str:
        """A dotted name with re-exports of the workspace followed: `app.Ledger` -> `app.money.Ledger`.

        A member that a class inherits is that of the class that has it.
        """

    def bases(self, path: str, definition: Definition) -> tuple[str, ...]:
        """The bases of a class in a file as dotted names, re-exports followed; keywords are left out."""

    def definition(self, dotted: str) -> Symbol | None:
        """The definition of a dotted name, re-exports followed; None where the workspace has none."""

    def definitions_named(self, name: str, wanted: Wanted = any_place, most: int = 0) -> Sequence[Symbol]:
        """The definitions of the workspace with exactly this name, methods among them, in order of place.

        Only those that are `wanted` by their path, local name and traits: that is asked before anything is
        read of them. Where `most` is given and there are so many, any so many of them.
        """

    def relative(self, path: Path) -> str:
        """An absolute path as rules have it."""

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of a file: its definitions, imports, exports."""

    def files_referring(self, dotted: str) -> frozenset[str]:
        """The files that import a dotted name, or reach it through something imported."""

    def importers(self, dotted: str) -> frozenset[str]:
        """The files that import a definition by its name, through re-exports too."""

    def rows_of(self, extractor: Extractor[R], path: str) -> tuple[R, ...]:
        """What an extractor found in one file."""

    def rows(self, extractor: Extractor[R], key: str) -> list[tuple[str, R]]:
        """The rows that have a key, each with its file, in order of path."""

    def all_rows(self, extractor: Extractor[R]) -> Mapping[str, tuple[R, ...]]:
        """All rows of an extractor that has keys, by path, in order of path."""

    def derived(self, extractor: Extractor[R], build: Callable[[Mapping[str, tuple[R, ...]]], T]) -> T:
        """What `build` (a function at module level) makes of all rows; made again when a row has changed."""

    def location(self, path: str, line: int, column: int = 0, end_column: int | None = None) -> Location:
        """A stretch of a line of any file."""


class Rule:
    """One rule. Its docstring has the headings What it does, Why is this bad?, Example, Use instead,
    When it stays silent.

    It has `check`, or `check_statement` where what it finds in a top-level statement depends on nothing
    but that statement's text, the names that the module binds, its path and the settings.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    priority: ClassVar[Priority | None] = None
    default: ClassVar[bool] = True
    beats: ClassVar[Sequence[str]] = ()
    """Codes of rules whose findings are not said where this rule's stand: at the same place, or in the
    code that this rule's finding covers.
    """
    tests: ClassVar[bool] = True
    """Whether it is run on test modules."""
    signs: ClassVar[Sequence[Sign]] = ()
    """It has nothing to say where none of these is found in the text, in the statement if it checks those."""
    names_lines: ClassVar[bool] = False
    """Whether its messages have numbers of lines: what it said of a statement that has moved is said anew."""
    VALID: ClassVar[Sequence[Valid]] = ()
    INVALID: ClassVar[Sequence[Invalid]] = ()

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterable[Finding]:
        """The findings of a module."""
        return ()

    def is_used(self, settings: Settings) -> bool:
        """Whether the settings leave it anything to look for."""
        return True

    def names(self, settings: Settings) -> Sequence[str]:
        """The names under which its findings are selected and ignored, beside its code."""
        return (self.name,)

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterable[Finding]:
        """The findings of one top-level statement; they are kept until its text changes."""
        return ()

    def finding(
        self,
        module: Module,
        at: Node | Range,
        message: str,
        *,
        severity: Severity | None = None,
        related: Iterable[Related] = (),
        fixes: Iterable[OfferedFix] = (),
        symbol: str = "",
        priority: Priority | None = None,
        tags: Iterable[Tag] = (),
        evidence: Iterable[Evidence] = (),
        covers: Node | Range | None = None,
    ) -> Finding:
        """A finding of this rule in the module, at a node or range."""

        def ranged(place: Node | Range) -> Range:
            return place if isinstance(place, Range) else module.tree.range(place)

        return Finding(
            code=self.code,
            name=self.name,
            message=message,
            severity=severity or self.severity,
            path=module.location.path,
            range=ranged(at),
            evidence=tuple(evidence),
            related=tuple(related),
            symbol=symbol,
            priority=priority or self.priority,
            tags=tuple(tags),
            fixes=tuple(fixes),
            covers=None if covers is None else ranged(covers),
        )


@dataclass(frozen=True)
class _Walked:
    rules: list[Rule] = field(default_factory=list)
    extractors: dict[str, Extractor[msgspec.Struct]] = field(default_factory=dict)


@cache
def _walk() -> _Walked:
    package = importlib.import_module("canonry.rules")
    found = _Walked()
    for entry in pkgutil.walk_packages(package.__path__, "canonry.rules."):
        module = importlib.import_module(entry.name)
        for name, value in vars(module).items():
            if isinstance(value, Extractor):
                if value.home == module.__name__:
                    found.extractors[f"{module.__name__}:{name}"] = value
                continue
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, Rule) and value is not Rule:
                found.rules.append(value())
    return found


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the package, by code."""
    return tuple(sorted(_walk().rules, key=lambda rule: rule.code))


@cache
def all_extractors() -> Mapping[str, Extractor[Any]]:
    """Every extractor of the package, by its place."""
    return dict(sorted(_walk().extractors.items()))
