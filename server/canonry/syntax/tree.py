"""A module's tree as rules and extractors ask it: nodes by kind, calls, scopes, and what names stand for.

Everything is found by one query over the tree (about 1 ms for 1,000 lines), the first time that anything
is asked, and shared by all who ask.
"""

from __future__ import annotations

import ast
import builtins
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tree_sitter import Node, Query, QueryCursor, Tree

from canonry.model import Position, Range
from canonry.syntax.facts import Import, ModuleFacts
from canonry.syntax.grammar import LANGUAGE
from canonry.syntax.headers import imports_of
from canonry.syntax.scopes import CLASS, FUNCTION, LAMBDA, SCOPE_KINDS, Scope, Scopes
from canonry.syntax.source import Source

KINDS: Final = (
    *SCOPE_KINDS,
    "assert_statement",
    "assignment",
    "augmented_assignment",
    "await",
    "call",
    "comment",
    "comparison_operator",
    "continue_statement",
    "decorator",
    "except_clause",
    "expression_statement",
    "finally_clause",
    "for_statement",
    "future_import_statement",
    "if_statement",
    "import_from_statement",
    "import_statement",
    "raise_statement",
    "return_statement",
    "string",
    "subscript",
    "try_statement",
    "while_statement",
    "with_statement",
    "yield",
)
"""Kinds of nodes that `nodes` gives."""

_BINDERS = """
(assignment left: (identifier) @bind)
(augmented_assignment left: (identifier) @bind)
(pattern_list (identifier) @bind)
(tuple_pattern (identifier) @bind)
(list_pattern (identifier) @bind)
(list_splat_pattern (identifier) @bind)
(dictionary_splat_pattern (identifier) @bind)
(for_statement left: (identifier) @bind)
(for_in_clause left: (identifier) @bind)
(as_pattern_target (identifier) @bind)
(named_expression name: (identifier) @bind)
(parameters (identifier) @bind)
(lambda_parameters (identifier) @bind)
(default_parameter name: (identifier) @bind)
(typed_parameter (identifier) @bind)
(typed_default_parameter name: (identifier) @bind)
(case_pattern (dotted_name . (identifier) @bind .))
(global_statement (identifier) @outer)
(nonlocal_statement (identifier) @outer)
"""
_QUERY = Query(LANGUAGE, " ".join(f"({kind}) @{kind}" for kind in KINDS) + _BINDERS)
_CHAIN = re.compile(rb"[^\W\d]\w*(?:\.[^\W\d]\w*)*").fullmatch
_BUILTINS = frozenset(dir(builtins))
_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
SCRIPT = "__main__"
"""Stands for the module's name in qualified names where the file has none."""


@dataclass(slots=True, eq=False)
class Call:
    """A call, and what is called where its name can be resolved."""

    node: Node
    function: Node
    """The expression that is called."""
    name: str
    """Dotted: `asyncio.run`, `app.money.Ledger.add`, `builtins.print`; "" where it cannot be told."""
    last: str
    """The last name as written: `run`; "" where what is called ends in no name."""
    scope: Scope

    @property
    def arguments(self) -> list[Node]:
        """The arguments, keywords and stars among them; comments not."""
        held = self.node.child_by_field_name("arguments")
        if held is None:
            return []
        if held.type == "generator_expression":
            return [held]
        return [one for one in held.named_children if one.type != "comment"]

    def argument(self, position: int | None, keyword: str = "") -> Node | None:
        """The value of the argument at a position, or of that keyword; None where it is not given so."""
        at = 0
        for one in self.arguments:
            if one.type == "keyword_argument":
                name = one.child_by_field_name("name")
                if keyword and name is not None and name.text == keyword.encode():
                    return one.child_by_field_name("value")
            elif one.type in ("list_splat", "dictionary_splat"):
                at += 1000  # how many it gives is not known: no position behind it is
            else:
                if at == position:
                    return one
                at += 1
        return None


@dataclass(frozen=True, slots=True, eq=False)
class ImportStatement:
    """An import statement with the names that it binds."""

    node: Node
    names: tuple[Import, ...]
    scope: Scope


