"""Queues of Celery: named by tasks, routes and calls, declared, or the default one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.syntax import ModuleTree
from canonry.syntax.named import Call
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import block_of


class Naming(StrEnum):
    """How a queue is named."""

    TASK = "task"
    """By a task, with what its decorator is of in `through`."""
    ROUTE = "route"
    CALL = "call"
    """Where a task is sent."""
    DECLARED = "declared"
    """Among those of which a worker without `-Q` consumes all. An empty name: they are computed."""
    DEFAULT = "default"
    """The default queue. An empty name: it is computed."""
    WORKER = "worker"
    """By a worker that Python starts. An empty name: it is computed."""
    APP = "app"
    """No queue: `through` is the dotted name of an application."""


class QueueName(msgspec.Struct, frozen=True, array_like=True):
    """A place where a queue is named. Positions are code points."""

    naming: Naming
    queue: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    through: str = ""


_TASKS: Final = frozenset(("task", "shared_task", "periodic_task"))
_SENDS: Final = frozenset(("apply_async", "send_task", "signature", "set", "subtask"))
_ROUTES: Final = re.compile(r"^(?:CELERY_)?(?:TASK_)?ROUTES$", re.IGNORECASE)
_QUEUES: Final = re.compile(r"^(?:CELERY_)?(?:TASK_)?QUEUES$", re.IGNORECASE)
_DEFAULT: Final = re.compile(r"^(?:CELERY_)?(?:TASK_)?DEFAULT_QUEUE$", re.IGNORECASE)
_SCHEDULE: Final = re.compile(r"^(?:CELERY_?)?BEAT_?SCHEDULE$", re.IGNORECASE)
_NO_QUEUES: Final = frozenset(("exchange", "exchange_type", "routing_key", "priority", "delivery_mode"))
"""Keys of a route whose value is a text and no queue."""
_APP: Final = AnyOf(b"Celery(")
_QUEUE: Final = AnyOf(b"queue", then=re.compile(rb"\bqueue\s*=").search)
_OPTION: Final = re.compile(rb"-Q|--queues").search
_QUEUE_OPTION: Final = re.compile(r"(?:^|\s)(?:-Q|--queues)(?:[=\s]+)?(\S*)")
_OF_TASKS: Final = AnyOf(b"task", b"celery", b"worker", any_case=True)
_SETTINGS: Final = AnyOf(b"routes", b"queue", b"schedule", any_case=True)


def _queues(tree: ModuleTree) -> Iterator[QueueName]:
    if tree.test_module or not tree.holds(_OF_TASKS):
        return
    if tree.holds(_APP):
        yield from _apps(tree)
    if tree.holds(_QUEUE):
        for call in tree.calls:
            if call.last in _TASKS or call.last in _SENDS:
                yield from _of_call(call, tree)
        yield from _of_classes(tree)
    if tree.holds(_SETTINGS):
        yield from _of_settings(tree)
    if tree.holds(_OPTION):
        yield from _of_commands(tree)


def _keys(row: QueueName) -> tuple[str, ...]:
    return (row.naming,)


QUEUES: Final = Extractor("celery-queues", 1, QueueName, _queues, key=_keys)
"""Every place that names a queue, by how."""


def _apps(tree: ModuleTree) -> Iterator[QueueName]:
    for call in tree.calls:
        if call.last != "Celery":
            continue
        above = call.node.parent
        left = above.child_by_field_name("left") if above is not None and above.type == "assignment" else None
        name = tree.resolve(left)
        if name:
            yield QueueName(Naming.APP, "", through=name)


def _of_call(call: Call, tree: ModuleTree) -> Iterator[QueueName]:
    node = call.argument(None, "queue")
    if node is None:
        return
    if call.last in _TASKS:
        through = call.name.rpartition(".")[0] or _written_before(call, tree)
        yield from _named(Naming.TASK, node, tree, through)
    elif call.last != "set" or call.argument(None, "countdown") or call.function.type == "attribute":
        yield from _named(Naming.CALL, node, tree)


def _written_before(call: Call, tree: ModuleTree) -> str:
    return tree.text(call.function).rpartition(".")[0]


def _named(naming: Naming, node: Node, tree: ModuleTree, through: str = "") -> Iterator[QueueName]:
    """The queue that an expression names; nothing where it is computed."""
    queue = _text(node, tree)
    if queue:
        place = tree.range(node)
        yield QueueName(
            naming, queue, place.start.line, place.start.column, place.end.line, place.end.column, through
        )


def _text(node: Node | None, tree: ModuleTree) -> str | None:
    """The text of a literal, of `Queue("x")`, or of a constant of the module."""
    if node is None:
        return None
    if node.type == "identifier":
        value = tree.assigned_value(tree.text(node), tree.scopes.module)
        return tree.string(value) if value is not None else None
    if node.type == "call":
        function, held = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is not None and held is not None and tree.text(function).rpartition(".")[2] == "Queue":
            first = next((one for one in held.named_children if one.type != "comment"), None)
            if first is not None and first.type == "keyword_argument":
                first = first.child_by_field_name("value")
            return _text(first, tree)
        return None
    return tree.string(node)


# Settings


def _of_settings(tree: ModuleTree) -> Iterator[QueueName]:
    """Routes, declared queues and the default one, wherever a setting is given a value."""
    for key, value in _settings(tree):
        if _ROUTES.match(key):
            yield from _of_routes(value, tree)
        elif _SCHEDULE.match(key):
            for name, node in _pairs(value, tree):
                if name == "queue":
                    yield from _named(Naming.CALL, node, tree)
        elif _DEFAULT.match(key):
            yield QueueName(Naming.DEFAULT, _text(value, tree) or "")
        elif _QUEUES.match(key):
            yield from _declared(value, tree)


def _settings(tree: ModuleTree) -> Iterator[tuple[str, Node]]:
    """Names of settings with their values: `X = ...`, `conf.x = ...`, `update(x=...)`, `{"x": ...}`."""
    for node in tree.nodes("assignment"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            continue
        if left.type == "subscript":
            yield tree.string(left.child_by_field_name("subscript")) or "", right
        else:
            yield tree.text(left).rpartition(".")[2], right
        if right.type == "dictionary":
            yield from _pairs_of(right, tree)
    for call in tree.calls:
        for one in call.arguments:
            if one.type == "keyword_argument":
                name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
                if name is not None and value is not None:
                    yield tree.text(name), value
            elif one.type == "dictionary" and call.last == "update":
                yield from _pairs_of(one, tree)


def _pairs_of(node: Node, tree: ModuleTree) -> Iterator[tuple[str, Node]]:
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type == "pair" and key is not None and value is not None:
            yield tree.string(key) or "", value


def _pairs(node: Node, tree: ModuleTree) -> Iterator[tuple[str, Node]]:
    """Every pair of a dictionary and of those inside it."""
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "dictionary":
            yield from _pairs_of(one, tree)
        pending.extend(one.named_children)


def _of_routes(value: Node, tree: ModuleTree) -> Iterator[QueueName]:
    """`{"task": {"queue": "x"}}`, `{"task": "x"}`, and lists of such pairs."""
    for name, node in _pairs(value, tree):
        plain = node.type in ("string", "identifier") and name not in _NO_QUEUES
        if name == "queue" or plain:
            yield from _named(Naming.ROUTE, node, tree)


def _declared(value: Node, tree: ModuleTree) -> Iterator[QueueName]:
    """The queues of `task_queues`: `Queue("x")` in a list, or the keys of a dictionary."""
    if value.type == "dictionary":
        for name, _ in _pairs_of(value, tree):
            yield QueueName(Naming.DECLARED, name)
        return
    if value.type not in ("list", "tuple", "set", "parenthesized_expression"):
        yield QueueName(Naming.DECLARED, "")
        return
    for one in value.named_children:
        if one.type != "comment":
            yield QueueName(Naming.DECLARED, _text(one, tree) or "")


# Classes, and workers that Python starts


def _of_classes(tree: ModuleTree) -> Iterator[QueueName]:
    """`queue = "x"` in a class that is a Celery task."""
    for node in tree.nodes("class_definition"):
        held = node.child_by_field_name("superclasses")
        bases = [tree.resolve(one) for one in held.named_children] if held is not None else []
        if not any(base.startswith("celery.") and base.endswith("Task") for base in bases):
            continue
        for statement in block_of(node):
            inner = statement.named_children[0] if statement.named_children else None
            left = inner.child_by_field_name("left") if inner is not None else None
            right = inner.child_by_field_name("right") if inner is not None else None
            if left is not None and right is not None and tree.text(left) == "queue":
                yield from _named(Naming.TASK, right, tree, "celery")


def _of_commands(tree: ModuleTree) -> Iterator[QueueName]:
    """The queues of workers that the module starts: `["worker", "-Q", "x"]`, `"celery worker -Q x"`."""
    for node in tree.nodes("string"):
        written = tree.text(node)
        if "-Q" not in written and "--queues" not in written:
            continue
        text = tree.string(node)
        if text is not None and "\n" in text:
            continue  # prose
        match = _QUEUE_OPTION.search(text) if text is not None else None
        given = match[1] if match is not None else ""
        if match is not None and not given:
            following = node.next_named_sibling
            given = (tree.string(following) if following is not None else None) or ""
        for one in given.split(",") if given and not re.search(r"[{$%]", given) else ("",):
            yield QueueName(Naming.WORKER, one.strip())
