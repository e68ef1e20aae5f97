"""A new import, and how it joins one that the file has already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from canonry.edits.imports import alias_span
from canonry.edits.ordering import MEMBER_KEYS, sorted_place
from canonry.edits.text import Lines, Splice
from canonry.edits.tree import Tree, dotted


@dataclass(frozen=True, slots=True)
class NewImport:
    """`from module import name as alias`."""

    module: str
    """Absolute."""
    name: str
    alias: str = ""
    """The name that it binds, where that is another."""

    @property
    def member(self) -> str:
        """What stands behind `import`."""
        return f"{self.name} as {self.alias}" if self.alias else self.name


@dataclass(frozen=True, slots=True)
class Style:
    """How a workspace writes its imports."""

    first_party: frozenset[str] = frozenset()
    relative: bool | None = None
    """Whether modules of the same package are imported relatively; None: as the file does it."""
    line_length: int = 88


def merge_import(
    tree: Tree, node: cst.ImportFrom, new: NewImport, style: Style, gone: Sequence[cst.ImportAlias]
) -> list[Splice]:
    """The edits that put a new import among the names of one that is there, and take `gone` out of it."""
    assert not isinstance(node.names, cst.ImportStar)
    if "#" in tree.source(node):
        gone = []  # writing the names anew would lose a comment
    members = [one for one in node.names if one not in gone]
    at = sorted_place([dotted(one.name) for one in members], new.name, MEMBER_KEYS)
    spans = [alias_span(tree, one) for one in members]
    first, last = (tree.lines.line_of(offset) for offset in tree.span(node))
    line = tree.lines.content(first)
    too_long = first == last and len(line) + len(new.member) + 2 > style.line_length >= len(line)
    if gone or (too_long and "#" not in line):
        texts = [tree.text[start:end] for start, end in spans]
        return [_rewritten(tree, node, [*texts[:at], new.member, *texts[at:]], style)]
    if at < len(members):
        start = spans[at][0]
        indent = _own_line_indent(tree.lines, start) if node.lpar is not None else None
        text = f"{new.member}, " if indent is None else _next_line(tree, start, new, indent)
        return [Splice(start, start, text)]
    return _append(tree, node, spans[-1], new)


def _rewritten(tree: Tree, node: cst.ImportFrom, members: Sequence[str], style: Style) -> Splice:
    """All names anew: on one line where they fit and stood so, else one a line in parentheses."""
    assert not isinstance(node.names, cst.ImportStar)
    start = tree.span(node.lpar)[0] if node.lpar else alias_span(tree, node.names[0])[0]
    end = tree.span(node)[1]
    lines = tree.lines
    joined = ", ".join(members)
    length = start - lines.starts[lines.line_of(start)] + len(joined)
    if lines.line_of(start) == lines.line_of(end) and length <= style.line_length:
        return Splice(start, end, f"({joined})" if node.lpar else joined)
    return Splice(start, end, in_parentheses(tree, members, start))


def _next_line(tree: Tree, offset: int, new: NewImport, indent: str) -> str:
    return f"{new.member},{tree.lines.ending(tree.lines.line_of(offset))}{indent}"


def _append(tree: Tree, node: cst.ImportFrom, last: tuple[int, int], new: NewImport) -> list[Splice]:
    end = last[1]
    comma = _comma_after(tree.text, end) if node.rpar is not None else None
    indent = _own_line_indent(tree.lines, last[0]) if node.rpar is not None else None
    if indent is None:
        if comma is None:
            return [Splice(end, end, f", {new.member}")]
        return [Splice(comma, comma, f" {new.member},")]
    line = tree.lines.line_of(end if comma is None else comma)
    ending = tree.lines.ending(line)
    if tree.lines.line_of(tree.span(node)[1]) == line:
        if comma is None:
            return [Splice(end, end, f",{ending}{indent}{new.member}")]
        return [Splice(comma, comma, f"{ending}{indent}{new.member},")]
    at = tree.lines.ends[line]
    if comma is None:
        return [Splice(end, end, ","), Splice(at, at, f"{ending}{indent}{new.member}")]
    return [Splice(at, at, f"{ending}{indent}{new.member},")]


def in_parentheses(tree: Tree, texts: Sequence[str], offset: int) -> str:
    """The names of an import, one a line, as it is written beside an offset."""
    ending = tree.lines.ending(tree.lines.line_of(offset))
    indent = tree.module.default_indent
    return f"({ending}" + "".join(f"{indent}{one},{ending}" for one in texts) + ")"


def _own_line_indent(lines: Lines, offset: int) -> str | None:
    """The blanks before an offset, where nothing else stands before it on its line; else None."""
    before = lines.text[lines.starts[lines.line_of(offset)] : offset]
    return before if not before.strip(" \t\f") else None


_GAP = re.compile(r"(?:[ \t\f\r\n]|#[^\r\n]*|\\(?:\r\n|\r|\n))*")


def _comma_after(text: str, offset: int) -> int | None:
    """The offset behind the comma that follows, across blanks and comments; None where none does."""
    gap = _GAP.match(text, offset)
    at = gap.end() if gap else offset
    return at + 1 if text[at : at + 1] == "," else None
