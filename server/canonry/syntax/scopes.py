"""The scopes of a module and the names that each binds, from the nodes that one query has found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tree_sitter import Node

MODULE, FUNCTION, LAMBDA, CLASS, COMPREHENSION = "module", "function", "lambda", "class", "comprehension"

SCOPE_KINDS = {
    "function_definition": FUNCTION,
    "lambda": LAMBDA,
    "class_definition": CLASS,
    "list_comprehension": COMPREHENSION,
    "set_comprehension": COMPREHENSION,
    "dictionary_comprehension": COMPREHENSION,
    "generator_expression": COMPREHENSION,
}


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class, function, lambda or comprehension."""

    kind: str
    node: Node
    start: int
    end: int
    parent: Scope | None = None
    name: str = ""
    is_async: bool = False
    """An `async def`."""
    bound: dict[str, str] = field(default_factory=dict)
    """Names that are bound here, to the dotted name that each stands for; "" for a plain variable."""
    outer: set[str] = field(default_factory=set)
    """Names that are declared `global` or `nonlocal` here."""
    first_parameter: str = ""
    local_name: str = ""
    """Qualified within the module as `Definition.local_name` has it; "" for the module."""

    @property
    def definition(self) -> Scope | None:
        """This scope or the nearest one around it that is a function or class; None at module level."""
        scope: Scope | None = self
        while scope is not None and scope.kind not in (FUNCTION, CLASS):
            scope = scope.parent
        return scope

    @property
    def function(self) -> Scope | None:
        """The function whose body this is, through lambdas and comprehensions but not through a class."""
        found = self.definition
        return found if found is not None and found.kind == FUNCTION else None

    @property
    def enclosing_class(self) -> Scope | None:
        """The class whose method (or body) this is in, the innermost one."""
        scope: Scope | None = self
        while scope is not None and scope.kind != CLASS:
            scope = scope.parent
        return scope

    @property
    def is_method(self) -> bool:
        """Whether it is a function directly in a class."""
        return self.kind == FUNCTION and self.parent is not None and self.parent.kind == CLASS


class Scopes:
    """All scopes of a module, found by position."""

    def __init__(self, root: Node, nodes: Iterable[tuple[str, Node]], data: bytes) -> None:
        """`nodes` are (kind, node) of every scope below the root, in any order."""
        self.module = Scope(MODULE, root, 0, max(root.end_byte, len(data)) + 1)
        ordered = sorted(((node.start_byte, -node.end_byte, kind, node) for kind, node in nodes), key=_place)
        self._all: list[Scope] = [self.module]
        self._starts = [-1]
        inner = self.module
        for start, end, kind, node in ordered:
            while inner.end <= start and inner.parent is not None:
                inner = inner.parent
            scope = Scope(SCOPE_KINDS[kind], node, start, -end, inner)
            if scope.kind in (FUNCTION, CLASS):
                name = node.child_by_field_name("name")
                if name is not None:
                    scope.name = data[name.start_byte : name.end_byte].decode("utf-8", "replace")
                scope.is_async = data[start : start + 5] == b"async"
                scope.local_name = _local_name(scope, inner)
            else:
                scope.local_name = inner.local_name
            self._all.append(scope)
            self._starts.append(start)
            inner = scope

    def all(self) -> Sequence[Scope]:
        """Every scope in order of its start, the module first."""
        return self._all

    def at(self, offset: int) -> Scope:
        """The innermost scope around a byte offset. A function's header belongs to the function."""
        scope = self._all[bisect_right(self._starts, offset) - 1]
        while scope.end <= offset and scope.parent is not None:
            scope = scope.parent
        return scope

    def with_scopes(self, nodes: Iterable[Node]) -> Iterator[tuple[Node, Scope]]:
        """Nodes in order of place, each with the innermost scope around it, as `at` gives it."""
        scopes = self._all
        following = 1
        inner = self.module
        for node in nodes:
            offset = node.start_byte
            while following < len(scopes) and scopes[following].start <= offset:
                inner = scopes[following]
                following += 1
            while inner.end <= offset and inner.parent is not None:
                inner = inner.parent
            yield node, inner


def _local_name(scope: Scope, around: Scope) -> str:
    owner = around.definition
    if owner is None:
        return scope.name
    return f"{owner.local_name}{'.<locals>.' if owner.kind == FUNCTION else '.'}{scope.name}"


def _place(one: tuple[int, int, str, Node]) -> tuple[int, int]:
    return one[0], one[1]
