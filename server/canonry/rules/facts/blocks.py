"""Statements put under another one, and taken away: what fixes make of `with` and `try` are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from canonry.model import Position, Range, Refusal, TextEdit
from canonry.syntax import ModuleTree
from canonry.syntax.tree import ancestors

SCOPES = ("function_definition", "class_definition", "lambda")
"""Kinds of nodes whose inside runs at another time."""


def holds(outer: Node, inner: Node) -> bool:
    """Whether a node is another one or stands around it."""
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def within_function(node: Node) -> Iterator[Node]:
    """The nodes around a node, innermost first, up to the function, class or lambda that it stands in."""
    for one in ancestors(node):
        if one.type in SCOPES:
            return
        yield one


def statement_in(block: Node, node: Node) -> Node | None:
    """The statement of a block that a node stands in; None where it stands elsewhere."""
    return next((one for one in block.named_children if one.type != "comment" and holds(one, node)), None)


def statement_of(node: Node) -> Node:
    """The statement that a node stands in: the innermost one directly in a block."""
    while node.parent is not None and node.parent.type not in ("block", "module"):
        node = node.parent
    return node


def own_block(node: Node) -> Node | None:
    """The innermost block (or module) that a node stands in."""
    return next(ancestors(node, "block", "module"), None)


def indent_of(statement: Node, tree: ModuleTree) -> str | None:
    """What stands before a statement on its line; None where that is not blank."""
    start = tree.data.rfind(b"\n", 0, statement.start_byte) + 1
    indent = tree.data[start : statement.start_byte].decode("utf-8", "replace")
    return None if indent.strip() else indent


def nested(
    first: Node,
    last: Node,
    header: str,
    tree: ModuleTree,
    footer: str = "",
    until: Node | None = None,
    gone: Sequence[Node] = (),
) -> TextEdit | Refusal:
    """The edit that puts the statements from `first` to `last`, of one block, under a header.

    `footer` follows them, its lines at the header's indent. What stands between `last` and the end of
    `until`, where one is given, goes away, and so do the statements `gone` inside them.
    """
    block = first.parent
    if block is None or block.has_error:
        return Refusal("the function has a syntax error")
    for string in tree.nodes("string", within=block):
        outside = string.end_byte <= first.start_byte or string.start_byte >= last.end_byte
        if string.start_point[0] != string.end_point[0] and not outside:
            return Refusal("a string of several lines stands among the statements")
    indent = indent_of(first, tree)
    if indent is None:
        return Refusal("the statements stand on one line")
    if any(not _can_go(one, tree) for one in gone):
        return Refusal("a statement that has to go stands alone, or on a line with others")
    left_out = {
        line - first.start_point[0]
        for one in gone
        for line in range(one.start_point[0], one.end_point[0] + 1)
    }
    written = tree.data[first.start_byte : last.end_byte].decode("utf-8", "replace").split("\n")
    lines = [one for at, one in enumerate(written) if at not in left_out]
    text = "\n".join((lines[0], *(f"    {one}" if one.strip() else one for one in lines[1:])))
    end = until if until is not None else last
    at = Range(tree.position(*first.start_point), tree.position(*end.end_point))
    below = "".join(f"\n{indent}{one}" for one in footer.splitlines())
    return TextEdit(at, f"{header}\n{indent}    {text}{below}")


def without(statement: Node, tree: ModuleTree) -> TextEdit | Refusal:
    """The edit that takes a statement away with its line; where it is the only one of its block it becomes
    `pass`.
    """
    if indent_of(statement, tree) is None:
        return Refusal("a statement stands on a line with others")
    if not _can_go(statement, tree):
        return TextEdit(tree.range(statement), "pass")
    return TextEdit(Range(Position(statement.start_point[0], 0), Position(statement.end_point[0] + 1, 0)), "")


def _can_go(statement: Node, tree: ModuleTree) -> bool:
    """Whether a statement has its lines for itself, and its block others beside it."""
    block = statement.parent
    return (
        block is not None
        and indent_of(statement, tree) is not None
        and any(one.type != "comment" and one.id != statement.id for one in block.named_children)
    )
