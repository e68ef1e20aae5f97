"""Locks: which attributes of a class hold one, and what stands under it."""

from __future__ import annotations

import re
from typing import Final

from tree_sitter import Node

from canonry.syntax import ModuleTree
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import ancestors

LOCKS: Final = frozenset(
    f"{module}.{name}"
    for module, names in (
        ("asyncio", ("Lock", "Semaphore", "BoundedSemaphore", "Condition")),
        ("asyncio.locks", ("Lock", "Semaphore", "BoundedSemaphore", "Condition")),
        ("anyio", ("Lock", "Semaphore", "Condition", "CapacityLimiter")),
        ("trio", ("Lock", "Semaphore", "Condition", "StrictFIFOLock")),
        ("threading", ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")),
        ("multiprocessing", ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")),
    )
    for name in names
)
"""What makes a lock, by its dotted name."""

LOCK_NAME: Final = re.compile(
    r"lock(?!s?_?(down|id))|mutex|semaphore|(^|_)sem(_|$)|guard|exclusive|critical|cond(ition)?$|throttl",
    re.IGNORECASE,
)
"""Names of what is held: `self._lock`, `mutex`, `connect_guard`."""


def lock_attributes(scope: Scope, tree: ModuleTree, makers: frozenset[str] = LOCKS) -> list[str]:
    """The attributes of a class that its own methods or body fill with a lock, in order."""
    found: list[str] = []
    for call in tree.calls_to(*makers):
        if call.scope.enclosing_class is not scope:
            continue
        assignment = call.node.parent
        if assignment is None or assignment.type != "assignment":
            continue
        left = assignment.child_by_field_name("left")
        if left is not None and left.type in ("attribute", "identifier"):
            name = tree.text(left).rpartition(".")[2]
            if name not in found:
                found.append(name)
    return found


def is_held(node: Node, tree: ModuleTree, attributes: list[str]) -> bool:
    """Whether a node stands in a `with` of something that is a lock by its name or its making."""
    return lock_around(node, tree, attributes) is not None


def lock_around(node: Node, tree: ModuleTree, attributes: list[str]) -> Node | None:
    """The `with` statement of a lock around a node, within its function; None where there is none."""
    for around in ancestors(node):
        if around.type == "function_definition":
            return None
        if around.type == "with_statement" and any(_is_lock(one, tree, attributes) for one in held(around)):
            return around
    return None


def held(statement: Node) -> list[Node]:
    """The expressions that a `with` statement enters."""
    found: list[Node] = []
    for clause in statement.named_children:
        if clause.type != "with_clause":
            continue
        for item in clause.named_children:
            value = item.child_by_field_name("value")
            if value is not None and value.type == "as_pattern" and value.named_children:
                value = value.named_children[0]
            if value is not None:
                found.append(value)
    return found


def _is_lock(value: Node, tree: ModuleTree, attributes: list[str]) -> bool:
    node: Node | None = value
    while node is not None:
        if node.type == "await":
            node = node.named_children[0] if node.named_children else None
        elif node.type in ("call", "subscript"):
            node = node.child_by_field_name("function") or node.child_by_field_name("value")
        elif node.type == "attribute":
            last = node.child_by_field_name("attribute")
            name = tree.text(last) if last is not None else ""
            if name in attributes or LOCK_NAME.search(name):
                return True
            node = node.child_by_field_name("object")
        else:
            return node.type == "identifier" and LOCK_NAME.search(tree.text(node)) is not None
    return False
