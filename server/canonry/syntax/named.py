"""What the names in a piece of a module stand for: its scopes, calls and imports."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tree_sitter import Node

from canonry.syntax.facts import Import
from canonry.syntax.grammar import LANGUAGE
from canonry.syntax.headers import imports_of
from canonry.syntax.pieces import Piece, start_of
from canonry.syntax.scopes import Scope, Scopes, lookup, qualify_members, scopes_in

_CHAIN = re.compile(rb"[^\W\d]\w*(?:\.[^\W\d]\w*)*").fullmatch
_FUNCTION = LANGUAGE.field_id_for_name("function") or 0
_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")


@lru_cache(maxsize=20_000)
def _chain(written: bytes) -> tuple[str, str, str] | None:
    """The first name of a chain of names (`a.b.c`), the others and the last one; None for what is none."""
    if not _CHAIN(written):
        return None
    head, _, rest = written.decode("utf-8", "replace").partition(".")
    return head, rest, rest.rpartition(".")[2] or head


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
    piece: Piece

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
                if keyword and name is not None and self.piece.text(name) == keyword.encode():
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


class Named:
    """One piece within a module's scope."""

    def __init__(self, piece: Piece, module: Scope, is_package: bool, name: str) -> None:
        """`name` is the module's dotted name, \"\" where it has none."""
        self.piece = piece
        self._module = module
        self._is_package = is_package
        self._name = name

    @cached_property
    def scopes(self) -> Scopes:
        """The scopes, with the names that each binds; the module's is the first."""
        scopes = scopes_in(self.piece, self._module)
        for statement in self._import_statements(scopes, local=True):
            for one in statement.names:
                if one.alias != "*":
                    statement.scope.bound[one.alias] = one.stands_for
        qualify_members(scopes)
        return scopes

    @cached_property
    def calls(self) -> list[Call]:
        """Every call, in order."""
        piece = self.piece
        data, offset = piece.data, piece.start
        found: list[Call] = []
        for node, scope in self.scopes.with_scopes(piece.nodes("call")):
            function = node.child_by_field_id(_FUNCTION)
            if function is None:
                continue
            written = data[function.start_byte - offset : function.end_byte - offset]
            chain = _chain(written)
            if chain is not None:
                # A chain of plain names: no need to look at its nodes.
                head, rest, last = chain
                name = lookup(head, scope, bool(rest))
                if name and rest:
                    name = f"{name}.{rest}"
                found.append(Call(node, function, name, last, scope, piece))
            elif function.type in ("attribute", "identifier"):
                last = written.rpartition(b".")[2].strip().decode("utf-8", "replace")
                found.append(Call(node, function, self.resolve(function), last, scope, piece))
            else:
                found.append(Call(node, function, "", "", scope, piece))
        return found

    @cached_property
    def calls_by_name(self) -> dict[str, list[Call]]:
        """The calls whose name is known."""
        found: dict[str, list[Call]] = {}
        for one in self.calls:
            if one.name:
                found.setdefault(one.name, []).append(one)
        return found

    def calls_within(self, node: Node) -> list[Call]:
        """The calls inside a node of the piece (itself among them, where it is one)."""
        starts = self.piece.starts("call")
        first, last = bisect_left(starts, node.start_byte), bisect_left(starts, node.end_byte)
        return [one for one in self.calls[first:last] if one.node.end_byte <= node.end_byte]

    @cached_property
    def import_statements(self) -> list[ImportStatement]:
        """Every import statement, in order."""
        return self._import_statements(self.scopes)

    def resolve(self, node: Node | None) -> str:
        """The dotted name that a name or a chain of attributes stands for; \"\" where it cannot be told."""
        names: list[str] = []
        while node is not None and node.type == "attribute":
            last = node.child_by_field_name("attribute")
            if last is None:
                return ""
            names.append(self.piece.text(last).decode("utf-8", "replace"))
            node = node.child_by_field_name("object")
        if node is None or node.type != "identifier":
            return ""
        text = self.piece.text(node).decode("utf-8", "replace")
        head = lookup(text, self.scopes.at(node.start_byte), bool(names))
        return ".".join((head, *reversed(names))) if head and names else head

    def _import_statements(self, scopes: Scopes, local: bool = False) -> list[ImportStatement]:
        """All of them, or those in functions and classes alone."""
        piece = self.piece
        nodes = [node for kind in _IMPORTS for node in piece.nodes(kind)]
        found: list[ImportStatement] = []
        for node in sorted(nodes, key=start_of):
            scope = scopes.at(node.start_byte)
            if local and scope is scopes.module:
                continue
            checking = any(start <= node.start_byte < end for start, end in piece.conditions[0])
            names = imports_of(
                node, piece.data, self._name, self._is_package, scope.kind != "module", checking, piece.start
            )
            found.append(ImportStatement(node, tuple(names), scope))
        return found
