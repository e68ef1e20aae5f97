"""Imports inside functions, for where one at the head of the file would make modules import each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import libcst as cst

from canonry.edits.definitions import is_docstring
from canonry.edits.imports import is_import
from canonry.edits.names import Names
from canonry.edits.text import Splice
from canonry.edits.tree import Tree


def functions_of(names: Names, uses: Iterable[cst.CSTNode]) -> list[cst.FunctionDef] | None:
    """The outermost functions in whose bodies the uses stand; None where one runs outside of any."""
    found: list[cst.FunctionDef] = []
    for use in uses:
        outermost: cst.FunctionDef | None = None
        below = use
        for outer in names.enclosing(use):
            if isinstance(outer, cst.FunctionDef) and below is outer.body:
                outermost = outer
            below = outer
        if outermost is None or not isinstance(outermost.body, cst.IndentedBlock):
            return None
        if outermost not in found:
            found.append(outermost)
    return found


def is_taken(names: Names, name: str, functions: Sequence[cst.FunctionDef]) -> bool:
    """Whether one of these functions binds or reads a name, so that an import of it there would change it."""
    inside = set(functions)
    for scope in names.scopes:
        if scope.bindings.get(name) and (scope.node in inside or _is_inside(names, scope.node, inside)):
            return True
    return any(_is_inside(names, use.node, inside) for use in names.uses.get(name, ()))


def import_locally(tree: Tree, function: cst.FunctionDef, module: str, member: str, width: int) -> Splice:
    """The edit that puts an import at the head of a function's body: below its docstring and its imports.

    `member` is what stands behind `import`; a line longer than `width` is wrapped.
    """
    body = list(function.body.body)
    at = 1 if len(body) > 1 and _is(body[0], is_docstring) else 0
    imports = at
    while imports < len(body) - 1 and _is(body[imports], is_import):
        imports += 1
    lines = tree.lines
    start, _ = tree.span(body[at])
    first = body[at]
    if isinstance(first, (cst.FunctionDef, cst.ClassDef)):
        start = min([start, *(tree.span(one)[0] for one in first.decorators)])
    indent = tree.text[lines.starts[lines.line_of(start)] : start]
    statement = f"from {module} import {member}"
    if len(indent) + len(statement) > width:
        ending = lines.ending(lines.line_of(start))
        inner = f"{ending}{indent}{tree.module.default_indent}{member},{ending}{indent}"
        statement = f"from {module} import ({inner})"
    if imports == at:
        line = lines.line_of(start)
        while lines.content(line - 1).strip().startswith("#"):
            line -= 1
        ending = lines.ending(line)
        return Splice(lines.starts[line], lines.starts[line], f"{indent}{statement}{ending}{ending}")
    line = lines.line_of(tree.span(body[imports - 1])[1])
    ending = lines.ending(line)
    gap = "" if _root(tree.source(body[imports - 1])) == _root(statement) else ending
    return Splice(lines.after(line), lines.after(line), f"{gap}{indent}{statement}{ending}")


def _root(statement: str) -> str:
    """What an import names first: its group, roughly."""
    return statement.split()[1].partition(".")[0]


def _is(node: cst.CSTNode, question: Callable[[cst.CSTNode], bool]) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and question(node.body[0])


def _is_inside(names: Names, node: cst.CSTNode, functions: set[cst.FunctionDef]) -> bool:
    return any(one in functions for one in names.enclosing(node))