class ModuleTree:
    """The tree of one text with what can be asked of it. Positions of nodes are bytes and byte columns;
    `range` and `position` give code points.
    """

    def __init__(self, facts: ModuleFacts, source: Source, tree: Tree, test_module: bool = False) -> None:
        self.facts = facts
        self.test_module = test_module
        """Whether it is a test module, or a helper of tests."""
        self.source = source
        self.data = source.data
        """The text as UTF-8: what nodes' byte offsets count in."""
        self.tree = tree
        self.root = tree.root_node

    @property
    def broken(self) -> bool:
        """Whether there is a syntax error anywhere."""
        return self.root.has_error

    # Nodes

    @cached_property
    def _captured(self) -> Mapping[str, list[Node]]:
        return QueryCursor(_QUERY).captures(self.root)

    @cached_property
    def _ordered(self) -> dict[str, list[Node]]:
        return {}

    def _found(self, kind: str) -> list[Node]:
        """The nodes of a kind, or what a query's name has caught, in order of place."""
        known = self._ordered.get(kind)
        if known is None:
            known = self._captured.get(kind, [])
            known.sort(key=_start)
            self._ordered[kind] = known
        return known

    def nodes(self, *kinds: str, within: Node | None = None) -> list[Node]:
        """The nodes of some of KINDS in order of place, in the module or strictly inside a node."""
        found: list[Node] = []
        for kind in kinds:
            held = self._found(kind)
            if not held and kind not in KINDS:
                raise ValueError(f"{kind} is not among canonry.syntax.tree.KINDS; add it")
            if within is not None:
                starts = self._starts(kind)
                first = bisect_left(starts, within.start_byte)
                last = bisect_left(starts, within.end_byte)
                found.extend(
                    one for one in held[first:last] if one.end_byte <= within.end_byte and one.id != within.id
                )
            else:
                found.extend(held)
        if len(kinds) > 1:
            found.sort(key=lambda one: one.start_byte)
        return found

    def _starts(self, kind: str) -> list[int]:
        known = self._start_lists.get(kind)
        if known is None:
            known = self._start_lists[kind] = [one.start_byte for one in self._found(kind)]
        return known

    @cached_property
    def _start_lists(self) -> dict[str, list[int]]:
        return {}

    def text(self, node: Node) -> str:
        """The source text of a node."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def range(self, node: Node) -> Range:
        """The range of a node in code points."""
        return Range(self.position(*node.start_point), self.position(*node.end_point))

    def header(self, node: Node) -> Range:
        """A compound statement up to and with its colon; the whole of a node without one."""
        colon = next((one for one in node.children if one.type == ":"), node)
        return Range(self.position(*node.start_point), self.position(*colon.end_point))

    def position(self, line: int, byte_column: int) -> Position:
        """A line and byte column as a position."""
        return Position(line, self.source.column(line, byte_column))

    @property
    def statements(self) -> list[Node]:
        """The top-level statements, comments among them."""
        return self.root.children

    # Scopes and names

    @cached_property
    def scopes(self) -> Scopes:
        """The scopes, with the names that each binds."""
        found = self._found
        scopes = Scopes(self.root, ((kind, node) for kind in SCOPE_KINDS for node in found(kind)), self.data)
        data = self.data
        for node in found("outer"):
            scopes.at(node.start_byte).outer.add(self.text(node))
        texts: dict[bytes, str] = {}
        for node, scope in scopes.with_scopes(found("bind")):
            written = data[node.start_byte : node.end_byte]
            name = texts.get(written)
            if name is None:
                name = texts[written] = written.decode("utf-8", "replace")
            if not scope.first_parameter:
                scope.first_parameter = name
            scope.bound[name] = ""
        for scope in scopes.all():
            above = scope.parent
            if above is not None and scope.name:
                above.bound[scope.name] = self.dotted(scope)
        for one in self.facts.imports:
            if not one.local and one.alias != "*":
                scopes.module.bound[one.alias] = one.stands_for
        if any(one.local for one in self.facts.imports):
            for statement in self._import_statements(scopes):
                for one in statement.names:
                    if one.local and one.alias != "*":
                        statement.scope.bound[one.alias] = one.stands_for
        for scope in scopes.all():
            if scope.kind == "module" or scope.kind == CLASS:
                prefix = self.dotted(scope)
                for name, stands_for in scope.bound.items():
                    if not stands_for:
                        scope.bound[name] = f"{prefix}.{name}"
        return scopes

    def dotted(self, scope: Scope) -> str:
        """The qualified name of a scope's definition: `app.money.Ledger.add`; the module's for the module."""
        module = self.facts.module or SCRIPT
        local = scope.local_name
        return f"{module}.{local}" if local else module

    def scope_of(self, node: Node) -> Scope:
        """The innermost scope that a node stands in. A definition stands in the scope around it."""
        scope = self.scopes.at(node.start_byte)
        if scope.node.id == node.id and scope.parent is not None:
            return scope.parent
        return scope

    def own_scope(self, node: Node) -> Scope:
        """The scope that a function, class, lambda or comprehension opens."""
        return self.scopes.at(node.start_byte)

    def resolve(self, node: Node | None) -> str:
        """The dotted name that a name or a chain of attributes stands for; "" where it cannot be told.

        Imports are followed (`aio.run` -> `asyncio.run`), relative ones made absolute; a local variable
        or parameter of the same name hides them. `self.x` in a method is `module.Class.x`. Re-exports are
        followed by `RuleContext.canonical`, not here.
        """
        if node is None:
            return ""
        names: list[str] = []
        while node.type == "attribute":
            last = node.child_by_field_name("attribute")
            if last is None:
                return ""
            names.append(self.text(last))
            inner = node.child_by_field_name("object")
            if inner is None:
                return ""
            node = inner
        if node.type != "identifier":
            return ""
        head = self.lookup(self.text(node), self.scopes.at(node.start_byte), bool(names))
        return ".".join((head, *reversed(names))) if head and names else head

    def lookup(self, name: str, scope: Scope, qualifies: bool = False) -> str:
        """What a name stands for in a scope; "" for a local variable, or one that is not bound at all.

        `qualifies`: an attribute of it is meant, so that a method's first parameter stands for its class.
        """
        inner: Scope | None = scope
        first = True
        while inner is not None:
            if name in inner.outer and inner.parent is not None:
                inner, first = inner.parent, False
                continue
            if first or inner.kind != CLASS:
                known = inner.bound.get(name)
                if known is not None:
                    if not known and qualifies and inner.is_method and name == inner.first_parameter:
                        owner = inner.parent
                        return self.dotted(owner) if owner is not None else ""
                    return known
            first = first and inner.kind not in (FUNCTION, CLASS, LAMBDA)
            inner = inner.parent
        return f"builtins.{name}" if name in _BUILTINS else ""

    def binds(self, name: str, scope: Scope) -> bool:
        """Whether a name is bound in a scope or one that it can see, builtins among them."""
        inner: Scope | None = scope
        first = True
        while inner is not None:
            if name in inner.bound and (first or inner.kind != CLASS):
                return True
            first = first and inner.kind not in (FUNCTION, CLASS, LAMBDA)
            inner = inner.parent
        return name in _BUILTINS

    def binders(self, name: str, scope: Scope) -> list[Node]:
        """The places in a scope, or in scopes inside it, where a variable or parameter gets this name."""
        found = self._found("bind")
        first, last = bisect_left(found, scope.start, key=_start), bisect_left(found, scope.end, key=_start)
        written, data = name.encode(), self.data
        return [one for one in found[first:last] if data[one.start_byte : one.end_byte] == written]

    def assigned_value(self, name: str, scope: Scope) -> Node | None:
        """What a variable is assigned, where a scope binds it once and by an assignment."""
        held = self.binders(name, scope)
        above = held[0].parent if len(held) == 1 else None
        return (
            above.child_by_field_name("right") if above is not None and above.type == "assignment" else None
        )

    # Calls and imports

    @cached_property
    def calls(self) -> list[Call]:
        """Every call, in order."""
        data = self.data
        found: list[Call] = []
        for node, scope in self.scopes.with_scopes(self._found("call")):
            function = node.child_by_field_name("function")
            if function is None:
                continue
            written = data[function.start_byte : function.end_byte]
            if _CHAIN(written):
                # A chain of plain names: no need to look at its nodes.
                head, dot, rest = written.decode("utf-8", "replace").partition(".")
                name = self.lookup(head, scope, bool(dot))
                if name and dot:
                    name = f"{name}.{rest}"
                last = rest.rpartition(".")[2] if dot else head
                found.append(Call(node, function, name, last, scope))
            elif function.type in ("attribute", "identifier"):
                last = written.rpartition(b".")[2].strip().decode("utf-8", "replace")
                found.append(Call(node, function, self.resolve(function), last, scope))
            else:
                found.append(Call(node, function, "", "", scope))
        return found

    @cached_property
    def _calls_by_name(self) -> dict[str, list[Call]]:
        found: dict[str, list[Call]] = {}
        for one in self.calls:
            if one.name:
                found.setdefault(one.name, []).append(one)
        return found

    def calls_to(self, *names: str) -> list[Call]:
        """The calls of any of these dotted names, in order for each name."""
        return [one for name in names for one in self._calls_by_name.get(name, ())]

    def calls_within(self, node: Node) -> list[Call]:
        """The calls inside a node (itself among them, where it is one)."""
        starts = self._starts("call")
        first, last = bisect_left(starts, node.start_byte), bisect_left(starts, node.end_byte)
        return [one for one in self.calls[first:last] if one.node.end_byte <= node.end_byte]

    @cached_property
    def import_statements(self) -> list[ImportStatement]:
        """Every import statement, in order."""
        return self._import_statements(self.scopes)

    def _import_statements(self, scopes: Scopes) -> list[ImportStatement]:
        found: list[ImportStatement] = []
        facts = self.facts
        for node in self.nodes(*_IMPORTS):
            scope = scopes.at(node.start_byte)
            local = scope.kind != "module"
            names = imports_of(
                node, self.data, facts.module, facts.is_package, local, self.under_type_checking(node)
            )
            found.append(ImportStatement(node, tuple(names), scope))
        return found

    def under_type_checking(self, node: Node) -> bool:
        """Whether a node is in the body of an `if TYPE_CHECKING`."""
        return any(start <= node.start_byte < end for start, end in self._conditions[0])

    def under_main(self, node: Node) -> bool:
        """Whether a node is in the body of an `if __name__ == "__main__"`."""
        return any(start <= node.start_byte < end for start, end in self._conditions[1])

    @cached_property
    def _conditions(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        checking: list[tuple[int, int]] = []
        main: list[tuple[int, int]] = []
        for node in self._found("if_statement"):
            condition, body = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
            if condition is None or body is None:
                continue
            text = self.data[condition.start_byte : condition.end_byte]
            if text.endswith(b"TYPE_CHECKING"):
                if not text.startswith(b"not"):
                    checking.append((body.start_byte, body.end_byte))
            elif text.startswith(b"__name__") or text.endswith(b"__name__"):
                main.append((body.start_byte, body.end_byte))
        return checking, main

    # Values

    def string(self, node: Node | None) -> str | None:
        """The value of a string literal (adjacent ones joined); None for anything else, f-strings too."""
        if node is None or node.type not in ("string", "concatenated_string"):
            return None
        value = self.literal(node)
        return value if isinstance(value, str) else None

    def literal(self, node: Node | None) -> object:
        """The value of a literal (`ast.literal_eval`); None for what is none (and for `None`)."""
        if node is None:
            return None
        try:
            return ast.literal_eval(self.text(node).strip())
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None


def _start(node: Node) -> int:
    return node.start_byte


def ancestors(node: Node, *kinds: str) -> Iterator[Node]:
    """The nodes around a node, innermost first; those of some kinds, where any are given."""
    above = node.parent
    while above is not None:
        if not kinds or above.type in kinds:
            yield above
        above = above.parent


def block_of(node: Node) -> Sequence[Node]:
    """The statements of a compound statement's own block (an except clause's, a function's), no comments."""
    body = node.child_by_field_name("body") or node.child_by_field_name("consequence")
    if body is None:
        body = next((one for one in node.children if one.type == "block"), None)
    return [one for one in body.named_children if one.type != "comment"] if body is not None else []
