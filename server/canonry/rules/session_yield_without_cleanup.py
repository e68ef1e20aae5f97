"""CN105: a generator that yields a database session and does not close it whatever happens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Range, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.blocks import (
    holds,
    indent_of,
    nested,
    own_block,
    statement_in,
    statement_of,
    without,
)
from canonry.rules.facts.decorators import last_names
from canonry.rules.facts.endings import (
    clauses_of,
    defers,
    ends,
    guards,
    handler_of,
    is_ended,
    is_entered,
    is_method_of,
    late_commit,
)
from canonry.rules.facts.handlers import caught
from canonry.rules.facts.routes import DEPENDENCY, ROUTE, ROUTES, WebRow
from canonry.rules.facts.sessions import is_session_name, session_made
from canonry.syntax import ModuleTree, Scope
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import ancestors, block_of

_YIELDS: Final = AnyOf(b"yield", alone=True)
_QUICK: Final = (AnyOf(b"session", any_case=True), AnyOf(b"db", any_case=True, alone=True))
_DECORATORS: Final = frozenset(("contextmanager", "asynccontextmanager", "fixture", "yield_fixture"))
_GIVES: Final = re.compile(r"(^|_)(db|database|session|transaction|tx|uow)(_|$|\d)|session", re.IGNORECASE)
"""Generators so called are dependencies, whoever asks for them: `get_db`, `db_session`."""


class SessionYieldWithoutCleanup(Rule):
    """## What it does
    Finds generators that yield a database session (context managers, fixtures, dependencies of routes) and
    do not close it whatever happens: closed outside of `finally`, or after `Exception` alone; and those that
    commit in `finally`, when the work may have ended half done.

    ## Why is this bad?
    What goes wrong while the session is in use is raised at the `yield`. A request that is cancelled, a
    client that goes away, a generator that is thrown away raise `CancelledError` or `GeneratorExit` there,
    which `except Exception` does not catch: the session stays open with its connection, until the pool is
    empty. A commit in `finally` is made then too, of half the work. Ruff, pyright and flake8-async have no
    rule for it.

    ## Example
    ```python
    def get_db():
        db = SessionLocal()
        try:
            yield db
            db.commit()
        except Exception:
            db.rollback()
            db.close()
            raise
    ```

    ## Use instead
    ```python
    def get_db():
        db = SessionLocal()
        try:
            yield db
            db.commit()
        except Exception:
            db.rollback()
            raise
        finally:
            db.close()
    ```

    ## When it stays silent
    - `with` or `async with` of the session around the yield, or an exit stack that has it
    - it is closed (or rolled back) in `finally`, or after every exception and after none
    - the session is made by others (a parameter, an attribute), who close it
    - generators that are neither decorated, nor a dependency, nor called as one (`get_db`)

    A pytest fixture that closes its session after the yield, outside of `finally`, is only information:
    pytest resumes it after a failed test.
    """

    code: ClassVar[str] = "CN105"
    name: ClassVar[str] = "session-yield-without-cleanup"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    signs: ClassVar = (_YIELDS,)
    INVALID: ClassVar = (
        Invalid(
            "a dependency that handles Exception alone",
            """\
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(create_engine("sqlite://"))


def get_db():
    db = SessionLocal()
    try:
        yield db  # want: CN105 closed only after `Exception`
        db.commit()
    except Exception:
        db.rollback()
        db.close()
        raise
    else:
        db.close()
""",
            fixed="""\
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(create_engine("sqlite://"))


def get_db():
    db = SessionLocal()
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()
""",
        ),
        Invalid(
            "closed after the yield, by a factory of another module",
            {
                "app/db.py": """\
from sqlalchemy.orm import sessionmaker

Factory = sessionmaker()
""",
                "tests/conftest.py": """\
import pytest
from app.db import Factory


@pytest.fixture
def stored(engine):
    unit = Factory(bind=engine)
    unit.begin()
    yield unit  # want: CN105 `unit.close` (line 10) is outside of `finally`
    unit.close()
""",
            },
            fixed={
                "tests/conftest.py": """\
import pytest
from app.db import Factory


@pytest.fixture
def stored(engine):
    unit = Factory(bind=engine)
    try:
        unit.begin()
        yield unit
    finally:
        unit.close()
