"""The scopes of a module, the names that each binds, and what a name stands for in one."""

from __future__ import annotations

import builtins
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tree_sitter import Node

from canonry.syntax.facts import Import
from canonry.syntax.kinds import BIND, CLASS, FUNCTION, LAMBDA, MODULE, OUTER, SCOPE, scope_kind
from canonry.syntax.pieces import Piece

_BUILTINS = frozenset(dir(builtins))
SCRIPT = "__main__"
"""Stands for the module's name in qualified names where the file has none."""


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
    dotted: str = ""
    """The qualified name of the definition: `app.money.Ledger.add`; the module's for the module."""

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
    """Scopes found by position: the module's own, and others in order of their start."""

    def __init__(self, module: Scope, scopes: Iterable[Scope]) -> None:
        self.module = module
        self._all = [module, *scopes]
        self._starts = [one.start for one in self._all]

    def all(self) -> Sequence[Scope]:
        """Every scope in order of its start, the module first."""
        return self._all

    def at(self, offset: int) -> Scope:
        """The innermost scope around a byte offset. A function's header belongs to the function."""
        scope = self._all[max(bisect_right(self._starts, offset) - 1, 0)]
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


def module_scope(pieces: Sequence[Piece], module: str, imports: Iterable[Import]) -> Scope:
    """The scope of a module, with all names that it binds and what each stands for."""
    dotted = module or SCRIPT
    scope = Scope(MODULE, pieces[0].root, 0, sys.maxsize, dotted=dotted)
    bound = scope.bound
    defined: list[str] = []
    for piece in pieces:
        names, definitions = outer_names(piece)
        bound.update(dict.fromkeys(names, ""))
        defined += definitions
    for name in defined:
        bound[name] = f"{dotted}.{name}"
    for one in imports:
        if not one.local and one.alias != "*":
            bound[one.alias] = one.stands_for
    _qualify(scope)
    return scope


def outer_names(piece: Piece) -> tuple[Sequence[str], Sequence[str]]:
    """The names that a piece binds at module level: variables, and then definitions; each in order."""
    if piece.outer is None:
        variables: list[str] = []
        definitions: list[str] = []
        outer = _outermost(piece)
        ends = iter([*outer, None])
        inner = next(ends)
        for node in piece.nodes(BIND):
            at = node.start_byte
            while inner is not None and inner.end_byte <= at:
                inner = next(ends)
            if inner is None or at < inner.start_byte:
                variables.append(piece.text(node).decode("utf-8", "replace"))
        for one in outer:
            name = one.child_by_field_name("name")
            if name is not None and name.end_byte > name.start_byte:
                definitions.append(piece.text(name).decode("utf-8", "replace"))
        piece.outer = variables, definitions
    return piece.outer


def _outermost(piece: Piece) -> list[Node]:
    """The nodes that open a scope and stand in no other one, in order."""
    found: list[Node] = []
    end = -1
    for node in piece.nodes(SCOPE):
        if node.start_byte >= end:
            found.append(node)
            end = node.end_byte
    return found


def scopes_in(piece: Piece, module: Scope) -> Scopes:
    """The scopes of a piece within a module's scope, with the names that each binds but for local imports."""
    scopes = _opened(piece, module)
    for node in piece.nodes(OUTER):
        scopes.at(node.start_byte).outer.add(piece.text(node).decode("utf-8", "replace"))
    texts: dict[bytes, str] = {}
    for node, scope in scopes.with_scopes(piece.nodes(BIND)):
        if scope is module:
            continue
        written = piece.text(node)
        name = texts.get(written)
        if name is None:
            name = texts[written] = written.decode("utf-8", "replace")
        if not scope.first_parameter:
            scope.first_parameter = name
        scope.bound[name] = ""
    for scope in scopes.all():
        above = scope.parent
        if above is not None and above is not module and scope.name:
            above.bound[scope.name] = scope.dotted
    return scopes


def qualify_members(scopes: Scopes) -> None:
    """Gives the variables of classes their qualified names."""
    for scope in scopes.all():
        if scope.kind == CLASS:
            _qualify(scope)


def lookup(name: str, scope: Scope, qualifies: bool = False) -> str:
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
                    return owner.dotted if owner is not None else ""
                return known
        first = first and inner.kind not in (FUNCTION, CLASS, LAMBDA)
        inner = inner.parent
    return f"builtins.{name}" if name in _BUILTINS else ""


def binds(name: str, scope: Scope) -> bool:
    """Whether a name is bound in a scope or one that it can see, builtins among them."""
    inner: Scope | None = scope
    first = True
    while inner is not None:
        if name in inner.bound and (first or inner.kind != CLASS):
            return True
        first = first and inner.kind not in (FUNCTION, CLASS, LAMBDA)
        inner = inner.parent
    return name in _BUILTINS


def _opened(piece: Piece, module: Scope) -> Scopes:
    """The scopes of a piece; what they bind is not known yet."""
    found: list[Scope] = []
    inner = module
    for node in piece.nodes(SCOPE):
        start = node.start_byte
        while inner.end <= start and inner.parent is not None:
            inner = inner.parent
        scope = Scope(scope_kind(node), node, start, node.end_byte, inner)
        if scope.kind in (FUNCTION, CLASS):
            name = node.child_by_field_name("name")
            if name is not None:
                scope.name = piece.text(name).decode("utf-8", "replace")
            at = start - piece.start
            scope.is_async = piece.data[at : at + 5] == b"async"
            scope.local_name = _local_name(scope, inner)
        else:
            scope.local_name = inner.local_name
        scope.dotted = f"{module.dotted}.{scope.local_name}" if scope.local_name else module.dotted
        found.append(scope)
        inner = scope
    return Scopes(module, found)


def _qualify(scope: Scope) -> None:
    for name, stands_for in scope.bound.items():
        if not stands_for:
            scope.bound[name] = f"{scope.dotted}.{name}"


def _local_name(scope: Scope, around: Scope) -> str:
    owner = around.definition
    if owner is None:
        return scope.name
    return f"{owner.local_name}{'.<locals>.' if owner.kind == FUNCTION else '.'}{scope.name}"
