"""Taking a definition out of a text: its lines, its comments, and the blank lines that it had for itself."""

from __future__ import annotations

import re

import libcst as cst

from canonry.edits.definitions import is_docstring
from canonry.edits.imports import is_import
from canonry.edits.text import Lines, Splice
from canonry.edits.tree import Tree

_COMMENT = re.compile(r"([ \t\f]*)#")

_KEPT_COMMENT = re.compile(
    r"#!|#.*?coding[:=]|#\s*(?:fmt|isort|ruff|mypy|flake8|pylint|pyright|yapf|nosec|region|endregion|type|canonry)\b"
    r"|#\s*%%|#\s?[-=#*~]{4,}|#.*[-=#*~]{4,}\s*\Z"
)
"""Comments that speak of more than what stands below them: pragmas, regions, cells, ruled headings."""


def definition_lines(tree: Tree, node: cst.FunctionDef | cst.ClassDef) -> tuple[int, int]:
    """The zero-based lines of a definition, the last one excluded.

    Its decorators belong to it, comments inside its body, also below the last statement, and the block of
    comments right above it. A comment at the head of the file does not, nor a pragma or a ruled heading.
    """
    lines = tree.lines
    starts = [tree.span(node)[0], *(tree.span(one)[0] for one in node.decorators)]
    first = lines.line_of(min(starts))
    last = lines.line_of(tree.span(node)[1])
    own_indent = _indent(lines.content(first))
    at = last + 1
    while at < len(lines.starts):
        content = lines.content(at)
        if (comment := _COMMENT.match(content)) and len(comment[1]) > len(own_indent):
            last = at
        elif not tree.is_blank(at):
            break
        at += 1
    at = first
    while at > 0 and _COMMENT.match(above := lines.content(at - 1).removeprefix("\ufeff")):
        if _KEPT_COMMENT.match(above.strip()) or _indent(above) != own_indent:
            break
        at -= 1
    if at > 0 or not _COMMENT.match(lines.content(0).removeprefix("\ufeff")):
        first = at
    return first, last + 1


def remove_definition(tree: Tree, node: cst.FunctionDef | cst.ClassDef, is_nested: bool) -> Splice:
    """The edit that takes a definition out, and as many blank lines as nothing needs any more."""
    lines = tree.lines
    first, end = definition_lines(tree, node)
    above = first
    while above > 0 and tree.is_blank(above - 1):
        above -= 1
    below = end
    while below < len(lines.starts) and tree.is_blank(below):
        below += 1
    before, after = first - above, below - end
    if below >= len(lines.starts):
        stop = lines.starts[end] if end < len(lines.starts) else len(tree.text)
        return Splice(tree.line_start(above), stop, "")
    if above == 0 or _opens_block(lines, above - 1, first):
        return Splice(tree.line_start(above), lines.starts[below], "")
    keep = max(before, after)
    if is_nested and len(_indent(lines.content(below))) < len(_indent(lines.content(first))):
        keep = after
    elif not is_nested and _ends_import_block(tree, above - 1) and not _is_definition_line(tree, below):
        keep = min(keep, 1)
    if before >= keep:
        return Splice(lines.starts[above + keep], lines.starts[below], "")
    return Splice(lines.starts[above], lines.starts[below - keep], "")


def _opens_block(lines: Lines, above: int, first: int) -> bool:
    return len(_indent(lines.content(above))) < len(_indent(lines.content(first)))


def _ends_import_block(tree: Tree, line: int) -> bool:
    """Whether an import ends on a line, or the module's docstring, which the import will follow."""
    for at, one in enumerate(tree.module.body):
        if isinstance(one, cst.SimpleStatementLine) and tree.lines.line_of(tree.span(one)[1]) == line:
            return all(is_import(part) or (at == 0 and is_docstring(part)) for part in one.body)
    return False


def _is_definition_line(tree: Tree, line: int) -> bool:
    """Whether what follows at the top level from a line on is a function or class."""
    for one in tree.module.body:
        if tree.lines.line_of(tree.span(one)[0]) >= line:
            return isinstance(one, (cst.FunctionDef, cst.ClassDef))
    return False


def _indent(content: str) -> str:
    content = content.removeprefix("\ufeff")
    return content[: len(content) - len(content.lstrip(" \t\f"))]
