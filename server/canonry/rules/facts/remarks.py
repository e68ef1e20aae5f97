"""What comments and docstrings say: the line that speaks of something, with the lines that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from canonry.model import Range
from canonry.syntax import ModuleTree
from canonry.syntax.signs import AnyOf

MARKER = re.compile(
    r"\b(?P<word>TODO|FIXME|HACK)\b|^\W*(?P<first>XXX|(?i:todo|fixme|hack))\b(?=[\s:(\[-]|$)(?![-\s]?XXX)"
)
"""What marks a debt: upper case anywhere in a comment, any case (and XXX, which also stands for a number
that is left out) only where it begins.
"""
MARKER_BYTES = AnyOf(b"todo", b"fixme", b"xxx", b"hack", any_case=True, alone=True)

_NOTE = re.compile(r"(?:NOTE|NB|WARNING)\b")
"""Begins a remark of its own."""
_STRINGS = ("string", "concatenated_string")


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of a comment or docstring, and what it says."""

    range: Range
    """Of the line: the comment, or the docstring's line without its indentation."""
    line: str
    """What stands on it, the `#` taken away."""
    text: str
    """The same with the lines below that go on with it."""
    node: Node
    """The comment, or the docstring."""


def remarks(tree: ModuleTree, pattern: re.Pattern[bytes] | AnyOf) -> Iterator[Remark]:
    """The lines of comments and docstrings in which a pattern is found, in order, each line once."""
    data = tree.data
    seen = -1
    for start, stop in tree.spans(pattern):
        if start <= seen:
            continue
        end = data.find(b"\n", start)
        seen = len(data) if end < 0 else end
        node = tree.node_at(start, stop)
        while node is not None and node.type not in ("comment", "string", "module", "block"):
            node = node.parent
        if node is None:
            continue
        if node.type == "comment":
            yield _comment(node, tree)
        elif node.type == "string" and is_docstring(node):
            yield _docstring_line(node, start, tree)


def is_docstring(node: Node) -> bool:
    """Whether a string is a statement by itself that documents a module, class, function or attribute."""
    above = node.parent
    if above is not None and above.type in _STRINGS:
        above = above.parent
    return above is not None and above.type == "expression_statement" and above.named_child_count == 1


def _comment(node: Node, tree: ModuleTree) -> Remark:
    line = _bare(tree.text(node))
    said = [line]
    column = node.start_point[1]
    following = node.next_sibling
    row = node.start_point[0]
    while (
        following is not None
        and following.type == "comment"
        and following.start_point[0] == row + 1
        and following.start_point[1] == column
    ):
        more = _bare(tree.text(following))
        if not more or MARKER.search(more) or _NOTE.match(more):
            break
        said.append(more)
        row, following = row + 1, following.next_sibling
    return Remark(tree.range(node), line, "\n".join(said), node)


def _docstring_line(node: Node, at: int, tree: ModuleTree) -> Remark:
    data = tree.data
    start = max(data.rfind(b"\n", 0, at) + 1, node.start_byte)
    end = data.find(b"\n", at)
    end = node.end_byte if end < 0 else min(end, node.end_byte)
    row = data.count(b"\n", node.start_byte, at) + node.start_point[0]
    line_start = data.rfind(b"\n", 0, at) + 1
    written = data[start:end]
    indent = len(written) - len(written.lstrip())
    first = tree.position(row, start + indent - line_start)
    last = tree.position(row, start + len(written.rstrip()) - line_start)
    line = written.decode("utf-8", "replace").strip().strip("\"'").strip()
    said = [line]
    for more in data[end : node.end_byte].decode("utf-8", "replace").split("\n")[1:]:
        bare = more.strip().strip("\"'").strip()
        if not bare or MARKER.search(bare):
            break
        said.append(bare)
    return Remark(Range(first, last), line, "\n".join(said), node)


def _bare(comment: str) -> str:
    return comment.lstrip("#:! \t").rstrip()
