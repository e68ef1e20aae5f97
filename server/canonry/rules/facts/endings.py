"""How what a variable holds is ended around a yield: closed, entered by `with`, seen to by others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.blocks import holds
from canonry.rules.facts.handlers import catches_everything
from canonry.rules.facts.locks import held
from canonry.syntax import Call, ModuleTree
from canonry.syntax.tree import ancestors

_ENDINGS: Final = (
    r"(a?close|remove|dispose|release|rollback|abort|invalidate|reset|clean|tear|finish|end|shut|stop|exit|"
    r"disconnect|return|put)"
)
_CLOSES: Final = re.compile(rf"^_*({_ENDINGS}|__a?exit__)", re.IGNORECASE)
"""Names of what ends a session, or at least its transaction."""
_CLOSES_IT: Final = re.compile(rf"(^|_){_ENDINGS}", re.IGNORECASE)
"""Names of functions that are given a session and end it: `_safe_close_session`."""
_DEFERS: Final = frozenset(
    (
        *("enter_context", "enter_async_context", "push", "push_async_exit", "callback"),
        *("push_async_callback", "addfinalizer", "add_finalizer", "addCleanup", "closing", "aclosing"),
    )
)
"""Calls that see to it that something is closed later."""


def is_entered(node: Node, name: str, tree: ModuleTree) -> bool:
    """Whether a `with` around a yield ends the session: it makes it, enters it, or is given it."""
    for around in ancestors(node, "with_statement", "function_definition"):
        if around.type == "function_definition":
            return False
        for clause in around.named_children:
            if clause.type == "with_clause" and any(
                target.type == "as_pattern_target" and tree.text(target) == name
                for item in clause.named_children
                for pattern in item.named_children
                for target in pattern.named_children
            ):
                return True
        for value in held(around):
            text = tree.text(value)
            if text == name or text.startswith(f"{name}.") or re.search(rf"\(\s*{re.escape(name)}\b", text):
                return True
    return False


def guards(attempt: Node, node: Node) -> bool:
    """Whether an error at a node is one of the try's: the node stands in its body or its else."""
    return any(one.type in ("block", "else_clause") and holds(one, node) for one in attempt.named_children)


def clauses_of(tries: Sequence[Node], kind: str) -> Iterator[Node]:
    """The clauses of one kind of several try statements."""
    for attempt in tries:
        yield from (one for one in attempt.named_children if one.type == kind)


def late_commit(tries: Sequence[Node], name: str, tree: ModuleTree) -> Node | None:
    """The commit that is made after GeneratorExit too; None where there is none."""
    found = [*clauses_of(tries, "finally_clause")]
    found += [one for one in clauses_of(tries, "except_clause") if catches_everything(one, tree)]
    for clause in found:
        for call in tree.calls_within(clause):
            if call.last != "commit" or not is_method_of(call, name, tree):
                continue
            conditions = [
                one for one in ancestors(call.node, "if_statement", "match_statement") if holds(clause, one)
            ]
            if not conditions:
                return call.node
    return None


def is_method_of(call: Call, name: str, tree: ModuleTree) -> bool:
    """Whether a call is that of a method of what a name holds."""
    held_by = call.function.child_by_field_name("object") if call.function.type == "attribute" else None
    return held_by is not None and tree.text(held_by) == name


def ends(call: Call, name: str, made_by: Node | None, tree: ModuleTree) -> bool:
    """Whether a call ends a session: a method of it or of what made it, or a function that is given it."""
    if any(tree.text(one) == name for one in call.arguments) and _CLOSES_IT.search(call.last):
        return True
    if not _CLOSES.match(call.last):
        return False
    if is_method_of(call, name, tree):
        return True
    factory = made_by
    while factory is not None and factory.type != "call":
        factory = factory.named_children[0] if factory.named_children else None
    maker = factory.child_by_field_name("function") if factory is not None else None
    if maker is not None and is_method_of(call, tree.text(maker), tree):
        return True
    # `Session(bind=connection)`: what it holds is the connection, and ends with it.
    return any(is_method_of(call, tree.text(one), tree) for one in _given_to(factory))


def _given_to(made: Node | None) -> Iterator[Node]:
    """The variables that a call is given, by position or keyword."""
    held = made.child_by_field_name("arguments") if made is not None else None
    for one in held.named_children if held is not None else ():
        value = one.child_by_field_name("value") if one.type == "keyword_argument" else one
        if value is not None and value.type == "identifier":
            yield value


def defers(call: Call, name: str, tree: ModuleTree) -> bool:
    """Whether a call sees to it that what a name holds is ended later: an exit stack's, a finalizer's."""
    return call.last in _DEFERS and any(
        re.match(rf"{re.escape(name)}\b", tree.text(one)) for one in call.arguments
    )


def is_ended(tries: Sequence[Node], node: Node, closing: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a session is ended on every way out of its yield."""
    for clause in clauses_of(tries, "finally_clause"):
        if any(holds(clause, one) for one in closing):
            return True
    after_all = any(
        holds(clause, one)
        for clause in clauses_of(tries, "except_clause")
        if catches_everything(clause, tree)
        for one in closing
    )
    after_none = any(one.start_byte > node.end_byte and handler_of(one, tries) is None for one in closing)
    return after_all and after_none


def handler_of(node: Node, tries: Sequence[Node]) -> Node | None:
    """The except clause of some try statements that a node stands in; None for none."""
    return next((one for one in clauses_of(tries, "except_clause") if holds(one, node)), None)
