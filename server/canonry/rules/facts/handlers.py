"""What except clauses catch and what is logged in them: shared by the rules about errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tree_sitter import Node

from canonry.syntax import ModuleTree
from canonry.syntax.named import Call
from canonry.syntax.tree import block_of

BROAD: Final = frozenset(("builtins.Exception", "builtins.BaseException"))
_EVERYTHING: Final = frozenset(("BaseException", "GeneratorExit"))

_LOGGER = re.compile(r"(^|_)(log|logs|logger|logging)$|logger$")
_GETTER = re.compile(r"(^|_)get_?logger$")
_LOGGERS: Final = frozenset(("logging", "loguru.logger"))
_METHODS: Final = {
    **dict.fromkeys(("trace", "debug", "fine", "verbose"), 10),
    **dict.fromkeys(("info", "notice", "success"), 20),
    **dict.fromkeys(("warning", "warn"), 30),
    **dict.fromkeys(("error", "exception"), 40),
    **dict.fromkeys(("critical", "fatal"), 50),
}
_LEVELS: Final = {
    "NOTSET": 0,
    "TRACE": 5,
    "DEBUG": 10,
    "VERBOSE": 10,
    "INFO": 20,
    "WARNING": 30,
    "WARN": 30,
    "ERROR": 40,
    "CRITICAL": 50,
    "FATAL": 50,
}

EXITS: Final = frozenset(("sys.exit", "os._exit", "builtins.exit", "builtins.quit"))
"""Calls that end the program."""

INFO: Final = 20
"""The highest level that is not shown where a program is run as usual."""

UNKNOWN: Final = 30
"""A level that is computed: taken for one that is seen."""


@dataclass(frozen=True, slots=True, eq=False)
class LogCall:
    """A call of a logger's method."""

    call: Call
    level: int
    """As the standard library counts: 10 debug, 20 info, 30 warning, 40 error, 50 critical."""
    logger: Node
    """The expression before the method."""


def log_call(call: Call, tree: ModuleTree) -> LogCall | None:
    """A call as that of a logger; None where it is none. A logger is known by its name (`logger`,
    `self._log`, `LOGGER`, `get_logger(...)`), as a module (`import logging as lg`), or by what it is made
    with (`out = logging.getLogger(...)`).
    """
    level = _METHODS.get(call.last)
    if (level is None and call.last != "log") or call.function.type != "attribute":
        return None
    logger = call.function.child_by_field_name("object")
    if logger is None or not _is_logger(logger, tree):
        return None
    if level is None:
        level = level_of(call.argument(0, "level"), tree)
    return LogCall(call, level, logger)


def _is_logger(node: Node, tree: ModuleTree) -> bool:
    if node.type == "call":
        function = node.child_by_field_name("function")
        if function is None:
            return False
        if _GETTER.search(tree.text(function).rpartition(".")[2].lower()):
            return True
        # logger.bind(...).debug, logger.opt(...).debug
        inner = function.child_by_field_name("object") if function.type == "attribute" else None
        return inner is not None and _is_logger(inner, tree)
    if node.type not in ("identifier", "attribute"):
        return False
    if _LOGGER.search(tree.text(node).rpartition(".")[2].strip().lower()) is not None:
        return True
    if node.type != "identifier":
        return False
    return tree.resolve(node) in _LOGGERS or is_from_logging(node, tree)


def is_from_logging(logger: Node, tree: ModuleTree) -> bool:
    """Whether a name is that of a logger which the module has from `logging.getLogger`."""
    if logger.type != "identifier":
        return False
    name = tree.text(logger)
    if tree.scopes.module.bound.get(name) is None or tree.scope_of(logger).bound.get(name) == "":
        return False
    made = tree.assigned_value(name, tree.scopes.module)
    return made is not None and tree.resolve(made.child_by_field_name("function")) == "logging.getLogger"


def level_of(node: Node | None, tree: ModuleTree) -> int:
    """The number of a level as it is written; that of a warning for what is not known."""
    if node is None:
        return UNKNOWN
    text = tree.text(node)
    if text.isdecimal():
        return int(text)
    if node.type not in ("identifier", "attribute", "string"):
        return UNKNOWN  # `WARN if connected else DEBUG`
    return _LEVELS.get(text.rpartition(".")[2].strip("\"'").upper(), UNKNOWN)


def caught(clause: Node) -> list[Node]:
    """The types that an except clause names, tuples unfolded; none for a bare one."""
    found: list[Node] = []
    for one in clause.named_children:
        if one.type not in ("block", "comment"):
            found.extend(_unfolded(one))
    return found


def _unfolded(node: Node) -> Iterator[Node]:
    if node.type == "as_pattern":
        if node.named_children:
            yield from _unfolded(node.named_children[0])
    elif node.type in ("tuple", "parenthesized_expression"):
        for one in node.named_children:
            yield from _unfolded(one)
    elif node.type != "comment":
        yield node


def is_broad(clause: Node, tree: ModuleTree) -> bool:
    """Whether an except clause catches everything: bare, or `Exception` or above among its types."""
    types = caught(clause)
    return not types or any(tree.resolve(one) in BROAD for one in types)


def catches_everything(clause: Node, tree: ModuleTree) -> bool:
    """Whether nothing passes an except clause: bare, `BaseException`, or `GeneratorExit`, which a generator
    that is thrown away is ended by. `Exception` alone is not everything.
    """
    types = caught(clause)
    return not types or any(tree.text(one).rpartition(".")[2] in _EVERYTHING for one in types)


def caught_as(clause: Node, tree: ModuleTree) -> str:
    """The name that an except clause binds the exception to; "" for none."""
    pattern = next((one for one in clause.named_children if one.type == "as_pattern"), None)
    target = pattern.child_by_field_name("alias") if pattern is not None else None
    return tree.text(target) if target is not None else ""


def body_of_try(clause: Node) -> list[Node]:
    """The statements that an except clause guards."""
    attempt = clause.parent
    return list(block_of(attempt)) if attempt is not None and attempt.type == "try_statement" else []


def mentions(node: Node, name: str, tree: ModuleTree) -> bool:
    """Whether a name is used in a node, attributes of that name not counted."""
    return any(True for _ in uses_of(node, name, tree))


def uses_of(node: Node, name: str, tree: ModuleTree) -> Iterator[Node]:
    """The identifiers of a name in a node, attributes and keywords of that name not counted."""
    if not name:
        return
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "identifier":
            if tree.text(one) == name:
                yield one
            continue
        for index, child in enumerate(one.children):
            field = one.field_name_for_child(index)
            if (one.type, field) not in (("attribute", "attribute"), ("keyword_argument", "name")):
                pending.append(child)
