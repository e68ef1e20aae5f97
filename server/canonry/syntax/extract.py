"""One walk over a syntax tree that gives all definitions with their features.

The walk is the cost of indexing, so it is one loop over a cursor with integer dispatch, and
whatever needs names or fields of a node is done only for the few nodes that carry them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tree_sitter import Node

from canonry.model import Trait
from canonry.syntax.definitions import close_frame, open_frame
from canonry.syntax.facts import Definition, Import
from canonry.syntax.fingerprint import Names, features_of
from canonry.syntax.frame import Frame
from canonry.syntax.grammar import (
    ASSIGNMENT,
    ASSIGNMENT_KIND,
    ATTRIBUTE,
    BINDING,
    BINDING_AS,
    BINDING_CASE,
    BINDING_NAME,
    BINDING_TARGET,
    CALL,
    CLASS,
    CODES,
    COMMENT,
    CONDITIONAL,
    DECORATED,
    DECORATOR,
    DESCENDS,
    EXCEPT,
    EXPRESSION,
    FOR,
    FUNCTION,
    IDENTIFIER,
    IF_KIND,
    IMPORT,
    KIND_NAMES,
    NUMBER,
    OPERATION,
    OUTWARD,
    PARAMETERS,
    RAISE,
    SKIPPED,
    STATEMENT,
    STRING,
    STRING_CONTENT,
    TYPE,
    VISITS,
    YIELD,
    kind_name,
)
from canonry.syntax.headers import (
    decorator_traits,
    exported_names,
    imports_of,
    one_line,
    string_text,
)
from canonry.syntax.kinds import SCOPE_IDS, captures
from canonry.syntax.noted import Noted
from canonry.syntax.source import Source

MAX_DOCSTRING = 1500
"""Code points kept of a docstring."""
MAX_DEPTH = 400
"""Nesting of syntax nodes that is followed; what is deeper is machine-made."""

_DOTTED = re.compile(rb"[\w.\x80-\xff]+").fullmatch
_MARK = b"canonry:"
_QUOTES = b"\"'rRuUbBfF"
_DOT = ord(".")

# Traits as plain numbers: they are joined for every definition there is.
_NESTED: Final = int(Trait.NESTED)
_CONDITIONAL: Final = int(Trait.CONDITIONAL)
_TYPE_CHECKING: Final = int(Trait.TYPE_CHECKING)
_TEST: Final = int(Trait.TEST)
_GENERATOR: Final = int(Trait.GENERATOR)


@dataclass(slots=True)
class Extract:
    """What a module, or one top-level statement of it, holds."""

    definitions: list[Definition] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    """Absolute dotted names that are imported, or reached through something imported."""
    comments: list[tuple[int, str]] = field(default_factory=list)
    """Comments that speak to Canonry: line, and the text after `canonry:`."""
    exports: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the walk must know of the module around it."""

    source: Source
    module: str
    is_package: bool
    names: Names
    """The module's imported names, to what they stand for."""
    test_module: bool = False


