"""What belongs to the event loop it was made in, and where a program keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tree_sitter import Node

from canonry.rules.facts.decorators import decorators_of
from canonry.rules.facts.lifetimes import is_cached
from canonry.syntax import Call, ModuleTree, Scope
from canonry.syntax.kinds import CLASS, FUNCTION, MODULE
from canonry.syntax.signs import AnyOf

_PRIMITIVES: Final = frozenset(
    f"{module}.{name}"
    for module, names in (
        ("asyncio", ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")),
        ("asyncio.locks", ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")),
        ("asyncio", ("Queue", "PriorityQueue", "LifoQueue")),
        ("asyncio.queues", ("Queue", "PriorityQueue", "LifoQueue")),
    )
    for name in names
)
_CLIENTS: Final = frozenset(
    (
        *(
            "aiohttp.ClientSession",
            "aiohttp.client.ClientSession",
            "aiohttp.TCPConnector",
            "httpx.AsyncClient",
        ),
        *("sqlalchemy.ext.asyncio.create_async_engine", "sqlalchemy.ext.asyncio.async_engine_from_config"),
        *("sqlalchemy.ext.asyncio.engine.create_async_engine", "sqlmodel.ext.asyncio.create_async_engine"),
        *("asyncpg.create_pool", "asyncpg.pool.create_pool"),
    )
)
_REDIS: Final = re.compile(
    r"^(redis\.asyncio|aioredis)(\.(client|connection|cluster|sentinel))?"
    r"\.(from_url|create_redis_pool|(Strict)?Redis(Cluster)?(\.from_url)?|(Blocking)?ConnectionPool(\.from_url)?|Sentinel)$"
)

QUICK: Final = (
    AnyOf(b"ClientSession", b"TCPConnector", b"AsyncClient", b"async_engine", b"create_pool", b"redis"),
    AnyOf(
        *(b"Lock", b"Event", b"Condition", b"Semaphore", b"BoundedSemaphore", b"Barrier", b"Queue"),
        *(b"PriorityQueue", b"LifoQueue"),
        alone=True,
    ),
)
"""A file without any of these makes nothing that belongs to a loop: it costs one search."""
_THROUGH: Final = frozenset(
    (
        *("await", "parenthesized_expression", "boolean_operator", "conditional_expression", "list", "tuple"),
        *("set", "dictionary", "pair", "list_comprehension", "dictionary_comprehension", "keyword_argument"),
    )
)
_NOT_KEPT_BY: Final = frozenset(("ContextVar", "local", "partial", "Depends", "run", "field", "Field"))
"""Calls that are given what they do not keep for all: a context's own, a default that is copied."""


_OF_A_THREAD: Final = re.compile(r"^(threading\.)?local\(|ContextVar\(")
"""Each thread, or each context, has its own there."""


class Where(Enum):
    """Where something is kept."""

    GLOBAL = "a module global"
    CLASS = "a class attribute"
    INSTANCE = "an instance"
    CACHED = "a cached function"


@dataclass(frozen=True, slots=True)
class LoopBound:
    """Something loop-bound that is made and kept."""

    made: str
    """What makes it, as written."""
    closable: bool
    """Whether somebody has to close it; a lock nobody does."""
    node: Node
    """The statement that keeps it."""
    where: Where
    name: str
    """As what it is kept: the global's or attribute's name."""
    function: Scope | None
    """The function that makes it; None at module and class level."""
    owner: Scope | None
    """The class whose attribute it is."""


def kept_in(tree: ModuleTree) -> Iterator[LoopBound]:
    """Everything loop-bound that a module makes and keeps in a global, an attribute or a cached function."""
    for call in tree.calls:
        name = call.name or _subscripted(call, tree)
        if not name:
            continue
        closable = name in _CLIENTS or bool(_REDIS.match(name))
        made = call.function
        if name == "collections.defaultdict":
            made = call.argument(0) or made  # what it makes for each key
            name = tree.resolve(made)
        if not closable and name not in _PRIMITIVES:
            continue
        if _has_no_pool(call, tree):
            continue
        found = _kept(call, tree.text(made), closable, tree)
        if found is not None:
            yield found


def _subscripted(call: Call, tree: ModuleTree) -> str:
    """`asyncio.Queue[str]()`."""
    return (
        tree.resolve(call.function.child_by_field_name("value")) if call.function.type == "subscript" else ""
    )


def _has_no_pool(call: Call, tree: ModuleTree) -> bool:
    """Whether an engine keeps no connection from one use to the next."""
    pool = call.argument(None, "poolclass")
    return pool is not None and tree.text(pool).rpartition(".")[2] == "NullPool"


