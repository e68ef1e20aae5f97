"""The nodes that names need, noted by the walk that passes them all, as `kinds.captures` finds them.

What the walk steps over (parameters, decorators, annotations) is asked by the query where it may hold more.
"""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from canonry.syntax.grammar import IDENTIFIER_KIND, LANGUAGE, kind_name
from canonry.syntax.kinds import BIND, DISPLAYS, OUTER, SCOPE, captures

_LEFT = LANGUAGE.field_id_for_name("left") or 0
_NAME = LANGUAGE.field_id_for_name("name") or 0


class Noted:
    """Nodes by what they are, each list in order of place."""

    def __init__(self) -> None:
        self.calls: list[Node] = []
        self.scopes: list[Node] = []
        self.binders: list[Node] = []
        self.assignments: list[Node] = []
        self.whole = True
        """False where the walk has left something out."""
        self._others: dict[str, list[Node]] = {}

    def nodes(self) -> dict[str, list[Node]]:
        """All of them, by the names that the query has for them."""
        return {
            "call": self.calls,
            SCOPE: self.scopes,
            BIND: self.binders,
            "assignment": self.assignments,
            **self._others,
        }

    def other(self, kind: str, node: Node) -> None:
        """Notes a node of a kind that is asked by its own name."""
        self._others.setdefault(kind, []).append(node)

    def left(self, node: Node) -> Node | None:
        """The left side of an assignment or of a `for`; noted where it is a name."""
        return self._field(node, _LEFT)

    def name(self, node: Node) -> None:
        """Notes what a named expression or a parameter with a default is called."""
        self._field(node, _NAME)

    def _field(self, node: Node, field: int) -> Node | None:
        held = node.child_by_field_id(field)
        if held is not None and held.kind_id == IDENTIFIER_KIND:
            self.binders.append(held)
        return held

    def names_in(self, node: Node) -> None:
        """Notes the names that stand directly in a pattern."""
        self.binders += [one for one in node.named_children if one.kind_id == IDENTIFIER_KIND]

    def target(self, node: Node) -> None:
        """Notes the names behind an `as`, as far down as the query of `kinds` has them."""
        for one in node.named_children:
            if one.kind_id == IDENTIFIER_KIND:
                self.binders.append(one)
                continue
            for inner in one.named_children if kind_name(one) in DISPLAYS[:2] else ():
                if inner.kind_id == IDENTIFIER_KIND:
                    self.binders.append(inner)
                elif kind_name(inner) in DISPLAYS:
                    self.names_in(inner)

    def case(self, node: Node) -> None:
        """Notes the name that a case's pattern captures."""
        for one in node.named_children:
            if kind_name(one) == "dotted_name" and one.named_child_count == 1:
                self.names_in(one)

    def outward(self, node: Node) -> None:
        """Notes the names of a `global` or `nonlocal`."""
        for one in node.named_children:
            if one.kind_id == IDENTIFIER_KIND:
                self.other(OUTER, one)

    def parameters(self, node: Node, children: Sequence[Node], text: bytes) -> None:
        """Notes the names of a function's parameters, and what is in their defaults and annotations."""
        if _may_hold(text, 1):
            self._ask(node)
            return
        for one in children:
            kind = one.kind_id
            if kind == IDENTIFIER_KIND:
                self.binders.append(one)
                continue
            named = kind_name(one)
            if named in ("default_parameter", "typed_default_parameter"):
                self.name(one)
            elif named in ("typed_parameter", "list_splat_pattern", "dictionary_splat_pattern"):
                for inner in one.named_children:
                    if inner.kind_id == IDENTIFIER_KIND:
                        self.binders.append(inner)
                    elif kind_name(inner) in ("list_splat_pattern", "dictionary_splat_pattern"):
                        self.names_in(inner)

    def beside(self, node: Node, text: bytes) -> None:
        """Notes what an expression holds that the walk does not enter."""
        if _may_hold(text, 0):
            self._ask(node)

    def _ask(self, node: Node) -> None:
        for kind, held in captures(node, naming=True).items():
            if kind == "call":
                self.calls += held
            elif kind == SCOPE:
                self.scopes += held
            elif kind == BIND:
                self.binders += held
            else:
                self._others.setdefault(kind, []).extend(held)


def _may_hold(text: bytes, start: int) -> bool:
    """Whether there may be a call, a lambda, a comprehension or a named expression in an expression."""
    return (
        text.find(b"(", start) >= 0
        or b"lambda" in text
        or (b"for" in text and (b"[" in text or b"{" in text))
        or b":=" in text
    )
