"""CN102: a client, lock or engine of one event loop that is kept for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Range, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.blocks import holds, indent_of, statement_of
from canonry.rules.facts.decorators import decorators_of
from canonry.rules.facts.lifetimes import Lifetime, lifetime, single_of
from canonry.rules.facts.loop_bound import QUICK, LoopBound, Where, kept_in
from canonry.scopes.roles import Role
from canonry.syntax import ModuleTree, Scope
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.tree import ancestors, block_of

_LOOPS: Final = frozenset(
    ("get_running_loop", "get_event_loop", "_get_running_loop", "current_task", "get_loop")
)
_BY_KEY: Final = frozenset(("get", "setdefault", "pop", "is_closed"))
_CLOSES: Final = frozenset(("close", "aclose", "dispose", "disconnect", "shutdown", "stop", "terminate"))
_SINGLE: Final = re.compile(r"singleton", re.IGNORECASE)
_OWN_INSTANCE: Final = re.compile(
    r"\b(?:cls|self\.__class__|type\(self\)|[A-Z]\w*)\._*(?:instances?|singleton|shared_instance|default_instance)\b"
)


class LoopBoundResourceOutlivesLoop(Rule):
    """## What it does
    Finds what belongs to one event loop (aiohttp and httpx clients, `asyncio.Lock`, `Queue`, `Event`,
    `Semaphore`, `Condition`, async engines, redis.asyncio clients) and is kept for the whole program: in a
    module global, a class attribute, a cached function, or on an object of which there is one, wherever in
    the workspace that object is made.

    ## Why is this bad?
    Each `asyncio.run`, each test, each worker's loop is another one. What was made in the first (or first
    used there) fails in the second: *is bound to a different event loop*, *Event loop is closed*, or it waits
    for ever. That `.closed` is false says nothing of the loop. It shows in the second test, or in
    production, never in the first run. Neither ruff's ASYNC rules nor flake8-async nor pyright look at how
    long things live.

    ## Example
    ```python
    _session: aiohttp.ClientSession | None = None


    async def get_session():
        global _session
        if _session is None or _session.closed:
            _session = aiohttp.ClientSession()
        return _session
    ```

    ## Use instead
    ```python
    _session: aiohttp.ClientSession | None = None
    _session_loop: asyncio.AbstractEventLoop | None = None


    async def get_session():
        global _session, _session_loop
        if _session is None or _session.closed or _session_loop is not asyncio.get_running_loop():
            _session = aiohttp.ClientSession()
            _session_loop = asyncio.get_running_loop()
        return _session
    ```

    ## When it stays silent
    - the running loop is compared with the one it was made in, or is the key under which it is kept
    - it is made when the application starts (lifespan, `on_startup`, `add_event_handler`, signals,
      `asyncio.run`, or a `start`, `connect`, `open`, `__aenter__` that those call) and closed when it stops
    - it is made and closed in one function; a lock, queue or event that each run makes anew, and a client
      that `initialize` of a class makes anew each time, and `teardown` closes
    - context variables; objects of which there may be many; engines with `NullPool`; tests and scripts
    """

    code: ClassVar[str] = "CN102"
    name: ClassVar[str] = "loop-bound-resource-outlives-loop"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    signs: ClassVar = QUICK
    INVALID: ClassVar = (
        Invalid(
            "`closed` says nothing of the loop",
            """\
import asyncio

import aiohttp

_session: aiohttp.ClientSession | None = None


async def get_session() -> aiohttp.ClientSession:
    global _session
    if _session is None or _session.closed:
        _session = aiohttp.ClientSession()  # want: CN102 `.closed` does not tell
    return _session
""",
            fixed="""\
import asyncio

import aiohttp

_session: aiohttp.ClientSession | None = None
_session_loop: asyncio.AbstractEventLoop | None = None


