"""A source file by Python's own `ast`: byte offsets, what its top level binds, what a stretch of it reads.

Nothing here is shared with what is measured.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
Edit = tuple[int, int, str]
"""Replaces the bytes between two offsets."""


@dataclass(frozen=True, eq=False)
class Source:
    """A file of a package or of its tests."""

    path: Path
    text: str
    module: str
    is_package: bool
    """Whether it is an `__init__` file."""

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text)

    @cached_property
    def data(self) -> bytes:
        """The text as bytes, which `ast` counts columns in."""
        return self.text.encode()

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        found = [0]
        for at, byte in enumerate(self.data):
            if byte == 10:
                found.append(at + 1)
        return found

    def span(self, node: ast.AST) -> tuple[int, int]:
        """The bytes of a node."""
        return (
            self.starts[node.lineno - 1] + node.col_offset,  # type: ignore[attr-defined]
            self.starts[node.end_lineno - 1] + node.end_col_offset,  # type: ignore[attr-defined]
        )

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text after edits that do not overlap."""
        data = self.data
        for start, end, new in sorted(edits, reverse=True):
            data = data[:start] + new.encode() + data[end:]
        return data.decode()

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    @cached_property
    def bound(self) -> dict[str, list[ast.AST]]:
        """What the top level binds, also under conditions, with the statements that do."""
        found: dict[str, list[ast.AST]] = {}
        for statement in top_level(self.tree.body):
            for name in bound_by(statement):
                found.setdefault(name, []).append(statement)
        return found

    def means(self, name: str) -> str:
        """What a name of the top level is, dotted; "" where that is not plain."""
        statements = self.bound.get(name, [])
        if len(statements) != 1:
            return ""
        (one,) = statements
        if isinstance(one, ast.ImportFrom):
            base = self.absolute(one)
            return next((f"{base}.{a.name}" for a in one.names if (a.asname or a.name) == name), "")
        if isinstance(one, ast.Import):
            return next((f"import {a.name}" for a in one.names if (a.asname or a.name) == name), "")
        return f"{self.module}.{name}"

    def absolute(self, node: ast.ImportFrom) -> str:
        """The absolute module of a from-import."""
        if not node.level:
            return node.module or ""
        parts = self.module.split(".") if self.is_package else self.module.split(".")[:-1]
        parts = parts[: len(parts) - node.level + 1]
        return ".".join([*parts, *([node.module] if node.module else [])])

    @cached_property
    def import_end(self) -> int:
        """The line behind the imports at the head; behind the docstring where there are none."""
        line = 0
        for at, one in enumerate(self.tree.body):
            if isinstance(one, (ast.Import, ast.ImportFrom)) or (
                at == 0 and isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
            ):
                line = one.end_lineno or 0
            elif not isinstance(one, (ast.If, ast.Try)):
                break
        return line


def top_level(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run when a module does, those under conditions among them."""
    for one in body:
        yield one
        if isinstance(one, (ast.If, ast.For, ast.While, ast.Try, ast.With)):
            for part in ("body", "orelse", "finalbody"):
                yield from top_level(getattr(one, part, []))
            for handler in getattr(one, "handlers", []):
                yield from top_level(handler.body)


def bound_by(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds itself."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif not isinstance(node, (ast.If, ast.Try, ast.With, ast.While, ast.For)):
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                yield one.id
    else:
        for one in ast.walk(getattr(node, "target", None) or ast.Module([], [])):
            if isinstance(one, ast.Name):
                yield one.id


def free_names(node: ast.AST) -> set[str]:
    """The names that a definition may read from around itself: read in it, bound by none of its parts."""
    read = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    stored = {
        one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    stored |= {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
    stored |= {
        one.name
        for one in ast.walk(node)
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and one is not node
    }
    for one in ast.walk(node):
        if isinstance(one, (ast.Import, ast.ImportFrom)):
            stored |= set(bound_by(one))
        if isinstance(one, ast.ExceptHandler) and one.name:
            stored.add(one.name)
    return read - stored - set(dir(builtins))


def in_f_string(source: Source, node: ast.AST) -> bool:
    """Whether a node stands in an f-string, whose positions older versions of Python tell wrongly."""
    return any(isinstance(one, ast.JoinedStr) for one in source.around(node))


def parameters(node: Function) -> list[ast.arg]:
    """All parameters, stars included."""
    a = node.args
    stars = [one for one in (a.vararg, a.kwarg) if one is not None]
    return [*a.posonlyargs, *a.args, *a.kwonlyargs, *stars]


def replaced_by_hand(source: Source, node: ast.AST) -> Iterator[ast.AST]:
    """Names of a node that rename by position: those outside of f-strings."""
    for one in ast.walk(node):
        if not in_f_string(source, one):
            yield one
