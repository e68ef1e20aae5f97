"""A text as a libcst tree with offsets: the one way from text to nodes and from nodes back to text.

libcst counts lines and columns as `text.Lines` does. It loses a lone `\\r`, so it is given the text with
plain line ends: neither lines nor columns change by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import TypeVar

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from canonry.edits.text import LINE_END, Lines
from canonry.model import Fix, Position, Refusal

Request = TypeVar("Request")

MAX_NESTING = 64
"""Brackets inside each other. libcst's parser ends the process when its stack is full (at about 800)."""

MAX_CHAIN = 600
"""Operators, calls and attributes in one expression, which nest as deeply: see MAX_NESTING."""

MAX_ELIFS = 1000
"""`elif` branches of one file, which nest as deeply: see MAX_NESTING."""

_BOM = "\ufeff"

_PIECES = r"""
    (?P<string>(?P<prefix>[rRbBuUfFtT]{0,3})(?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"
      |'(?:\\.|[^\\'\n])*'|"(?:\\.|[^\\"\n])*"))
    |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>[,;:=\n])|(?P<elif>\belif\b)|(?P<lambda>\blambda\b)
    |(?P<link>\*\*|[-+*/%@&|^~.<>]|\b(?:not|and|or|if|await|yield)\b)
    """
_CODE = re.compile(r"(?P<skip>\#[^\n]*)|" + _PIECES, re.VERBOSE | re.DOTALL)
_TEMPLATE = re.compile(r"(?P<skip>\{\{|\}\})|" + _PIECES, re.VERBOSE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Why a text has no tree."""

    reason: str


class Tree:
    """A parsed text."""

    def __init__(self, text: str, module: cst.Module) -> None:
        self.text = text
        self.module = module
        self.lines = Lines(text)
        self._shift = 1 if text.startswith(_BOM) else 0

    @cached_property
    def _ranges(self) -> Mapping[cst.CSTNode, CodeRange]:
        return MetadataWrapper(self.module, unsafe_skip_copy=True).resolve(PositionProvider)

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Where a node stands, without the parentheses and blanks around it: offsets of start and end."""
        found = self._ranges[node]
        return self._offset(found.start.line, found.start.column), self._offset(
            found.end.line, found.end.column
        )

    def source(self, node: cst.CSTNode) -> str:
        """A node's text, without the parentheses around it."""
        start, end = self.span(node)
        return self.text[start:end]

    def line(self, node: cst.CSTNode) -> int:
        """The one-based line on which a node begins: for messages."""
        return self._ranges[node].start.line

    def line_start(self, line: int) -> int:
        """Where a line begins, behind a byte order mark."""
        return self.lines.starts[line] + (self._shift if line == 0 else 0)

    def is_blank(self, line: int) -> bool:
        """Whether a line holds nothing but blanks. One with a form feed holds a page break."""
        return not self.lines.content(line).removeprefix(_BOM).strip(" \t")

    def _offset(self, line: int, column: int) -> int:
        return self.lines.offset(Position(line - 1, column + (self._shift if line == 1 else 0)))


_parsed: ContextVar[dict[str, Tree | Unparsed] | None] = ContextVar("parsed", default=None)


@contextmanager
def each_text_once() -> Iterator[None]:
    """Within it each text is parsed once, however often it is asked for; at its end all trees are dropped."""
    if _parsed.get() is not None:
        yield
        return
    token = _parsed.set({})
    try:
        yield
    finally:
        _parsed.reset(token)


def computed(compute: Callable[[Request], Fix | Refusal], request: Request) -> Fix | Refusal:
    """What a change makes of a request, each text parsed once; a refusal where the code nests too deeply."""
    try:
        with each_text_once():
            return compute(request)
    except RecursionError:
        return Refusal("the code is nested too deeply to be rewritten")


def parse_text(text: str) -> Tree | Unparsed:
    """The tree of a text; Unparsed where it is no valid Python, or nests too deeply to be read."""
    known = _parsed.get()
    if known is None:
        return _parse(text)
    found = known.get(text)
    if found is None:
        found = known[text] = _parse(text)
    return found


def _parse(text: str) -> Tree | Unparsed:
    plain = LINE_END.sub("\n", text.removeprefix(_BOM))
    if not _is_parsable_depth(plain):
        return Unparsed("is nested too deeply to be rewritten")
    try:
        return Tree(text, cst.parse_module(plain))
    except cst.ParserSyntaxError as problem:
        return Unparsed(f"does not parse at line {problem.raw_line}; finish it first")
    except UnicodeEncodeError:
        return Unparsed("holds half a surrogate pair, which no encoding can write")
    except RecursionError:
        return Unparsed("is nested too deeply to be rewritten")


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The parts of a node that are code: no blanks, comments, commas and brackets."""
    for name in _code_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            for one in value:
                if isinstance(one, cst.CSTNode):
                    yield one


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and everything below it that is code, in the order of the fields."""
    todo = [node]
    while todo:
        current = todo.pop()
        yield current
        todo.extend(reversed(list(children(current))))


def dotted(node: cst.CSTNode | None) -> str:
    """`a.b.c` for a name or a chain of attributes; "" for anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    return ".".join([node.value, *reversed(parts)])


_LAYOUT = frozenset(
    ("lpar", "rpar", "comma", "semicolon", "header", "footer", "leading_lines", "lines_after_decorators",
     "lines_after_colon", "equal", "colon", "dot", "lbracket", "rbracket", "lbrace", "rbrace",
     "trailing_whitespace", "leading_whitespace", "newline")
)  # fmt: skip


@cache
def _code_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(
        one.name
        for one in fields(kind)
        if one.name not in _LAYOUT and not one.name.startswith(("whitespace_", "_"))
    )


def _is_parsable_depth(text: str, is_template: bool = False) -> bool:
    """Whether libcst's parser survives a text. Of an f-string's, only what is in braces counts."""
    depth = elifs = lambdas = 0
    chains = [0]
    for match in (_TEMPLATE if is_template else _CODE).finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            chains[-1] += 1
            chains.append(0)
        elif kind == "close":
            depth = max(depth - 1, 0)
            if len(chains) > 1:
                chains.pop()
        elif kind == "end":
            chains[-1] = 0
            if match[0] == "\n" and not depth:
                lambdas = 0
        elif kind == "link":
            chains[-1] += 1
        elif kind == "lambda":
            lambdas += 1
        elif kind == "elif":
            elifs += 1
        elif (
            kind == "string"
            and match["prefix"].lower().strip("rbu")
            and not _is_parsable_depth(match[0].lstrip("rRfFtT").strip("'\""), is_template=True)
        ):
            return False
        if is_template and not depth:
            chains, lambdas = [0], 0
        if depth > MAX_NESTING or chains[-1] > MAX_CHAIN or lambdas > MAX_CHAIN or elifs > MAX_ELIFS:
            return False
    return True
