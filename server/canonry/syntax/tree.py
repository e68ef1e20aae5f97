"""A module's tree as rules and extractors ask it: nodes by kind, calls, scopes, and what names stand for.

A module is its pieces (`pieces.py`), each with its own tree: what is asked of a piece is found by one query
over it (about 1 ms for 1,000 lines), the first time that anything is asked, and is kept as long as the piece
and the names of the module stay what they are.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Concatenate, ParamSpec, TypeVar, cast

from tree_sitter import Node

from canonry.model import Position, Range
from canonry.syntax.facts import ModuleFacts
from canonry.syntax.kinds import BIND, KINDS
from canonry.syntax.named import Call, ImportStatement, Named
from canonry.syntax.pieces import Piece, start_of
from canonry.syntax.scopes import Scope, Scopes, binds, lookup, module_scope
from canonry.syntax.signs import AnyOf, Sign
from canonry.syntax.source import Source

P = ParamSpec("P")
T = TypeVar("T")


class LastNames:
    """The scope of a module's newest state with what stands in its pieces, for the next state.

    While the module's names stay what they are, so does all that depends on them.
    """

    def __init__(self) -> None:
        self._known: tuple[Scope, dict[Piece, Named]] | None = None

    def taken_over(self, scope: Scope, pieces: Iterable[Piece]) -> tuple[Scope, dict[Piece, Named]]:
        """The last scope where it binds the same names to the same things, else this one; what it knows."""
        held: dict[Piece, Named] = {}
        if self._known is not None and _are_same(self._known[0], scope):
            scope, known = self._known
            held = {one: known[one] for one in pieces if one in known}
        self._known = (scope, held)
        return self._known


def _are_same(one: Scope, other: Scope) -> bool:
    # In the same order too: what is found must not depend on what was there before.
    return one.dotted == other.dotted and [*one.bound.items()] == [*other.bound.items()]


class ModuleTree:
    """The tree of one text with what can be asked of it.

    Positions of nodes are bytes and byte columns; `range` and `position` give code points. Nodes of different
    pieces have no common ancestor, and nodes no `text` of their own: `text` has it.
    """

    def __init__(
        self,
        facts: ModuleFacts,
        source: Source,
        pieces: Callable[[], Sequence[Piece]],
        test_module: bool = False,
        last_names: LastNames | None = None,
    ) -> None:
        self.facts = facts
        self.test_module = test_module
        """Whether it is a test module, or a helper of tests."""
        self.source = source
        self.data = source.data
        """The text as UTF-8: what nodes' byte offsets count in."""
        self._parsed: Sequence[Piece] | None = None
        self._parse = pieces
        self._last_names = last_names
        self._held: dict[Sign, bool] = {}
        self._made: dict[object, object] = {}

    def once(self, make: Callable[Concatenate[ModuleTree, P], T], *given: P.args, **named: P.kwargs) -> T:
        """What a function makes of this tree and of what else it is given: made once, and gone with the tree.

        It may hold nodes and calls, but nothing that holds the tree: worker processes do not look for cycles.
        """
        key = (make, given, *named.items())
        if key not in self._made:
            self._made[key] = make(self, *given, **named)
        return cast("T", self._made[key])

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces in order; parsed when they are first asked for."""
        if self._parsed is None:
            self._parsed = self._parse()
        return self._parsed

    @property
    def broken(self) -> bool:
        """Whether there is a syntax error anywhere."""
        return any(one.broken for one in self.pieces)

    # Nodes

    def nodes(self, *kinds: str, within: Node | None = None) -> list[Node]:
        """The nodes of some of KINDS in order of place, in the module or strictly inside a node."""
        for kind in kinds:
            if kind not in KINDS:
                raise ValueError(f"{kind} is not among canonry.syntax.kinds.KINDS; add it")
        if within is None or within.parent is None:
            found = [one for piece in self.pieces for kind in kinds for one in piece.nodes(kind)]
        else:
            found = _inside(self._piece_at(within.start_byte), kinds, within)
        if len(kinds) > 1:
            found.sort(key=start_of)
        return found

    def node_at(self, start: int, end: int) -> Node | None:
        """The smallest node that spans some bytes; None where no piece has all of them."""
        piece = self._piece_at(start)
        return piece.root.descendant_for_byte_range(start, end)

    def holds(self, sign: Sign) -> bool:
        """Whether `sign` finds something in the text.

        It is asked of each piece, and not again while that stays the same: the first look of a rule or an
        extractor, by which most files cost nothing.
        """
        known = self._held.get(sign)
        if known is None:
            known = self._held[sign] = self._holds(sign)
        return known

    def _holds(self, sign: Sign) -> bool:
        if self._parsed is None:
            return self._has_anywhere(sign)
        if isinstance(sign, AnyOf):
            unknown = [piece for piece in self._parsed if not piece.knows(sign)]
            if (len(unknown) > 1 or len(self._parsed) == 1) and not self._has_anywhere(sign):
                # What the whole has not no piece has: most texts are looked through once.
                for piece in unknown:
                    piece.lacks(sign)
                return False
        return any(piece.holds(sign) for piece in self._parsed)

    def _has_anywhere(self, sign: Sign) -> bool:
        if isinstance(sign, AnyOf):
            return sign.stands_in(self.data, self.source.vocabulary)
        return bool(sign(self.data))

    def spans(self, pattern: re.Pattern[bytes] | AnyOf) -> Iterator[tuple[int, int]]:
        """Where a pattern or one of some words is found in the text, as byte offsets, in order; within single
        pieces.
        """
        if self._parsed is None:
            found = pattern.search(self.data) if isinstance(pattern, re.Pattern) else self.holds(pattern)
            if not found:
                return iter(())
        return (span for piece in self.pieces for span in piece.spans(pattern))

    def texts(self, pattern: re.Pattern[bytes]) -> set[bytes]:
        """What a pattern finds in the text, each once; looked for in each piece once."""
        return {text for piece in self.pieces for text in piece.texts(pattern)}

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

    @cached_property
    def statements(self) -> list[Node]:
        """The top-level statements, comments among them."""
        return [one for piece in self.pieces for one in piece.root.children]

    def _piece_at(self, offset: int) -> Piece:
        return self.pieces[max(bisect_right(self._piece_starts, offset) - 1, 0)]

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [one.start for one in self.pieces]

    # Scopes and names

    @property
    def module_scope(self) -> Scope:
        """The scope of the module itself."""
        return self._names[0]

    @cached_property
    def _names(self) -> tuple[Scope, dict[Piece, Named]]:
        made = module_scope(self.pieces, self.facts.module, self.facts.imports)
        return (made, {}) if self._last_names is None else self._last_names.taken_over(made, self.pieces)

    @cached_property
    def scopes(self) -> Scopes:
        """The scopes, with the names that each binds."""
        inner = (scope for one in self._named for scope in one.scopes.all()[1:])
        return Scopes(self.module_scope, inner)

    @cached_property
    def _named(self) -> list[Named]:
        return [self.named(piece) for piece in self.pieces]

    def named(self, piece: Piece) -> Named:
        """What the names in one of its pieces stand for."""
        module, held = self._names
        known = held.get(piece)
        if known is None:
            facts = self.facts
            known = held[piece] = Named(piece, module, facts.is_package, facts.module)
        return known

    def dotted(self, scope: Scope) -> str:
        """The qualified name of a scope's definition: `app.money.Ledger.add`; the module's for the module."""
        return scope.dotted

    def scope_of(self, node: Node) -> Scope:
        """The innermost scope that a node stands in. A definition stands in the scope around it."""
        scope = self.own_scope(node)
        if scope.node.id == node.id and scope.parent is not None:
            return scope.parent
        return scope

    def own_scope(self, node: Node) -> Scope:
        """The scope that a function, class, lambda or comprehension opens."""
        at = node.start_byte
        return self.named(self._piece_at(at)).scopes.at(at)

    def scopes_within(self, node: Node) -> list[Scope]:
        """The scopes that begin in a node, in order."""
        start, end = node.start_byte, node.end_byte
        held = self.named(self._piece_at(start)).scopes.all()
        return [one for one in held if start <= one.start < end and one.parent is not None]

    def resolve(self, node: Node | None) -> str:
        """The dotted name that a name or a chain of attributes stands for; "" where it cannot be told.

        Imports are followed (`aio.run` -> `asyncio.run`), relative ones made absolute; a local variable
        or parameter of the same name hides them. `self.x` in a method is `module.Class.x`. Re-exports are
        followed by `RuleContext.canonical`, not here.
        """
        return "" if node is None else self.named(self._piece_at(node.start_byte)).resolve(node)

    def lookup(self, name: str, scope: Scope, qualifies: bool = False) -> str:
        """What a name stands for in a scope; "" for a local variable, or one that is not bound at all.

        `qualifies`: an attribute of it is meant, so that a method's first parameter stands for its class.
        """
        return lookup(name, scope, qualifies)

    def binds(self, name: str, scope: Scope) -> bool:
        """Whether a name is bound in a scope or one that it can see, builtins among them."""
        return binds(name, scope)

    def binders(self, name: str, scope: Scope) -> list[Node]:
        """The places in a scope, or in scopes inside it, where a variable or parameter gets this name."""
        pieces = self.pieces if scope.parent is None else [self._piece_at(scope.start)]
        written = name.encode()
        found: list[Node] = []
        for piece in pieces:
            nodes, starts = piece.nodes(BIND), piece.starts(BIND)
            first, last = bisect_left(starts, scope.start), bisect_left(starts, scope.end)
            found.extend(one for one in nodes[first:last] if piece.text(one) == written)
        return found

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
        return [call for one in self._named for call in one.calls]

    def calls_to(self, *names: str) -> list[Call]:
        """The calls of any of these dotted names, in order for each name."""
        named = self._named
        return [call for name in names for one in named for call in one.calls_by_name.get(name, ())]

    def calls_within(self, node: Node) -> list[Call]:
        """The calls inside a node (itself among them, where it is one)."""
        if node.parent is None:
            return self.calls
        return self.named(self._piece_at(node.start_byte)).calls_within(node)

    @cached_property
    def import_statements(self) -> list[ImportStatement]:
        """Every import statement, in order."""
        return [statement for one in self._named for statement in one.import_statements]

    def under_type_checking(self, node: Node) -> bool:
        """Whether a node is in the body of an `if TYPE_CHECKING`."""
        return _is_in(node, self._piece_at(node.start_byte).conditions[0])

    def under_main(self, node: Node) -> bool:
        """Whether a node is in the body of an `if __name__ == "__main__"`."""
        return _is_in(node, self._piece_at(node.start_byte).conditions[1])

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


def _inside(piece: Piece, kinds: Sequence[str], node: Node) -> list[Node]:
    found: list[Node] = []
    for kind in kinds:
        held, starts = piece.nodes(kind), piece.starts(kind)
        first, last = bisect_left(starts, node.start_byte), bisect_left(starts, node.end_byte)
        found.extend(one for one in held[first:last] if one.end_byte <= node.end_byte and one.id != node.id)
    return found


def _is_in(node: Node, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= node.start_byte < end for start, end in stretches)


def ancestors(node: Node, *kinds: str) -> Iterator[Node]:
    """The nodes around a node, innermost first; those of some kinds, where any are given."""
    above = node.parent
    while above is not None:
        if not kinds or above.type in kinds:
            yield above
        above = above.parent


def parameter_name(parameter: Node) -> Node | None:
    """The identifier of a parameter of any form; None for the bare `*` and `/`."""
    node: Node | None = parameter.child_by_field_name("name") or parameter
    while node is not None and node.type != "identifier":
        node = node.named_children[0] if node.named_children else None
    return node


def block_of(node: Node) -> Sequence[Node]:
    """The statements of a compound statement's own block (an except clause's, a function's), no comments."""
    body = node.child_by_field_name("body") or node.child_by_field_name("consequence")
    if body is None:
        body = next((one for one in node.children if one.type == "block"), None)
    return [one for one in body.named_children if one.type != "comment"] if body is not None else []
