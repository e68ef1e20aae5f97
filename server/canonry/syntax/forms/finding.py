"""Places of a form in a module: nodes that are the form with its holes filled.

Names are compared by what they stand for (`import asyncio as aio`, `from asyncio import run`), and as they
are written where that cannot be told. Comments, parentheses, quotes, trailing commas and the order of
keyword arguments make no difference.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from canonry.syntax.forms.form import IMPORTS, Form, dotted_text, is_expression
from canonry.syntax.tree import ModuleTree, ancestors

MOST_STARTS = 20
"""Statements before the one with the anchor from which a run of statements is tried."""

_BLOCKS = ("block", "module")
_NAMES = ("identifier", "attribute")
_SKIPPED = (",", "comment", "line_continuation")
_STANDARD = frozenset(sys.stdlib_module_names)

Filling = Mapping[str, Node]
"""What stands in each hole."""


@dataclass(frozen=True, eq=False)
class Found:
    """A place of a form: its nodes, and what fills the holes."""

    nodes: tuple[Node, ...]
    holes: Filling

    @property
    def start(self) -> int:
        """The first byte."""
        return self.nodes[0].start_byte

    @property
    def end(self) -> int:
        """The byte behind the last."""
        return self.nodes[-1].end_byte


def find(form: Form, tree: ModuleTree) -> Iterator[Found]:
    """The places of a form in a module, in order; none inside another."""
    if form.imports:
        yield from _importing(form, tree)
        return
    words = _words(form.anchor, tree)
    end = -1
    for leaf in _leaves_called(words, tree):
        if leaf.start_byte < end:
            continue
        if next(ancestors(leaf, *IMPORTS), None) is not None:
            continue
        found = _around(form, leaf, tree)
        if found is not None and _is_where(form, found, tree):
            end = found.end
            yield found


def covers(form: Form, node: Node, tree: ModuleTree) -> bool:
    """Whether a node is, or is part of, a place of the form."""
    return not form.imports and _around(form, node, tree, whole=True) is not None


def _words(anchor: str, tree: ModuleTree) -> list[str]:
    """The anchor, and the names under which the module imports it."""
    aliases = {one.alias for one in tree.facts.imports if one.name == anchor and one.alias != anchor}
    return [anchor, *sorted(aliases)]


def _leaves_called(words: Sequence[str], tree: ModuleTree) -> Iterator[Node]:
    wanted = [one.encode() for one in words]
    pattern = re.compile(rb"\b(?:" + b"|".join(map(re.escape, wanted)) + rb")\b")
    for piece in tree.pieces:
        if not any(word in piece.data for word in wanted):
            continue
        for match in pattern.finditer(piece.data):
            start, end = piece.start + match.start(), piece.start + match.end()
            node = tree.node_at(start, end)
            if node is not None and node.byte_range == (start, end) and not node.children:
                yield node


def _is_where(form: Form, found: Found, tree: ModuleTree) -> bool:
    if not form.is_async:
        return True
    function = tree.own_scope(found.nodes[0]).function
    return function is not None and function.is_async


def _around(form: Form, leaf: Node, tree: ModuleTree, whole: bool = False) -> Found | None:
    """The place of a form that a node is part of."""
    matcher = _Matcher(form, tree)
    if is_expression(form) or form.nodes[0].type in ("decorator", "except_clause", "keyword_argument"):
        wanted = form.nodes[0]
        node: Node | None = leaf
        while node is not None and node.type not in _BLOCKS:
            filled = matcher.match(wanted, node, {})
            if filled is not None and not _is_name_of_another(node):
                return Found((node,), filled)
            node = node.parent
        return None
    for node in (leaf, *ancestors(leaf)):
        above = node.parent
        if above is None or above.type not in _BLOCKS:
            continue
        siblings = [one for one in above.named_children if one.type != "comment"]
        at = next((number for number, one in enumerate(siblings) if one.id == node.id), -1)
        for start in range(max(0, at - MOST_STARTS), at + 1):
            run = matcher.run(form.nodes, siblings[start:], {}, whole=False)
            if run is not None and start + run[1] > at:
                return Found(tuple(siblings[start : start + run[1]]), run[0])
    return None


def _is_name_of_another(node: Node) -> bool:
    """Whether a plain name is that of an attribute, an argument, a parameter or a definition."""
    above = node.parent
    if node.type != "identifier" or above is None:
        return False
    if above.type == "attribute":
        return above.child_by_field_name("attribute") == node
    return above.child_by_field_name("name") == node or above.type in ("parameters", "typed_parameter")


def _importing(form: Form, tree: ModuleTree) -> Iterator[Found]:
    """Import statements that import all that the form does."""
    if form.anchor.encode() not in tree.data:
        return
    for statement in tree.import_statements:
        imported = [(one.target, one.name) for one in statement.names]
        if all(
            any(_imports(target, name, one.target, one.name) for target, name in imported)
            for one in form.imports
        ):
            yield Found((statement.node,), {})


def _imports(target: str, name: str, wanted: str, wanted_name: str) -> bool:
    if (name == "*") != (wanted_name == "*"):
        return False
    # Whoever takes something from a module uses the module.
    return target == wanted or (not wanted_name and target.startswith(f"{wanted}."))


@dataclass(frozen=True)
class _Matcher:
    """Compares nodes of a form with nodes of a module. A filling of None: they do not match."""

    form: Form
    tree: ModuleTree

    def match(self, wanted: Node, node: Node, filled: Filling) -> Filling | None:
        wanted, node = _bare(wanted), _bare(node)
        if wanted.type == "ellipsis":
            return filled
        if wanted.type == "identifier" and self.form.tree.text(wanted) in self.form.holes:
            return self._fill(self.form.tree.text(wanted), node, filled)
        if wanted.type in _NAMES:
            return self._name(wanted, node, filled)
        if wanted.type != node.type:
            return None
        if wanted.type == "string" and not _is_formatted(wanted):
            same = self.form.tree.literal(wanted) == self.tree.literal(node)
            return filled if same and not _is_formatted(node) else None
        if wanted.type == "argument_list":
            return self._arguments(_inner(wanted), _inner(node), filled)
        if not wanted.children or not node.children:
            return filled if self.form.tree.text(wanted) == self.tree.text(node) else None
        ours, theirs = _inner(wanted), _inner(node)
        if wanted.type == "block":
            theirs = _without_docstring(ours, theirs)
        run = self.run(ours, theirs, filled, whole=True)
        return run[0] if run is not None else None

    def run(
        self, wanted: Sequence[Node], nodes: Sequence[Node], filled: Filling, *, whole: bool
    ) -> tuple[Filling, int] | None:
        """Matches nodes one after another, from the first; how many were taken. `whole`: all must be."""
        if not wanted:
            return None if whole and nodes else (filled, 0)
        if _bare(wanted[0]).type == "ellipsis":
            for skipped in range(len(nodes) + 1):
                rest = self.run(wanted[1:], nodes[skipped:], filled, whole=whole)
                if rest is not None:
                    return rest[0], skipped + rest[1]
            return None
        if not nodes:
            return None
        first = self.match(wanted[0], nodes[0], filled)
        rest = self.run(wanted[1:], nodes[1:], first, whole=whole) if first is not None else None
        return (rest[0], rest[1] + 1) if rest is not None else None

    def _fill(self, name: str, node: Node, filled: Filling) -> Filling | None:
        known = filled.get(name)
        if known is None:
            return {**filled, name: node} if node.is_named else None
        return filled if self.tree.text(known) == self.tree.text(node) else None

    def _arguments(self, wanted: Sequence[Node], nodes: Sequence[Node], filled: Filling) -> Filling | None:
        open_ended = any(one.type == "ellipsis" for one in wanted)
        positional = [one for one in wanted if one.type != "keyword_argument"]
        run = self.run(
            positional, [one for one in nodes if one.type != "keyword_argument"], filled, whole=True
        )
        if run is None:
            return None
        left = {self._keyword(one, self.tree): one for one in nodes if one.type == "keyword_argument"}
        now: Filling | None = run[0]
        for one in wanted:
            if one.type == "keyword_argument" and now is not None:
                given = left.pop(self._keyword(one, self.form.tree), None)
                now = self.match(one, given, now) if given is not None else None
        return now if open_ended or not left else None

    def _keyword(self, argument: Node, tree: ModuleTree) -> str:
        name = argument.child_by_field_name("name")
        return tree.text(name) if name is not None else ""

    def _name(self, wanted: Node, node: Node, filled: Filling) -> Filling | None:
        """A name or chain of attributes."""
        chain = dotted_text(wanted, self.form.tree)
        head = chain.partition(".")[0]
        if not chain or head in self.form.holes:
            if node.type != wanted.type:
                return None
            last, other = wanted.child_by_field_name("attribute"), node.child_by_field_name("attribute")
            held, of = wanted.child_by_field_name("object"), node.child_by_field_name("object")
            if last is None or other is None or held is None or of is None:
                return None
            if self.form.tree.text(last) != self.tree.text(other):
                return None
            return self.match(held, of, filled)
        if node.type not in _NAMES:
            return None
        above = wanted.parent
        if above is not None and above.type == "keyword_argument" and _is_name_of_another(wanted):
            return filled if self.form.tree.text(wanted) == self.tree.text(node) else None
        return filled if self._stands_for(wanted, chain, node) else None

    def _stands_for(self, wanted: Node, chain: str, node: Node) -> bool:
        head, dot, _ = chain.partition(".")
        meant = self.form.tree.resolve(wanted)
        imported = any(one.alias == head for one in self.form.tree.facts.imports)
        resolved = self.tree.resolve(node)
        written = dotted_text(node, self.tree)
        if imported:
            return resolved == meant
        if resolved == chain:
            return True
        if meant == f"builtins.{chain}" and resolved:
            return resolved == meant
        if written == chain:
            # What a module of the standard library is called and is something else here is not meant.
            return not (resolved and head in _STANDARD and resolved.partition(".")[0] != head)
        if not resolved.endswith(f".{chain}"):
            return False
        before = resolved.removesuffix(f".{chain}").rpartition(".")[2]
        return before == head or head[:1].isupper() if dot else node.type == "identifier"


def _bare(node: Node) -> Node:
    """The node without parentheses, or an expression without its statement."""
    while node.type in ("parenthesized_expression", "expression_statement"):
        inner = [one for one in node.named_children if one.type != "comment"]
        if len(inner) != 1:
            break
        node = inner[0]
    return node


def _inner(node: Node) -> list[Node]:
    return [one for one in node.children if one.type not in _SKIPPED]


def _without_docstring(wanted: Sequence[Node], nodes: list[Node]) -> list[Node]:
    def begins_with_text(some: Sequence[Node]) -> bool:
        return bool(some) and _bare(some[0]).type == "string"

    return nodes[1:] if begins_with_text(nodes) and not begins_with_text(wanted) else nodes


def _is_formatted(string: Node) -> bool:
    return any(one.type == "interpolation" for one in string.children)
