"""Parsing a text again after an edit.

The parser reuses what lies outside the edit. Where the code has no errors the tree is the one that
the whole text would give; where it has, error recovery may take another way from a half-old tree, so
the text is then parsed as a whole: what is found never depends on what was typed before.
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Parser, Point, Tree

from canonry.syntax.grammar import LANGUAGE


class IncrementalParser:
    """Parses one text's successive states."""

    def __init__(self) -> None:
        self._parser = Parser(LANGUAGE)
        self._tree: Tree | None = None
        self._data = b""

    def parse(self, data: bytes) -> Tree:
        """The tree of the newest state."""
        old = self._tree
        tree: Tree | None = None
        if old is not None and not old.root_node.has_error:
            old.edit(*_edit(self._data, data))
            tree = self._parser.parse(data, old)
        if tree is None or tree.root_node.has_error:
            tree = self._parser.parse(data)
        self._tree, self._data = tree, data
        return tree


def _edit(old: bytes, new: bytes) -> tuple[int, int, int, Point, Point, Point]:
    """The one stretch in which two texts differ: start, its end in the old and in the new; then as points."""
    shorter = min(len(old), len(new))
    start = _common(lambda count: old[:count] == new[:count], shorter)
    rest = shorter - start
    same_end = _common(lambda count: not count or old[-count:] == new[-count:], rest)
    old_end, new_end = len(old) - same_end, len(new) - same_end
    return start, old_end, new_end, _point(old, start), _point(old, old_end), _point(new, new_end)


def _common(same: Callable[[int], bool], most: int) -> int:
    """The largest count up to `most` for which `same` holds, which it does for all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _point(data: bytes, at: int) -> Point:
    return Point(data.count(b"\n", 0, at), at - data.rfind(b"\n", 0, at) - 1)