"""
            },
        ),
        Invalid(
            "a fixture that never closes what it makes",
            {
                "tests/conftest.py": """\
import pytest
from sqlalchemy.orm import sessionmaker


@pytest.fixture
def session_class(engine):
    return sessionmaker(bind=engine)


@pytest.fixture
def db_session(engine):
    yield sessionmaker(bind=engine)()  # want: CN105 never closed
""",
            },
        ),
        Invalid(
            "committed whatever happened",
            """\
from contextlib import asynccontextmanager


@asynccontextmanager
async def transaction(self):
    session = self.session_factory()
    try:
        yield session  # want: CN105 commit
    finally:
        await session.commit()
        await session.close()
""",
            fixed="""\
from contextlib import asynccontextmanager


@asynccontextmanager
async def transaction(self):
    session = self.session_factory()
    try:
        yield session
        await session.commit()
    finally:
        await session.close()
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "an async dependency that never closes it",
            """\
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import engine


async def get_session():
    session = AsyncSession(engine)
    yield session  # want: CN105 never closed
""",
            fixed="""\
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import engine


async def get_session():
    session = AsyncSession(engine)
    try:
        yield session
    finally:
        await session.close()
""",
        ),
        Invalid(
            "a dependency by its use in another module, whatever it is called",
            {
                "app/stores.py": """\
from sqlalchemy.orm import Session


def shelf():
    opened = Session()
    yield opened  # want: CN105
    opened.close()
""",
                "app/routes.py": """\
from fastapi import APIRouter, Depends

from app.stores import shelf

router = APIRouter()


@router.get("/books")
def books(shelf=Depends(shelf)) -> list[str]:
    return shelf.books()
""",
            },
        ),
        Invalid(
            "a session that nobody has a name for",
            """\
from contextlib import contextmanager

from sqlmodel import Session


@contextmanager
def reading(engine):
    yield Session(engine)  # want: CN105 never closed
""",
        ),
        Invalid(
            "what ends the generator is caught, and then it commits",
            """\
from sqlalchemy.orm import Session


def get_db(engine):
    with Session(engine) as session:
        try:
            yield session  # want: CN105 commit
        except BaseException:
            session.commit()
            raise
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "async with around the yield; nothing is committed when it fails",
            """\
from sqlalchemy.ext.asyncio import async_sessionmaker

factory = async_sessionmaker()


async def get_session():
    async with factory() as session:
        try:
            yield session
            await session.commit()
        except Exception:
            await session.rollback()
            raise
""",
        ),
        Valid(
            "closed in finally",
            """\
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker()


def get_db():
    db = SessionLocal()
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()
""",
        ),
        Valid(
            "closed after every exception and after none",
            """\
from sqlalchemy.orm import Session


def get_db():
    db = Session()
    try:
        yield db
    except BaseException:
        db.rollback()
        db.close()
        raise
    else:
        db.close()
""",
        ),
        Valid(
            "an exit stack has it",
            """\
from contextlib import ExitStack, contextmanager

from sqlalchemy.orm import Session


@contextmanager
def get_db():
    with ExitStack() as stack:
        session = Session()
        stack.callback(session.close)
        yield session
""",
        ),
        Valid(
            "the session is another's, who closes it",
            """\
from contextlib import contextmanager


@contextmanager
def rollback_on_error(session):
    try:
        yield session
    except Exception:
        session.rollback()
        raise
""",
        ),
        Valid(
            "a session of something else",
            """\
import aiohttp
import pytest


@pytest.fixture
async def session():
    session = aiohttp.ClientSession()
    yield session
    await session.close()
""",
        ),
        Valid(
            "a result that is waited for",
            """\
from sqlalchemy.orm import Session


def copy_db(source, target):
    yield source.connect()
    yield target.insert(Session)
""",
        ),
        Valid(
            "rows, no session",
            """\
from sqlalchemy.orm import Session


def get_db_rows(engine, query):
    session = Session(engine)
    for row in session.execute(query):
        yield row
    session.close()
""",
        ),
        Valid(
            "a generator that is no dependency of anybody's",
            """\
from sqlalchemy.orm import Session


def shards(engines):
    for engine in engines:
        opened = Session(engine)
        yield opened
        opened.close()
""",
        ),
        Valid(
            "committed in finally where it went well",
            """\
from contextlib import contextmanager

from sqlalchemy.orm import Session


@contextmanager
def unit_of_work(engine):
    session = Session(engine)
    done = False
    try:
        yield session
        done = True
    finally:
        if done:
            session.commit()
        session.close()
""",
        ),
        Valid(
            "closed by a helper, however it is called",
            """\
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.db import _safe_close_session


@contextmanager
def get_session_with_tenant(engine):
    session = Session(bind=engine)
    try:
        yield session
    finally:
        _safe_close_session(session)
""",
        ),
        Valid(
            "what has the word in its name, or comes out of a session",
            {
                "app/chunks.py": "class SessionSummary:\n    pass\n\n\nclass GatedSession:\n    pass\n",
                "app/stream.py": """\
from contextlib import asynccontextmanager

import pytest
from app.chunks import GatedSession, SessionSummary
from app.db import session_scope
from sqlalchemy import select


@asynccontextmanager
async def session_summary():
    yield SessionSummary()


@pytest.fixture
def gated_session():
    yield GatedSession()


@asynccontextmanager
async def record_of_db(number):
    async with session_scope() as session:
        current = await session.get(select, number)
    yield current
""",
            },
        ),
        Valid(
            "the connection that it was given is closed",
            """\
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine


@pytest.fixture
async def session(url):
    connection = await create_async_engine(url).connect()
    session = AsyncSession(bind=connection)
    try:
        yield session
    finally:
        await connection.close()
""",
        ),
        Valid(
            "a stand-in of the test's own",
            """from contextlib import contextmanager

from sqlalchemy import select


def test_unknown(monkeypatch):
    class DummySession:
        def execute(self, query):
            return query

    @contextmanager
    def fresh_db_session():
        yield DummySession()

    monkeypatch.setattr("app.db.fresh_db_session", fresh_db_session)
    assert select
""",
        ),
        Valid(
            "what makes sessions is no session",
            {
                "app/db.py": """\
from sqlalchemy.orm import sessionmaker


def get_db_session(engine) -> sessionmaker:
    return sessionmaker(bind=engine)
""",
                "tests/conftest.py": """\
import pytest
from app.db import get_db_session
from sqlalchemy import create_engine


@pytest.fixture
def session_class():
    SessionLocal = get_db_session(create_engine("sqlite://"))
    yield SessionLocal


@pytest.fixture
def session_factory(engine):
    session_maker = get_db_session(engine)
    yield session_maker
""",
            },
        ),
        Valid(
            "a helper in finally is given the session",
            """\
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession


@asynccontextmanager
async def get_session(engine):
    session = AsyncSession(engine)
    try:
        yield session
    finally:
        await asyncio.shield(_close_session(session))
""",
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each yield of a session that is not ended whatever happens."""
        tree = module.tree
        if not any(map(tree.holds, _QUICK)):
            return
        for node in tree.nodes("yield"):
            function = tree.own_scope(node)
            value = node.named_children[0] if node.named_children else None
            if value is None or function.kind != FUNCTION or not _is_given(function, tree, context):
                continue
            found = _judge(node, value, function, tree, context)
            if found is not None:
                severity = None
                said = found.said
                if found.ends and "fixture" in last_names(function, tree):
                    # pytest resumes a fixture after a failed test, so that less is lost.
                    severity = Severity.INFORMATION
                    said += "; pytest resumes it after a failed test, not after an error of its own lines"
                yield self.finding(
                    module,
                    node,
                    said,
                    severity=severity,
                    fixes=_fixes(found, module),
                    symbol=tree.dotted(function),
                )


@dataclass(frozen=True, slots=True)
class _Left:
    """A session that is not ended as it should be."""

    said: str
    held: str
    """What stands for the session, as written."""
    node: Node
    """The yield."""
    function: Scope
    made: Node | None = None
    """The statement that makes it."""
    is_async: bool = False
    closes: Sequence[Node] = ()
    """The calls that close it on some ways."""
    commit: Node | None = None
    """The commit that is made whatever happened."""
    ends: bool = False
    """Whether it is closed at all, on some way."""


def _is_given(function: Scope, tree: ModuleTree, context: RuleContext) -> bool:
    """Whether what a generator yields is for those who ask for it: by decorator, use or name."""
    if not _DECORATORS.isdisjoint(last_names(function, tree)):
        return True
    if _GIVES.search(function.name):
        return True
    return function.name in context.derived(ROUTES, _dependencies)


def _dependencies(rows: Mapping[str, tuple[WebRow, ...]]) -> frozenset[str]:
    """The last names of everything that routes depend on."""
    return frozenset(
        name.rpartition(".")[2]
        for held_rows in rows.values()
        for row in held_rows
        if row.kind in (ROUTE, DEPENDENCY)
        for name in row.guards
    )


def _judge(node: Node, value: Node, function: Scope, tree: ModuleTree, context: RuleContext) -> _Left | None:
    """What is wrong with a yield of a session; None where nothing is, or it yields none."""
    if value.type == "call":
        made = _made(value, "", tree, context)
        return None if made is None else _Left("The session is never closed", "", node, function)
    if value.type not in ("identifier", "attribute"):
        return None
    name = tree.text(value)
    origin = _origin(name, node, function, tree)
    made_by = origin.child_by_field_name("right") if origin is not None else None
    made = _made(made_by, name, tree, context) if made_by is not None else None
    if made is None and not (is_session_name(name) or is_entered(node, name, tree)):
        return None
    tries = [
        one for one in ancestors(node, "try_statement") if guards(one, node) and holds(function.node, one)
    ]
    commit = late_commit(tries, name, tree)
    if commit is not None:
        line = commit.start_point[0] + 1
        return _Left(
            f"`{name}` is committed whatever happened (line {line}): after an error, a cancellation or "
            "GeneratorExit the commit keeps what is half done",
            *(name, node, function, origin, bool(made)),
            commit=commit,
        )
    if made is None or origin is None or is_entered(node, name, tree):
        return None
    calls = [one for one in tree.calls_within(function.node) if one.node.start_byte > origin.end_byte]
    if any(defers(one, name, tree) for one in calls):
        return None
    closing = [one for one in calls if ends(one, name, made_by, tree)]
    if is_ended(tries, node, [one.node for one in closing], tree):
        return None
    closes = [
        one.node
        for one in closing
        if one.last in ("close", "aclose") and one.node.start_byte > node.start_byte
    ]
    is_async = made or any(_awaited(one.node) for one in calls if is_method_of(one, name, tree))
    others = [one.node for one in closing if one.node.start_byte > node.start_byte]
    return _Left(
        _said(name, closes or others, tries, tree),
        name,
        node,
        function,
        statement_of(origin),
        is_async,
        closes,
        ends=bool(closes or others),
    )


def _said(name: str, closes: Sequence[Node], tries: Sequence[Node], tree: ModuleTree) -> str:
    if not closes:
        return f"`{name}` is never closed: each use leaves a connection behind"
    in_handlers = [one for one in closes if handler_of(one, tries) is not None]
    if in_handlers:
        handler = handler_of(in_handlers[0], tries)
        types = ", ".join(tree.text(one) for one in caught(handler)) if handler else ""
        return (
            f"`{name}` is closed only after `{types}`, or after no error: "
            "GeneratorExit and cancellation leave it open"
        )
    line = closes[0].start_point[0] + 1
    function = closes[0].child_by_field_name("function") or closes[0]
    return (
        f"`{tree.text(function)}` (line {line}) is outside of `finally`: "
        f"an error in between, GeneratorExit and cancellation leave `{name}` open"
    )


def _origin(name: str, node: Node, function: Scope, tree: ModuleTree) -> Node | None:
    """The last assignment of a name in a function before a yield."""
    found: Node | None = None
    for one in tree.nodes("assignment", within=function.node):
        if one.start_byte >= node.start_byte:
            break
        left = one.child_by_field_name("left")
        if left is not None and tree.text(left) == name and tree.own_scope(one).function is function:
            found = one
    return found


def _made(value: Node, target: str, tree: ModuleTree, context: RuleContext) -> bool | None:
    """As `session_made`, for what is assigned: `await factory()`, `(factory())`."""
    while value.type in ("await", "parenthesized_expression") and value.named_children:
        value = value.named_children[0]
    if value.type != "call":
        return None
    call = next((one for one in tree.calls_within(value) if one.node.id == value.id), None)
    return session_made(call, target, tree, context) if call is not None else None


def _awaited(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "await"


def _fixes(left: _Left, module: Module) -> list[OfferedFix]:
    if not left.held or left.made is None:
        return []
    if left.commit is not None:
        commit = left.commit
        if _handler_in(commit):
            return []
        return [
            module.fix(
                "Commit after the yield, where it went well",
                lambda: _commit_moved(left, commit, module),
                Applicability.UNSAFE,
                "Nothing is committed any more where the session's user fails.",
            )
        ]
    return [module.fix(f"Close `{left.held}` in `finally`", lambda: _closed_at_last(left, module))]


def _handler_in(node: Node) -> bool:
    return next(ancestors(node, "except_clause", "function_definition"), node).type == "except_clause"


def _commit_moved(left: _Left, commit: Node, module: Module) -> list[TextEdit] | Refusal:
    tree = module.tree
    statement, yielding = statement_of(commit), statement_of(left.node)
    if statement.type != "expression_statement" or yielding.type != "expression_statement":
        return Refusal("the commit or the yield is part of another statement")
    clause = next(ancestors(statement, "finally_clause"), None)
    indent = indent_of(yielding, tree)
    if clause is None or indent is None or len(block_of(clause)) < 2:
        return Refusal("nothing else is done in `finally`: say there how the session is closed")
    gone = without(statement, tree)
    if isinstance(gone, Refusal):
        return gone
    at = tree.position(*yielding.end_point)
    return [module.insert(at.line, at.column, f"\n{indent}{tree.text(statement)}"), gone]


def _closed_at_last(left: _Left, module: Module) -> list[TextEdit] | Refusal:
    """The edits that close a session in `finally`: of the try that is there, else of one around its use."""
    tree = module.tree
    statements = [statement_of(one) for one in left.closes]
    if any(one.type != "expression_statement" for one in statements):
        return Refusal("the session is closed within another statement")
    awaited = "await " if left.is_async and left.function.is_async else ""
    closing = tree.text(statements[-1]) if statements else f"{awaited}{left.held}.close()"
    block = own_block(left.made) if left.made is not None else None
    around = statement_in(block, left.node) if block is not None else None
    if block is None or around is None or left.made is None:
        return Refusal("the session is made and yielded in different blocks")
    attempt = around if around.type == "try_statement" else None
    if attempt is not None and not any(True for _ in clauses_of([attempt], "finally_clause")):
        return _finally_added(attempt, statements, closing, tree)
    following = [
        one for one in block.named_children if one.type != "comment" and one.start_byte >= left.made.end_byte
    ]
    after = [one for one in statements if one.parent == block and one.start_byte > around.start_byte]
    if len(after) < len(statements) or len(after) > 1:
        return Refusal("the session is closed in several places")
    last = following[-1] if not after else following[following.index(after[0]) - 1]
    edit = nested(following[0], last, "try:", tree, f"finally:\n    {closing}", after[0] if after else None)
    return edit if isinstance(edit, Refusal) else [edit]


def _finally_added(
    attempt: Node, statements: Sequence[Node], closing: str, tree: ModuleTree
) -> list[TextEdit] | Refusal:
    indent = indent_of(attempt, tree)
    if indent is None:
        return Refusal("the try stands on a line with others")
    text = f"finally:\n{indent}    {closing}"
    edits: list[TextEdit] = []
    place: TextEdit | None = None
    for one in statements:
        clause = one.parent.parent if one.parent is not None else None
        if clause is not None and clause.type == "else_clause" and len(block_of(clause)) == 1:
            place = TextEdit(tree.range(clause), text)  # nothing else is done there
            continue
        gone = without(one, tree)
        if isinstance(gone, Refusal):
            return gone
        edits.append(gone)
    end = tree.position(*attempt.end_point)
    return [*edits, place or TextEdit(Range(end, end), f"\n{indent}{text}")]