async def get_session() -> aiohttp.ClientSession:
    global _session, _session_loop
    if _session is None or _session.closed or _session_loop is not asyncio.get_running_loop():
        _session = aiohttp.ClientSession()
        _session_loop = asyncio.get_running_loop()
    return _session
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "on an object of which another module makes the only one",
            {
                "app/client.py": """\
import asyncio

import httpx


class Client:
    def __init__(self):
        self._client = None
        self._slots = asyncio.Semaphore(8)  # want: CN102 `upstream` (app/shared.py)

    async def get(self, url):
        if self._client is None:
            self._client = httpx.AsyncClient()  # want: CN102 `upstream`
        async with self._slots:
            return await self._client.get(url)
""",
                "app/shared.py": "from app.client import Client\n\nupstream = Client()\n",
            },
        ),
        Invalid(
            "on the only object of a class that extends it",
            {
                "app/base.py": """\
import asyncio


class Limited:
    def __init__(self):
        self.slots = asyncio.Semaphore(8)  # want: CN102 `SERVICES` (app/mail.py), the one `Limited`
""",
                "app/mail.py": """\
from app.base import Limited


class Mail(Limited):
    pass


SERVICES = {"mail": Mail()}
""",
            },
        ),
        Invalid(
            "the fix for an attribute",
            """\
import asyncio

import httpx


class Client:
    def __init__(self):
        self._client = None

    async def get(self, url):
        if not self._client:
            self._client = httpx.AsyncClient()  # want: CN102 `client`
        return await self._client.get(url)


client = Client()
""",
            fixed="""\
import asyncio

import httpx


class Client:
    def __init__(self):
        self._client = None
        self._client_loop: asyncio.AbstractEventLoop | None = None

    async def get(self, url):
        if not self._client or self._client_loop is not asyncio.get_running_loop():
            self._client = httpx.AsyncClient()
            self._client_loop = asyncio.get_running_loop()
        return await self._client.get(url)


client = Client()
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "module globals and class attributes; made again, it is the same that outlives",
            """\
import asyncio
from collections import defaultdict

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://db"))  # want: CN102 module global
_locks = defaultdict(asyncio.Lock)  # want: CN102 module global


def reset():
    global sessions
    sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://db"))


class Throttle:
    at_once = asyncio.Semaphore(4)  # want: CN102 class attribute
    waiting: "asyncio.Queue[str]" = asyncio.Queue[str]()  # want: CN102
""",
        ),
        Invalid(
            "a cached factory, and a class that keeps its instance",
            """\
from functools import lru_cache

import redis.asyncio as redis


@lru_cache
def broker():
    return redis.from_url("redis://broker/0")  # want: CN102 cached function


class Cache:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.client = None
        return cls._instance

    def connect(self):
        self.client = redis.Redis()  # want: CN102 one `Cache`
""",
        ),
        Invalid(
            "start and stop are there, but nobody has registered them",
            """\
import aiohttp


class Upstream:
    async def start(self):
        self._session = aiohttp.ClientSession()  # want: CN102

    async def stop(self):
        await self._session.close()


upstream = Upstream()
""",
        ),
        Invalid(
            "opened when the application starts, and never closed",
            """\
import httpx
from fastapi import FastAPI

app = FastAPI()
client = None


@app.on_event("startup")
async def open_client():
    global client
    client = httpx.AsyncClient()  # want: CN102 nobody closes it
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "made anew by the one who sets the class up, and closed by the one who tears it down",
            """\
import asyncpg


class Driver:
    _pool = None

    @classmethod
    async def initialize(cls, **details):
        cls._pool = await asyncpg.create_pool(**details)

    @classmethod
    async def teardown(cls):
        if cls._pool is not None:
            await cls._pool.close()
""",
        ),
        Valid(
            "compared with the running loop",
            """\
import asyncio

import aiohttp

_session = None
_loop = None


async def get_session():
    global _session, _loop
    running = asyncio.get_running_loop()
    if _session is None or _loop is not running:
        _session = aiohttp.ClientSession()
        _loop = running
    return _session
""",
        ),
        Valid(
            "compared by a helper; made by the class that keeps itself, for the lifespan",
            """\
import asyncio

import httpx
from fastapi import FastAPI


class Flush:
    def __init__(self):
        self._stopping = asyncio.Event()

    def begin(self):
        loop = asyncio.get_running_loop()
        if self._is_active_for_loop(loop):
            return
        self._stopping = asyncio.Event()
        self._task = loop.create_task(self.run())


class Shared:
    _instance = None

    @classmethod
    async def get_instance(cls):
        if cls._instance is None:
            cls._instance = cls()
            await cls._instance._prepare()
        return cls._instance

    async def _prepare(self):
        self.client = httpx.AsyncClient()

    @classmethod
    async def shutdown(cls):
        await cls._instance.client.aclose()


async def lifespan(app):
    await Shared.get_instance()
    yield
    await Shared.shutdown()


flush = Flush()
app = FastAPI(lifespan=lifespan)
""",
        ),
        Valid(
            "one for each loop",
            """\
import asyncio
import threading
from weakref import WeakKeyDictionary

_locks: WeakKeyDictionary = WeakKeyDictionary()


_events: dict[tuple[str, int], asyncio.Event] = {}
_thread = threading.local()


def lock():
    loop = asyncio.get_running_loop()
    if loop not in _locks:
        _locks[loop] = asyncio.Lock()
    return _locks[loop]


def event(name):
    loop = id(asyncio.get_running_loop())
    key = (name, loop)
    if key not in _events:
        _events[key] = asyncio.Event()
    return _events[key]


def queue():
    if not hasattr(_thread, "queue"):
        _thread.queue = asyncio.Queue()
    return _thread.queue
""",
        ),
        Valid(
            "the application's lifespan opens and closes it, in another module",
            {
                "app/clients.py": """\
import httpx

http = None


async def open_http():
    global http
    http = httpx.AsyncClient()
""",
                "app/main.py": """\
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import clients


@asynccontextmanager
async def lifespan(app):
    await clients.open_http()
    yield
    await clients.http.aclose()


app = FastAPI(lifespan=lifespan)
""",
            },
        ),
        Valid(
            "start and stop of the one object are registered",
            {
                "app/upstream.py": """\
import aiohttp


class Upstream:
    async def start(self):
        self._session = aiohttp.ClientSession()

    async def stop(self):
        await self._session.close()


upstream = Upstream()
""",
                "app/main.py": """\
from aiohttp import web

from app.upstream import upstream


async def begin(app):
    await upstream.start()


async def end(app):
    await upstream.stop()


def make_app():
    app = web.Application()
    app.on_startup.append(begin)
    app.on_cleanup.append(end)
    return app
""",
            },
        ),
        Valid(
            "each start makes it anew; each thread has its own",
            """\
import asyncio
import threading


class Worker:
    def __init__(self):
        self._stopping = asyncio.Event()

    async def start(self):
        self._stopping = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    async def _run(self):
        await self._stopping.wait()


class Connection(threading.local):
    def __init__(self):
        self.lock = asyncio.Lock()


worker = Worker()
connection = Connection()
""",
        ),
        Valid(
            "a framework's hooks open and close it",
            """\
import dramatiq
import httpx

_http = None


def _open():
    global _http
    _http = httpx.AsyncClient()


async def _close():
    await _http.aclose()


class HttpMiddleware(dramatiq.Middleware):
    def before_worker_boot(self, broker, worker):
        _open()

    def after_worker_shutdown(self, broker, worker):
        worker.run(_close())
""",
        ),
        Valid(
            "each object has its own, and there are many",
            """\
import asyncio


class Batch:
    def __init__(self):
        self.done = asyncio.Event()


async def run():
    batch = Batch()
    await batch.done.wait()
""",
        ),
        Valid(
            "a context variable",
            """\
from contextvars import ContextVar

import httpx

_client: ContextVar = ContextVar("client")


def client():
    try:
        return _client.get()
    except LookupError:
        made = httpx.AsyncClient()
        _client.set(made)
        return made
""",
        ),
        Valid(
            "it lives as long as the call",
            """\
import asyncio

import httpx

stopping = None
answers = {}


async def fetch(url):
    queue = asyncio.Queue()
    async with httpx.AsyncClient() as client:
        queue.put_nowait(await client.get(url))
    return queue


async def main(number):
    global stopping
    stopping = asyncio.Event()
    answers[number] = asyncio.Queue()
    await stopping.wait()
""",
        ),
        Valid(
            "an engine that keeps no connection",
            """\
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg://db", poolclass=NullPool)
""",
        ),
        Valid(
            "`async with` makes and closes it, whoever enters",
            """\
import aiohttp


class Client:
    async def __aenter__(self):
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *error):
        await self._session.close()


client = Client()
""",
        ),
        Valid(
            "locks and queues of threads",
            """\
import queue
import threading

import redis
import requests

lock = threading.Lock()
waiting = queue.Queue()
session = requests.Session()
store = redis.from_url("redis://store/0")
""",
        ),
        Valid(
            "a default that each object gets anew",
            """\
import asyncio
from dataclasses import dataclass, field


@dataclass
class Job:
    done: asyncio.Event = field(default_factory=asyncio.Event)
    lock: asyncio.Lock = field(default_factory=lambda: asyncio.Lock())
""",
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each resource of a loop that is kept for longer than the loop is there."""
        tree = module.tree
        if module.role is not Role.SOURCE:
            return
        life = _Life(context)
        found = list(kept_in(tree))
        # What is made again elsewhere is one thing that outlives; what each run makes anew does not.
        told = {_cause(one) for one in found if _is_made_anew(one, tree)}
        for kept in found:
            if cancelled():
                return
            cause = _cause(kept)
            if cause in told:
                continue
            whose = _whose(kept, module, context)
            if not whose or _knows_its_loop(kept, tree) or tree.under_main(kept.node):
                continue
            opened = _is_opened(kept, life, tree)
            if opened and (not kept.closable or _is_closed(kept, life, tree)):
                continue
            told.add(cause)
            yield self.finding(
                module,
                kept.node,
                _said(kept, whose, opened, tree),
                fixes=_fixes(kept, module),
                symbol=tree.dotted(kept.function) if kept.function is not None else "",
            )


_SETS_UP: Final = re.compile(r"^_*(async_)?(init|initiali[sz]e|set_?up|start|start_?up|open|connect)$")
_TEARS_DOWN: Final = re.compile(r"^_*(async_)?(tear_?down|stop|shut_?down|close|aclose|disconnect)$")
"""Names of methods of which one makes what a class has, and the other ends it."""


def _cause(kept: LoopBound) -> tuple[str, int]:
    return kept.name, kept.owner.start if kept.owner is not None else -1


class _Life:
    """What the application starts and stops, found when it is first asked for."""

    def __init__(self, context: RuleContext) -> None:
        self._context = context

    @cached_property
    def known(self) -> Lifetime:
        """What is registered, with what that calls."""
        return lifetime(self._context)

    def has(self, function: str) -> bool:
        """Whether a function is registered, or called by what is."""
        return function in self.known.functions or self._context.canonical(function) in self.known.functions


def _said(kept: LoopBound, whose: str, opened: bool, tree: ModuleTree) -> str:
    if opened:
        return f"`{kept.made}` is made when the application starts, but nobody closes it when it stops"
    condition = _guard(kept, tree)
    asked = tree.text(condition) if condition is not None else ""
    closed = "; `.closed` does not tell" if re.search(r"\.(is_)?closed\b", asked) else ""
    return (
        f"`{kept.made}` belongs to one event loop, and is kept {whose}: "
        f"nothing checks that it is still the same loop{closed}"
    )


def _whose(kept: LoopBound, module: Module, context: RuleContext) -> str:
    """Where something is kept for the whole program, in words; "" where it is not."""
    if kept.where in (Where.GLOBAL, Where.CLASS):
        return f"in {kept.where.value}"
    tree = module.tree
    owner = kept.owner
    if owner is None:
        return f"by {kept.where.value}" if kept.where is Where.CACHED else ""
    if _is_of_a_thread(owner, tree):
        return ""
    if _keeps_its_instance(owner, tree):
        return f"by the one `{owner.name}`"
    single = single_of(tree.dotted(owner), module.path, context)
    if single is None:
        return ""
    path, row = single
    where = "" if path == module.path else f" ({path})"
    return f"by `{row.name}`{where}, the one `{owner.name}`"


def _is_of_a_thread(owner: Scope, tree: ModuleTree) -> bool:
    """Whether each thread has its own attributes of a class's objects."""
    bases = owner.node.child_by_field_name("superclasses")
    return bases is not None and any(tree.resolve(one) == "threading.local" for one in bases.named_children)


def _keeps_its_instance(owner: Scope, tree: ModuleTree) -> bool:
    bases = owner.node.child_by_field_name("superclasses")
    headers = [*decorators_of(owner), *((bases,) if bases is not None else ())]
    if any(_SINGLE.search(tree.text(one)) for one in headers):
        return True
    return any(
        (left := one.child_by_field_name("left")) is not None and _OWN_INSTANCE.fullmatch(tree.text(left))
        for one in tree.nodes("assignment", within=owner.node)
    )


def _knows_its_loop(kept: LoopBound, tree: ModuleTree) -> bool:
    """Whether a function that has to do with a resource compares loops, or the class runs its own loop."""
    if kept.owner is not None and b"new_event_loop" in tree.data[kept.owner.start : kept.owner.end]:
        return True
    if kept.function is not None and _compares_loops(kept.function, tree):
        return True
    scopes = tree.scopes_within(kept.owner.node) if kept.owner is not None else tree.scopes.all()
    name = re.compile(rf"(?<!\w){re.escape(kept.name)}\b".encode())
    return any(
        scope.kind == FUNCTION
        and name.search(tree.data, scope.start, scope.end)
        and _compares_loops(scope, tree)
        for scope in scopes
    )


def _compares_loops(function: Scope, tree: ModuleTree) -> bool:
    """Whether a function asks for the running loop, and compares it or keeps things by it."""
    data = tree.data[function.start : function.end]
    if b"loop" not in data:
        return False
    calls = [one for one in tree.calls_within(function.node) if one.last in _LOOPS]
    if not calls:
        return False
    names = {"loop"}
    for call in calls:
        for above in ancestors(call.node):
            if above.type in ("assignment", "named_expression"):
                left = above.child_by_field_name("left") or above.child_by_field_name("name")
                names.add(tree.text(left) if left is not None else "loop")
            if above.type not in ("argument_list", "call", "conditional_expression"):
                break  # `id(get_running_loop())` speaks of the loop too
    for one in tree.nodes("assignment", within=function.node):
        left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
        if left is None or right is None or right.type not in ("tuple", "identifier", "string"):
            continue
        if any(re.search(rf"\b{re.escape(name)}\b", tree.text(right)) for name in names):
            names.add(tree.text(left))  # a key that the loop is a part of
    speaks = re.compile("|".join(re.escape(one) for one in sorted(names)))
    for node in tree.nodes("comparison_operator", "subscript", within=function.node):
        if speaks.search(tree.text(node)):
            return True
    return any(
        (one.last in _BY_KEY or "loop" in one.last)
        and one.last not in _LOOPS
        and any(speaks.search(tree.text(each)) for each in (one.function, *one.arguments))
        for one in tree.calls_within(function.node)
    )


def _is_opened(kept: LoopBound, life: _Life, tree: ModuleTree) -> bool:
    """Whether a resource is made when the application starts, or a `with` is entered."""
    function = kept.function
    if function is None or kept.where is Where.CACHED:
        return False
    return (
        function.name == "__aenter__"
        or _is_closed_by(function, kept, tree)
        or life.has(tree.dotted(function))
    )


def _closers(kept: LoopBound, tree: ModuleTree) -> Iterator[Scope]:
    """The functions of a module that close a resource."""
    for call in tree.calls:
        held = call.function.child_by_field_name("object") if call.function.type == "attribute" else None
        if held is None or call.last not in _CLOSES or call.scope.function is None:
            continue
        if tree.text(held).rpartition(".")[2] == kept.name:
            yield call.scope.function


def _is_closed_by(function: Scope, kept: LoopBound, tree: ModuleTree) -> bool:
    return any(one is function for one in _closers(kept, tree))


def _is_closed(kept: LoopBound, life: _Life, tree: ModuleTree) -> bool:
    """Whether a resource is closed when the application stops, or a `with` is left."""
    for one in _closers(kept, tree):
        if one is kept.function or one.name == "__aexit__" or life.has(tree.dotted(one)):
            return True
    dotted = f"{tree.dotted(tree.module_scope)}.{kept.name}"
    return any(f"{dotted}.{method}" in life.known.calls for method in _CLOSES)


def _is_made_anew(kept: LoopBound, tree: ModuleTree) -> bool:
    """Whether a function makes something for its own run, whatever was there before: a lock, a queue, or a
    client that another method of its class closes.
    """
    function = kept.function
    if function is None or kept.node.type != "assignment" or _guard(kept, tree) is not None:
        return False
    if kept.closable:
        return (
            kept.where is Where.CLASS
            and function.is_async
            and bool(_SETS_UP.match(function.name))
            and any(
                one.parent is function.parent and _TEARS_DOWN.match(one.name) for one in _closers(kept, tree)
            )
        )
    left = kept.node.child_by_field_name("left")
    if left is not None and left.type == "subscript":
        return True  # under a key that it is made for
    return function.is_async


def _guard(kept: LoopBound, tree: ModuleTree) -> Node | None:
    """The condition of the `if` that asks for a resource before it is made; None for none."""
    for around in ancestors(kept.node, "if_statement", "function_definition"):
        if around.type == "function_definition":
            return None
        condition = around.child_by_field_name("condition")
        body = around.child_by_field_name("consequence")
        asks = condition is not None and re.search(rf"(?<!\w){re.escape(kept.name)}\b", tree.text(condition))
        if asks and body is not None and holds(body, kept.node):
            return condition
    return None


def _fixes(kept: LoopBound, module: Module) -> list[OfferedFix]:
    """The loop beside the resource, and the condition that compares it; where it is made when asked for."""
    tree = module.tree
    condition = _guard(kept, tree)
    left = kept.node.child_by_field_name("left") if kept.node.type == "assignment" else None
    if condition is None or left is None or left.type not in ("identifier", "attribute"):
        return []
    return [
        module.fix(
            "Make it anew for another loop",
            lambda: _loop_kept(kept, condition, left, module),
            Applicability.UNSAFE,
            "A loop has to run when this is called; what belonged to another loop is left to it, not closed.",
        )
    ]


def _loop_kept(kept: LoopBound, condition: Node, left: Node, module: Module) -> list[TextEdit] | Refusal:
    tree = module.tree
    written = tree.text(left)
    loop = f"{written}_loop"
    declared = _declaration(kept, written, tree)
    statement = statement_of(kept.node)
    indent, outer = indent_of(statement, tree), indent_of(declared, tree) if declared is not None else None
    if declared is None or indent is None or outer is None:
        return Refusal("there is no place where it is None at first")
    alias = next(
        (one.alias for one in tree.facts.imports if one.target == "asyncio" and not one.local), "asyncio"
    )
    target = tree.text(declared.named_children[0].child_by_field_name("left") or left)
    edits = [
        _after(declared, f"\n{outer}{target}_loop: {alias}.AbstractEventLoop | None = None", module),
        _after(statement, f"\n{indent}{loop} = {alias}.get_running_loop()", module),
    ]
    text = tree.text(condition)
    if condition.type in ("conditional_expression", "lambda", "named_expression"):
        text = f"({text})"
    edits.append(module.replace(condition, f"{text} or {loop} is not {alias}.get_running_loop()"))
    if kept.where is Where.GLOBAL and kept.function is not None:
        outers = [one for one in _globals(kept.function.node) if kept.name in _listed(one, tree)]
        if not outers:
            return Refusal("the function does not declare it global")
        edits.append(_after(outers[0], f", {loop}", module))
    if tree.lookup(alias, tree.module_scope) != "asyncio":
        edits.append(module.add_import("import asyncio"))
    return edits


def _declaration(kept: LoopBound, written: str, tree: ModuleTree) -> Node | None:
    """The statement that first sets a resource to None: at module level, in the class, or in a method."""
    for one in tree.nodes("assignment", within=kept.owner.node if kept.owner is not None else None):
        left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
        if left is None or right is None or right.type != "none":
            continue
        scope = tree.scope_of(one)
        same = tree.text(left) == written or (scope is kept.owner and tree.text(left) == kept.name)
        early = scope.name == "__init__" or scope is kept.owner or scope is tree.module_scope
        statement = one.parent
        if same and early and statement is not None and statement.type == "expression_statement":
            return statement
    return None


def _after(node: Node, text: str, module: Module) -> TextEdit:
    at = module.tree.position(*node.end_point)
    return TextEdit(Range(at, at), text)


def _globals(function: Node) -> Iterator[Node]:
    for one in block_of(function):
        if one.type == "global_statement":
            yield one


def _listed(statement: Node, tree: ModuleTree) -> list[str]:
    return [tree.text(one) for one in statement.named_children]
