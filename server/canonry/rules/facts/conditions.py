"""What the parts of an if's condition say: that something is so or not, is there or missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tree_sitter import Node

from canonry.syntax import ModuleTree

_WELL: Final = re.compile(
    r"""^["']?(ok|okay|up|ready|healthy|success|successful|passed|running|available|alive|200|0)["']?$""",
    re.IGNORECASE,
)
"""Values of a state that say that all is well."""

_ASKING: Final = re.compile(
    r"^_*(is|has|can|are)_|(^|_)(exists?|available|ping|reachable|alive|healthy|installed|running|ready|up)$"
)
"""Names of functions that ask whether something is there."""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One part of a condition that is joined by `and`."""

    whole: Node
    node: Node
    """The part without its `not`, or what a comparison compares."""
    negative: bool
    """`not x`, `x is False`, `x != y`, `x not in y`."""
    member_of: Node | None = None
    """`y` of `x in y`."""
    equal_to: Node | None = None
    """`y` of `x == y`, `x is y`."""


def conditions(node: Node, tree: ModuleTree) -> Sequence[Condition]:
    """The parts of a condition, all of which must hold."""
    return [_condition(one, tree) for one in _joined(node, tree)]


def _joined(node: Node, tree: ModuleTree) -> Iterator[Node]:
    node = _bare(node)
    operator = node.child_by_field_name("operator") if node.type == "boolean_operator" else None
    if operator is None or operator.type != "and":
        yield node
        return
    for field in ("left", "right"):
        inner = node.child_by_field_name(field)
        if inner is not None:
            yield from _joined(inner, tree)


def _bare(node: Node) -> Node:
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    return node


def negated(node: Node) -> Node | None:
    """What `not x` negates; None for anything else."""
    node = _bare(node)
    inner = node.child_by_field_name("argument") if node.type == "not_operator" else None
    return _bare(inner) if inner is not None else None


def _condition(node: Node, tree: ModuleTree) -> Condition:
    inner = negated(node)
    if inner is not None:
        found = _condition(inner, tree)
        return Condition(node, found.node, not found.negative, found.member_of, found.equal_to)
    if node.type != "comparison_operator" or len(node.named_children) != 2:
        return Condition(node, node, False)
    left, right = node.named_children
    operators = node.children_by_field_name("operators")
    operator = " ".join(tree.text(one) for one in operators)
    if operator in ("in", "not in"):
        return Condition(node, left, operator == "not in", member_of=right)
    if operator in ("is", "==", "is not", "!="):
        negative = operator in ("is not", "!=")
        if right.type in ("true", "false"):
            return Condition(node, left, negative is (right.type == "true"))
        return Condition(node, left, negative, equal_to=right)
    return Condition(node, node, False)


def is_absence(one: Condition, tree: ModuleTree) -> bool:
    """Whether a part holds where something is missing or not as it has to be: `x not in y`, `x is None`,
    `not found(x)`, `state != "up"`. A call of several values compares them: what is false there is wrong, not
    missing, unless its name asks (`is_up(service, timeout)`).
    """
    if one.member_of is not None:
        return one.negative
    if one.equal_to is not None:
        is_none = one.equal_to.type == "none"
        return is_none is not one.negative and (is_none or bool(_WELL.match(tree.text(one.equal_to))))
    return one.negative and (one.node.type != "call" or _asks(one.node, tree))


def _asks(call: Node, tree: ModuleTree) -> bool:
    function, held = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    name = tree.text(function).rpartition(".")[2] if function is not None else ""
    given = [
        one
        for one in (held.named_children if held is not None else ())
        if one.type not in ("comment", "keyword_argument")
    ]
    return len(given) <= 1 or _ASKING.search(name) is not None


def is_presence(one: Condition, tree: ModuleTree) -> bool:
    """Whether a part holds where something is there: `x in y`, `x is not None`."""
    if one.member_of is not None:
        return not one.negative
    return one.equal_to is not None and one.equal_to.type == "none" and one.negative