def extract(
    root: Node,
    context: Context,
    imports: Mapping[int, list[Import]],
    naming: dict[str, list[Node]] | None = None,
) -> Extract:
    """Everything below `root`, the node of a module's statements or of some of them.

    `imports` are those at the module's top level as far as they are known, by their place. `naming` is given
    the nodes that names need, as `captures` finds them: here they cost little beside the walk, there as much
    as half of it. That is for trees without errors. Never raises on any tree.
    """
    source = context.source
    data = source.data
    result = Extract()
    frame = Frame()
    frames = [frame]
    skeleton, statements, names, calls = frame.skeleton, frame.statements, frame.names, frame.calls
    slots: list[Definition | None] = []
    # Ends of enclosing if/try/match statements outside functions, and whether they are for type checkers.
    conditions: list[tuple[int, bool]] = []
    decorators: list[str] = []
    decorated_at: tuple[int, int] | None = None
    comment_line, comment = -2, b""
    callee = False
    depth = 0
    noted = Noted()
    called, scopes, assigned = noted.calls, noted.scopes, noted.assignments
    cursor = root.walk()
    down, right, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent

    while True:
        node: Node = cursor.node  # type: ignore[assignment]  # a cursor always stands on one
        kind = node.kind_id
        visit = VISITS[kind]
        if visit != SKIPPED:
            code = CODES[kind]
            descend = DESCENDS[kind]
            if depth >= MAX_DEPTH and descend:
                descend = False
                noted.whole = False
            if visit:
                start = node.start_byte
                end = node.end_byte
                if visit == IDENTIFIER:
                    if not start or data[start - 1] != _DOT:  # after a dot it is an attribute, counted there
                        text = data[start:end]
                        names.append(text)
                        if callee:
                            calls.append(text)
                    callee = False
                elif visit == ATTRIBUTE:
                    text = data[start:end]
                    if _DOTTED(text):
                        frame.dotted.append(text)
                        descend = False
                    else:
                        text = text[text.rfind(b".") + 1 :].strip()
                        frame.attributes.append(text)
                    if callee:
                        calls.append(text)
                        callee = False
                elif visit == CALL:
                    callee = True
                    called.append(node)
                elif visit == STRING:
                    callee = False
                    text = data[start:end]
                    if b"{" not in text or text[:1] in b"'\"":
                        frame.literals.append(text)
                        descend = False
                elif visit == STRING_CONTENT or visit == NUMBER:
                    frame.literals.append(data[start:end])
                    descend = False
                elif visit == ASSIGNMENT:
                    left = noted.left(node)
                    if kind == ASSIGNMENT_KIND:
                        assigned.append(node)
                    if frame.kind is None and left is not None:
                        exported = exported_names(node, left, data)
                        if exported is not None:
                            result.exports = (result.exports or []) + exported
                elif visit == EXPRESSION:
                    if not statements and not frame.docstring and data[start] in _QUOTES:
                        only = node.named_child(0) if node.named_child_count == 1 else None
                        if only is not None and kind_name(only) == "string":
                            text = data[start:end]
                            frame.docstring = string_text(text)[:MAX_DOCSTRING]
                            if data[start] in b"fF":
                                noted.beside(node, text)
                            descend = False
                    if descend:
                        statements.append(len(skeleton))
                        if end - start == 3 and data[start:end] == b"...":
                            frame.empty_statements += 1
                elif visit == TYPE:
                    text = data[start:end]
                    frame.annotations.append(text)
                    noted.beside(node, text)
                    descend = False
                elif visit == COMMENT:
                    text = data[start:end]
                    line = node.start_point[0]
                    comment = comment + b"\n" + text if line == comment_line + 1 else text
                    comment_line = line
                    frame.comments.append(text)
                    told = _told(text)
                    if told is not None:
                        result.comments.append((line, told))
                elif visit == FUNCTION or visit == CLASS:
                    scopes.append(node)
                    name = node.child_by_field_name("name")
                    while conditions and conditions[-1][0] <= start:
                        conditions.pop()
                    if name is not None and name.end_byte > name.start_byte:
                        opened = open_frame(node, name, visit == CLASS, frame, source, depth, noted)
                        opened.start = decorated_at or node.start_point
                        opened.decorators = tuple(decorators)
                        opened.traits |= decorator_traits(opened.decorators)
                        if context.test_module or opened.name.startswith("test_"):
                            opened.traits |= _TEST
                        if conditions and not opened.traits & _NESTED:
                            opened.traits |= _CONDITIONAL
                            if any(flag for _, flag in conditions):
                                opened.traits |= _TYPE_CHECKING
                        if comment_line == opened.start[0] - 1:
                            opened.comment_above = comment
                        opened.index = len(slots)
                        slots.append(None)
                        if frame.is_function:
                            statements.append(len(skeleton))
                            skeleton.append(code)
                        frames.append(opened)
                        frame = opened
                        skeleton, statements = frame.skeleton, frame.statements
                        names, calls = frame.names, frame.calls
                    code = 0
                    decorators, decorated_at = [], None
                elif visit == STATEMENT:
                    statements.append(len(skeleton))
                    if not code:
                        frame.empty_statements += 1
                elif visit == OPERATION:
                    frame.operations.add(KIND_NAMES[kind])
                    if kind in SCOPE_IDS:
                        scopes.append(node)
                    callee = False
                elif visit == YIELD:
                    frame.operations.add("yield")
                    frame.traits |= _GENERATOR
                elif visit == CONDITIONAL:
                    statements.append(len(skeleton))
                    if not frame.is_function:
                        header = data[start : start + 60].partition(b":")[0]
                        conditions.append((end, b"TYPE_CHECKING" in header))
                    if kind == IF_KIND:
                        noted.other("if_statement", node)
                elif visit == FOR:
                    statements.append(len(skeleton))
                    noted.left(node)
                elif visit == RAISE or visit == EXCEPT:
                    if visit == RAISE:
                        statements.append(len(skeleton))
                    told_node = node.named_child(0) if node.named_child_count else None
                    if told_node is not None and kind_name(told_node) == "as_pattern":
                        told_node = told_node.named_child(0)
                    if told_node is not None:
                        frame.raises.append(data[told_node.start_byte : told_node.end_byte][:200])
                elif visit == DECORATED:
                    decorated_at = node.start_point
                elif visit == DECORATOR:
                    text = data[start + 1 : end]
                    if b"#" in text:  # a comment behind a decorator is a part of it to the parser
                        text = _without_comment(node, data)
                        result.comments.extend(_told_inside(node, data))
                    decorators.append(one_line(text))
                    noted.beside(node, text)
                    descend = False
                elif visit == PARAMETERS:
                    descend = False  # read with the function's header
                elif visit == IMPORT:
                    noted.other(KIND_NAMES[kind], node)
                    while conditions and conditions[-1][0] <= start:
                        conditions.pop()
                    checking = any(flag for _, flag in conditions)
                    local = frame.kind is not None
                    known = None if local or checking else imports.get(start)
                    found = known or imports_of(
                        node, data, context.module, context.is_package, local, checking
                    )
                    result.imports.extend(found)
                    for one in found:
                        result.references.add(one.target)
                        if one.local:
                            frame.local_imports[one.alias] = one.stands_for
                    descend = False
                elif visit == BINDING:
                    noted.names_in(node)
                elif visit == BINDING_TARGET:
                    noted.left(node)
                elif visit == BINDING_NAME:
                    noted.name(node)
                elif visit == BINDING_CASE:
                    noted.case(node)
                elif visit == BINDING_AS:
                    noted.target(node)
                elif visit == OUTWARD:
                    statements.append(len(skeleton))
                    noted.outward(node)
            if code:
                skeleton.append(code)
            if descend and down():
                depth += 1
                continue
            ended = depth == frame.depth
        else:
            ended = False
        while True:
            if ended:
                closed = frames.pop()
                frame = frames[-1]
                slots[closed.index] = close_frame(
                    closed, frame, frames, context.names, source, result.references
                )
                skeleton, statements, names, calls = (
                    frame.skeleton,
                    frame.statements,
                    frame.names,
                    frame.calls,
                )
                callee = False
            if right():
                break
            if depth == 0:
                features_of(frame, context.names, result.references)
                result.definitions = [slot for slot in slots if slot is not None]
                if naming is not None:
                    naming.update(noted.nodes() if noted.whole else captures(root, naming=True))
                return result
            up()
            depth -= 1
            ended = depth == frame.depth


def _told(comment: bytes) -> str | None:
    """What a comment says to Canonry; None for other comments."""
    mark = comment.find(_MARK)
    return comment[mark + len(_MARK) :].decode("utf-8", "replace").strip() if mark >= 0 else None


def _told_inside(decorator: Node, data: bytes) -> Iterator[tuple[int, str]]:
    """The comments in a decorator that speak to Canonry: line, and the text after `canonry:`."""
    waiting = [decorator]
    while waiting:
        node = waiting.pop()
        told = _told(data[node.start_byte : node.end_byte])
        if told is None:
            continue
        if kind_name(node) == "comment":
            yield node.start_point[0], told
        waiting.extend(reversed(node.named_children))


def _without_comment(decorator: Node, data: bytes) -> bytes:
    """A decorator's text behind the `@`, without the comment that follows it."""
    last = decorator.named_child(decorator.named_child_count - 1) if decorator.named_child_count else None
    end = last.start_byte if last is not None and kind_name(last) == "comment" else decorator.end_byte
    return data[decorator.start_byte + 1 : end].rstrip()
