"""Whether a definition of this module has a marker comment: `# canonry: single-writer`."""

from __future__ import annotations

from tree_sitter import Node

from canonry.scopes.comments import read_comments
from canonry.syntax import ModuleTree


def is_marked(tree: ModuleTree, definition: Node, word: str) -> bool:
    """Whether a class or function has a marker: at the end of its header, or on lines of their own above it
    and its decorators.
    """
    told = {one.line for one in read_comments(tree.facts.ignores) if one.word == word}
    if not told:
        return False
    first = definition.start_point[0]
    if definition.parent is not None and definition.parent.type == "decorated_definition":
        first = definition.parent.start_point[0]
    body = definition.child_by_field_name("body")
    last = body.start_point[0] if body is not None else first
    if any(first <= line < max(last, first + 1) for line in told):
        return True
    own = {node.start_point[0] for node in tree.nodes("comment") if _stands_alone(node, tree)}
    above = first - 1
    while above in own:
        if above in told:
            return True
        above -= 1
    return False


def _stands_alone(comment: Node, tree: ModuleTree) -> bool:
    line_start = tree.data.rfind(b"\n", 0, comment.start_byte) + 1
    return not tree.data[line_start : comment.start_byte].strip()
