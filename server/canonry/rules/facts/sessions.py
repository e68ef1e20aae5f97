"""Database sessions: what makes one, and which names of the workspace stand for such makers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.model import SymbolKind
from canonry.rules.base import RuleContext
from canonry.syntax import Call, ModuleTree, Scope
from canonry.syntax.kinds import CLASS
from canonry.syntax.signs import AnyOf

_SESSIONS: Final = frozenset(
    (
        *("sqlalchemy.orm.Session", "sqlalchemy.orm.session.Session", "sqlmodel.Session"),
        *("sqlalchemy.ext.asyncio.AsyncSession", "sqlalchemy.ext.asyncio.session.AsyncSession"),
        *("sqlmodel.ext.asyncio.session.AsyncSession", "sqlmodel.orm.session.Session"),
    )
)
_MAKERS: Final = frozenset(
    f"sqlalchemy.{module}.{name}"
    for module in ("orm", "orm.session", "orm.scoping", "ext.asyncio", "ext.asyncio.session")
    for name in ("sessionmaker", "scoped_session", "async_sessionmaker", "async_scoped_session")
)
_MAKES: Final = AnyOf(b"sessionmaker", b"scoped_session")
_LIBRARIES: Final = re.compile(
    r"^(sqlalchemy|sqlmodel|flask_sqlalchemy|fastapi_async_sqlalchemy|advanced_alchemy|neo4j|alembic)\b"
)
"""What a module imports that works with database sessions."""

_GIVES_MAKER: Final = re.compile(r"maker|scoped_session|Callable|Generator|Iterator|Manager|\b[Tt]ype\[")
"""Return annotations of what gives no session but something that makes one."""

_FACTORY_NAME: Final = re.compile(
    r"^[^A-Z].*[sS]ession|^session|^[A-Z]\w*Sessions?(Local|Maker|Factory|Class|Async|Sync)?$"
    r"|^Session(Local|Maker|Factory|Class|Async|Sync)?$"
)
"""`SessionLocal`, `async_session_maker`, `_session_factory`, `create_session`; but not `SessionSummary`."""

_SESSION_NAME: Final = re.compile(r"(^|_)(db|database|session|sess|sa)(_|$|\d)|session$", re.IGNORECASE)
"""Names of variables that hold a session: `db`, `session`, `db_session`."""

_OTHER_SESSIONS: Final = re.compile(
    r"client|http|request|aiohttp|boto|browser|inference|tf\b|user|login|chat|spark|noop|fake|mock", re.I
)
"""What is called a session, and is none of a database."""

_WORK: Final = frozenset(
    (
        *("commit", "rollback", "flush", "expunge", "expunge_all", "begin_nested", "scalars", "scalar"),
        *("merge", "refresh", "bulk_save_objects"),
    )
)
"""Methods that database sessions alone have."""


class SessionMaker(msgspec.Struct, frozen=True, array_like=True):
    """A name at module or class level, or an attribute, whose call gives a new session."""

    name: str
    """Dotted."""
    is_async: bool


def _session_makers(tree: ModuleTree) -> Iterator[SessionMaker]:
    if not tree.holds(_MAKES):
        return
    for call in tree.calls_to(*_MAKERS):
        above = call.node.parent
        if above is None or above.type != "assignment":
            continue
        left = above.child_by_field_name("left")
        if left is None or (left.type == "identifier" and call.scope.kind not in ("module", "class")):
            continue
        name = tree.resolve(left)
        if name:
            yield SessionMaker(name, _makes_async(call, tree))


SESSION_MAKERS = Extractor("session-makers", 1, SessionMaker, _session_makers, key=lambda row: (row.name,))


def session_made(call: Call, target: str, tree: ModuleTree, context: RuleContext) -> bool | None:
    """Whether a call, whose result is kept as `target`, gives a new database session.

    True for an async session, False for another one (or where that cannot be told), None where it gives none.
    """
    name = context.canonical(call.name) if call.name else ""
    if name in _SESSIONS:
        return name.endswith("AsyncSession")
    if name in _MAKERS:
        return None
    maker = next((one for _, one in context.rows(SESSION_MAKERS, name)), None) if name else None
    if maker is not None:
        return maker.is_async
    inner = _maker_of(call, tree)
    if inner is not None:
        return _makes_async(inner, tree)
    written = tree.text(call.function)
    kept = target.rpartition(".")[2]
    if kept[:1].isupper() or _is_own_class(call, tree) or (name and _gives_no_session(name, context)):
        return None
    last = call.last or _last_of(call.function, tree)
    speaks = _FACTORY_NAME.search(last) or (not name and _SESSION_NAME.search(kept))
    if not speaks or _OTHER_SESSIONS.search(written) or (name and _is_foreign(name, context)):
        return None
    if _is_of_database(call.scope.function, target, tree):
        return "async" in written.lower()
    return None


def _makes_async(maker: Call, tree: ModuleTree) -> bool:
    kind = maker.argument(None, "class_")
    return "async_" in maker.last or (kind is not None and "Async" in tree.text(kind))


def _maker_of(call: Call, tree: ModuleTree) -> Call | None:
    """The call that made what is called: `sessionmaker(engine)()`, or a local variable of it."""
    node: Node | None = call.function
    if node is not None and node.type == "identifier" and not call.name:
        function = call.scope.function
        node = tree.assigned_value(tree.text(node), function) if function is not None else None
    if node is None or node.type != "call":
        return None
    return next(
        (one for one in tree.calls_within(node) if one.node.id == node.id and one.name in _MAKERS), None
    )


def _last_of(function: Node, tree: ModuleTree) -> str:
    """The last name of the function whose result is called: `maker` in `db.maker(engine)()`."""
    inner = function.child_by_field_name("function") if function.type == "call" else None
    return tree.text(inner).rpartition(".")[2] if inner is not None else ""


def _is_own_class(call: Call, tree: ModuleTree) -> bool:
    """Whether what is called is a class of the same module: a stand-in, or what has an end of its own."""
    written = tree.text(call.function)
    return written[:1].isupper() and any(
        one.kind == CLASS and one.name == written for one in tree.scopes.all()
    )


def _gives_no_session(name: str, context: RuleContext) -> bool:
    """Whether a name is a class of the workspace, or a function that says it returns what makes sessions."""
    symbol = context.definition(name)
    if symbol is not None and symbol.kind is SymbolKind.CLASS:
        return not any(one.rpartition(".")[2].endswith("Session") for one in symbol.bases)
    returns = symbol.signature.returns if symbol is not None and symbol.signature is not None else None
    return returns is not None and _GIVES_MAKER.search(returns) is not None


def _is_foreign(name: str, context: RuleContext) -> bool:
    """Whether a dotted name is that of a library that has no database sessions."""
    return context.module_at(name) is None and not _LIBRARIES.match(name)


def _is_of_database(function: Scope | None, target: str, tree: ModuleTree) -> bool:
    """Whether a function or its module shows that its sessions are those of a database."""
    if any(_LIBRARIES.match(one.target) for one in tree.facts.imports):
        return True
    if function is None or not _SESSION_NAME.search(target.rpartition(".")[2]):
        return False
    return any(
        call.last in _WORK
        and call.function.type == "attribute"
        and (held := call.function.child_by_field_name("object")) is not None
        and tree.text(held) == target
        for call in tree.calls_within(function.node)
    )


def is_session_name(name: str) -> bool:
    """Whether a variable or parameter is called as sessions are."""
    return bool(_SESSION_NAME.search(name.rpartition(".")[2])) and not _OTHER_SESSIONS.search(name)
