"""What a function passes on the way to a write: awaits, other writes, reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.blocks import SCOPES, holds, within_function
from canonry.syntax import ModuleTree
from canonry.syntax.tree import ancestors, block_of

_LEAVES: Final = ("return_statement", "raise_statement", "continue_statement", "break_statement")


def await_between(start: int, end: int, write: Node, awaits: Sequence[Node]) -> Node | None:
    """An await between two places that the way to a write passes; None for none."""
    for one in awaits:
        if start <= one.start_byte and one.end_byte <= end and not is_aside(one, write):
            return one
    return None


def is_aside(node: Node, write: Node) -> bool:
    """Whether a node stands in a branch that ends before the write: it leaves the function or the loop, or
    is the other branch of the statement that the write stands in.
    """
    for around in within_function(node):
        if holds(around, write):
            return False
        if around.type in ("block", "else_clause", "elif_clause", "except_clause"):
            body = around.named_children if around.type == "block" else block_of(around)
            statements = [one for one in body if one.type != "comment"]
            if statements and statements[-1].type in _LEAVES:
                return True
            beside = around.parent
            if beside is not None and beside.type == "if_statement" and holds(beside, write):
                return True
    return False


def writes_between(attribute: str, start: int, end: int, write: Node, tree: ModuleTree) -> bool:
    """Whether an attribute is written between two places that the way to a write passes."""
    function = next(ancestors(write, "function_definition"), None)
    return any(
        start <= one.start_byte and one.end_byte <= end and not is_aside(one, write)
        for one in tree.nodes("assignment", "augmented_assignment", within=function)
        if (left := one.child_by_field_name("left")) is not None and tree.text(left) == attribute
    )


def dominates(first: Node, then: Node) -> bool:
    """Whether the way to `then` always passes `first`: its block holds it."""
    block = next(ancestors(first, "block", "module"), None)
    return block is not None and holds(block, then)


def reads(node: Node, attribute: str, tree: ModuleTree) -> list[Node]:
    """The places in an expression where an attribute is read."""
    found: list[Node] = []
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "attribute" and tree.text(one) == attribute:
            found.append(one)
        elif one.type not in SCOPES:
            pending.extend(one.named_children)
    return found


def names(node: Node) -> list[Node]:
    """The names in an expression, attributes not counted, but what they are of."""
    found: list[Node] = []
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "identifier":
            found.append(one)
        elif one.type == "attribute":
            inner = one.child_by_field_name("object")
            pending.extend([inner] if inner is not None else [])
        elif one.type not in SCOPES:
            pending.extend(one.named_children)
    return found
