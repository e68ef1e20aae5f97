"""Lessons and the workspace: which of them a module may have to do with, and which definitions they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tree_sitter import Node

from canonry.model import Related, SymbolKind
from canonry.rules.base import Module, RuleContext
from canonry.scopes.lessons import Check, Lesson
from canonry.scopes.registry import Superseding
from canonry.syntax.forms import Form

_WORD = re.compile(r"\w+")


def checks_in(module: Module, context: RuleContext) -> Iterator[tuple[Lesson, Check]]:
    """The checks of all lessons whose form a module may have, by its bytes."""
    present = anchors_in(module, context)
    if not present:
        return
    for lesson in context.lessons.lessons:
        for check in lesson.checks:
            if check.wrong.anchor in present:
                yield lesson, check


def anchors_in(module: Module, context: RuleContext) -> frozenset[str]:
    """The anchors of lessons that are among the words of a module."""
    wanted = context.lessons.anchors
    if not wanted:  # before the module is parsed
        return wanted
    return frozenset().union(*(_words_of(piece.data, wanted) for piece in module.tree.pieces))


@lru_cache(maxsize=4096)
def _words_of(data: bytes, wanted: frozenset[str]) -> frozenset[str]:
    """Those of some words that a piece of a module has: pieces that stay as they are cost nothing again."""
    return wanted.intersection(_WORD.findall(data.decode("utf-8", "replace")))


def superseded_symbol(check: Check, context: RuleContext) -> str:
    """The definition of the workspace that a lesson says to use no more; "" where it speaks of anything else.

    A form that its counterpart uses too is about the way to use it.
    """
    named = check.wrong.named
    if not named:
        return ""
    correct = check.pair.correct
    if correct is not None and named.rpartition(".")[2] in correct.names:
        return ""
    return _symbol(named, context)


def replacement(check: Check, context: RuleContext) -> str:
    """What a lesson says to use: a definition's qualified name, else the text of the lesson."""
    correct = check.pair.correct
    if correct is not None:
        for name in correct.called:
            symbol = _symbol(name, context)
            if symbol:
                return symbol
    return " ".join(check.correct.split())


def superseded_by_lessons(module: Module, context: RuleContext) -> Iterator[Superseding]:
    """What lessons add to the registry, as far as a module may have to do with it."""
    for lesson, check in checks_in(module, context):
        symbol = superseded_symbol(check, context)
        if symbol:
            yield Superseding(symbol, replacement(check, context), lesson=lesson)


def is_in_counterpart(form: Form, module: Module, node: Node) -> bool:
    """Whether a node is in a definition that a correct form calls: it may do what others may not."""
    names = {one.rpartition(".")[2] for one in form.called}
    scope = module.tree.own_scope(node).definition
    while scope is not None:
        if scope.name in names:
            return True
        scope = scope.parent.definition if scope.parent is not None else None
    return False


def lesson_place(lesson: Lesson, context: RuleContext, line: int | None = None) -> Related:
    """Where a lesson stands, or a line of it."""
    at = lesson.line if line is None else line
    return Related(f"the lesson: {lesson.title}", context.location(lesson.path, at))


def _symbol(named: str, context: RuleContext) -> str:
    """The one definition of the workspace that is called so: by its whole dotted name or the end of it."""
    if "." in named:
        exact = context.definition(named)
        if exact is not None:
            return exact.qualified_name
    found = {
        one.qualified_name
        for one in context.definitions_named(named.rpartition(".")[2])
        if one.qualified_name == named or one.qualified_name.endswith(f".{named}")
        if ("." in named or one.kind is not SymbolKind.METHOD) and "<locals>" not in one.qualified_name
        if not context.role(context.relative(one.path)).is_test
    }
    return found.pop() if len(found) == 1 else ""