def _kept(call: Call, made: str, closable: bool, tree: ModuleTree) -> LoopBound | None:
    node, scope = call.node, call.scope
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    if scope.kind not in (MODULE, CLASS, FUNCTION):
        return None
    above = node.parent
    while above is not None:
        if above.type == "argument_list" and above.parent is not None and above.parent.type == "call":
            function = above.parent.child_by_field_name("function")
            last = tree.text(function).rpartition(".")[2] if function is not None else ""
            if last == "setdefault" and function is not None:
                target = function.child_by_field_name("object")
                return _placed(call, made, closable, above.parent, target, scope, tree)
            if scope.kind == FUNCTION or last in _NOT_KEPT_BY:
                return None
            node = above.parent
        elif above.type in _THROUGH:
            node = above
        else:
            break
        above = node.parent
    if above is None:
        return None
    if above.type == "return_statement" and scope.kind == FUNCTION:
        if not is_cached(scope, tree):
            return None
        owner = scope.parent if scope.is_method else None
        return LoopBound(made, closable, above, Where.CACHED, scope.name, scope, owner)
    if above.type == "named_expression":
        return _placed(call, made, closable, above, above.child_by_field_name("name"), scope, tree)
    if above.type != "assignment":
        return None
    left = above.child_by_field_name("left")
    if left is not None and left.type == "identifier" and scope.kind == FUNCTION:
        name = tree.text(left)
        if name not in scope.outer:
            passed_on = _passed_on(name, above, scope, tree)
            if passed_on is None:
                return None
            above, left = passed_on, passed_on.child_by_field_name("left")
    return _placed(call, made, closable, above, left, scope, tree)


def _passed_on(name: str, made: Node, function: Scope, tree: ModuleTree) -> Node | None:
    """The assignment that keeps a local variable: `_client = client`, `self._client = client`."""
    for one in tree.nodes("assignment", within=function.node):
        left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
        if one.start_byte < made.start_byte or left is None or right is None or right.type != "identifier":
            continue
        kept = left.type in ("attribute", "subscript") or tree.text(left) in function.outer
        if kept and tree.text(right) == name:
            return one
    return None


def _placed(
    call: Call, made: str, closable: bool, node: Node, target: Node | None, scope: Scope, tree: ModuleTree
) -> LoopBound | None:
    """Where a target keeps what is put there; None for a local variable, or what cannot be told."""
    while target is not None and target.type == "subscript":
        target = target.child_by_field_name("value")
    if target is None:
        return None
    function = scope if scope.kind == FUNCTION else None
    if target.type == "identifier":
        name = tree.text(target)
        if scope.kind == CLASS:
            return LoopBound(made, closable, node, Where.CLASS, name, None, scope)
        if scope.kind == MODULE:
            return LoopBound(made, closable, node, Where.GLOBAL, name, None, None)
        is_global = name in scope.outer or name not in scope.bound
        if is_global and name in tree.module_scope.bound:
            return LoopBound(made, closable, node, Where.GLOBAL, name, function, None)
        return None
    if target.type != "attribute":
        return None
    root, attribute = target.child_by_field_name("object"), target.child_by_field_name("attribute")
    if root is None or attribute is None:
        return None
    return _of_object(root, tree.text(attribute), (made, closable, node, function), scope, tree)


def _of_object(
    root: Node, attribute: str, kept: tuple[str, bool, Node, Scope | None], scope: Scope, tree: ModuleTree
) -> LoopBound | None:
    made, closable, node, function = kept
    written = tree.text(root)
    method = _method_around(scope)
    owner = method.parent if method is not None else None
    if method is not None and written == method.first_parameter:
        by_class = written in ("cls", "klass") or _is_classmethod(method, tree)
        return LoopBound(
            made, closable, node, Where.CLASS if by_class else Where.INSTANCE, attribute, function, owner
        )
    if method is not None and written in (
        f"type({method.first_parameter})",
        f"{method.first_parameter}.__class__",
    ):
        return LoopBound(made, closable, node, Where.CLASS, attribute, function, owner)
    if root.type != "identifier":
        return None
    named = tree.lookup(written, scope)
    module = tree.dotted(tree.module_scope)
    if named != f"{module}.{written}":
        return None
    holder = tree.assigned_value(written, tree.module_scope)
    if holder is not None and _OF_A_THREAD.search(tree.text(holder)):
        return None
    for one in tree.scopes.all():
        if one.kind == CLASS and one.local_name == written:
            return LoopBound(made, closable, node, Where.CLASS, attribute, function, one)
    return LoopBound(made, closable, node, Where.GLOBAL, attribute, function, None)


def _method_around(scope: Scope) -> Scope | None:
    inner: Scope | None = scope
    while inner is not None and not inner.is_method:
        inner = inner.parent
    return inner


def _is_classmethod(method: Scope, tree: ModuleTree) -> bool:
    return any(tree.text(one) == "classmethod" for one in decorators_of(method))
