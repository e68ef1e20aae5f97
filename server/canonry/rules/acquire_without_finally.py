"""CN104: something is acquired and given back, but not in `finally`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.blocks import holds, nested, statement_of
from canonry.rules.facts.handlers import catches_everything, caught
from canonry.rules.facts.pairs import Verb, are_pair, closing, opening, undoes
from canonry.scopes.roles import Role
from canonry.syntax import Call, ModuleTree, Scope
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import ancestors, block_of

_FORMS: Final = re.compile(
    rb"get_?\w*conn|lock_\w+\(|(?:get|take|open)_\w*(?:slot|permit|channel)|start\w*\(", re.IGNORECASE
)
_QUICK: Final = (
    AnyOf(
        *(b"acquire", b"obtain", b"grab", b"borrow", b"reserve", b"lease", b"claim", b"allocate"),
        *(b"checkout", b"check_out", b".connect("),
        any_case=True,
    ),
    AnyOf(b"lock", any_case=True, alone=True),
    AnyOf(*(b"conn", b"lock_", b"slot", b"permit", b"channel", b"start"), any_case=True, then=_FORMS.search),
)
"""A file without any of these acquires nothing: it costs one search."""
_AWAITED_BY: Final = frozenset(("wait_for", "shield", "timeout"))
"""Calls that only wait for the acquisition they are given."""
_POOL: Final = re.compile(r"(^|_)(pool|engine)s?$|pool$|engine$", re.IGNORECASE)
_OF_POOLS: Final = frozenset(
    ("acquire", "getconn", "checkout", "borrow", "get_connection", "connect", "raw_connection")
)
_MEASURES: Final = re.compile(
    r"time|timing|clock|watch|measur|metric|profil|progress|spinner|status|thread|proc(ess)?$"
)
"""What is started to be looked at: nobody waits for it."""
_PLAIN: Final = frozenset(("identifier", "attribute", "true", "false", "none", "integer", "float", "string"))
"""What is read without any code being run, as a rule."""
_ASSERTS: Final = re.compile(r"^(assert|eq_|ne_|ok_|is_|expect)")
"""Calls by which a test says what must be so."""
_ENDS: Final = frozenset(("close", "aclose", "release", "terminate", "dispose"))


class AcquireWithoutFinally(Rule):
    """## What it does
    Finds locks, semaphores, slots, leases and connections from pools that a function acquires and gives back,
    but not in `finally` or by a context manager. What belongs together is told by name: `acquire` and
    `release`, `getconn` and `putconn`, `self._acquire_slot` and `self._release_slot`, `start` and `stop`.

    ## Why is this bad?
    An error in between (a timeout, a cancelled task) leaves it held for ever: the next one who wants the lock
    waits without end, the pool runs empty. Ruff's and pylint's rules ask for `with` where a file or a lock of
    the standard library is opened; this one knows a project's own pairs too.

    ## Example
    ```python
    async def salaries(pool, month):
        connection = await pool.acquire()
        rows = await connection.fetch(QUERY, month)
        await pool.release(connection)
        return rows
    ```

    ## Use instead
    ```python
    async def salaries(pool, month):
        connection = await pool.acquire()
        try:
            rows = await connection.fetch(QUERY, month)
        finally:
            await pool.release(connection)
        return rows
    ```

    ## When it stays silent
    - the release is in `finally`, in a `with`, or handed over (a callback, an exit stack)
    - what is acquired is returned, yielded or kept on purpose; the function gives it back on some ways only
    - nothing stands between the two, or nothing that can fail: attributes are set, waiting threads are woken
    - `start` and `stop` of what only measures (timers, profilers), of threads and processes; those of other
      objects where they are not awaited
    - connections that a script (`tools/`, `scripts/`...) takes, and what its program starts: they end with it
    - files and database sessions (CN105), tests
    """

    code: ClassVar[str] = "CN104"
    name: ClassVar[str] = "acquire-without-finally"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    signs: ClassVar = _QUICK
    names_lines: ClassVar = True
    INVALID: ClassVar = (
        Invalid(
            "a connection of a pool",
            """\
async def salaries(pool, month):
    connection = await pool.acquire()  # want: CN104 `pool.release` (line 5) is not in `finally`
    await connection.execute("set statement_timeout to 500")
    rows = await connection.fetch("select * from salary where month = $1", month)
    await pool.release(connection)
    return rows
""",
            fixed="""\
async def salaries(pool, month):
    connection = await pool.acquire()
    try:
        await connection.execute("set statement_timeout to 500")
        rows = await connection.fetch("select * from salary where month = $1", month)
    finally:
        await pool.release(connection)
    return rows
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a pair of the class's own, given back early on one way",
            """\
class Downloads:
    async def fetch(self, url):
        await self._acquire_slot()  # want: CN104 `self._release_slot`
        answer = await self.client.get(url)
        if answer.status == 404:
            log(url)
            self._release_slot()
            return None
        body = await answer.read()
        self._release_slot()
        return body
""",
            fixed="""\
class Downloads:
    async def fetch(self, url):
        await self._acquire_slot()
        try:
            answer = await self.client.get(url)
            if answer.status == 404:
                log(url)
                return None
            body = await answer.read()
        finally:
            self._release_slot()
        return body
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a lock that is made by name: what holds it is its own call",
            """\
def print_next(client, job):
    lock = client.lock("printer")
    lock.acquire()  # want: CN104 `lock.release`
    job.print()
    lock.release()
""",
        ),
        Invalid(
            "a lock that may not be had",
            """\
def flush(lock, device):
    if not lock.acquire(timeout=5):  # want: CN104
        return False
    device.flush()
    lock.release()
    return True
""",
            fixed="""\
def flush(lock, device):
    if not lock.acquire(timeout=5):
        return False
    try:
        device.flush()
    finally:
        lock.release()
    return True
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "some errors only",
            """\
def work(leases, job):
    lease = leases.checkout(job)
    try:
        job.run()
    finally:
        leases.checkin(lease)


def work_again(leases, job):
    lease = leases.checkout(job)  # want: CN104 `OSError`
    try:
        job.run()
    except OSError:
        leases.checkin(lease)
        raise
    leases.checkin(lease)
""",
        ),
        Invalid(
            "what is acquired gives itself back",
            """\
def total(pool):
    connection = pool.get_connection()  # want: CN104 `connection.close`
    number = connection.execute("select count(*) from salary")
    connection.close()
    return number
""",
        ),
        Invalid(
            "a connection of a pool that is never given back",
            """\
import asyncpg


class Store:
    def __init__(self, pool: asyncpg.Pool):
        self._pool = pool

    async def names(self):
        connection = await self._pool.acquire()  # want: CN104 never given back
        return await connection.fetch("select name from person")
""",
        ),
        Invalid(
            "a lock that an early error leaves taken",
            """\
import asyncio


class Rates:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def prices(self, token):
        await self._lock.acquire()  # want: CN104 `self._lock.release` (line 13)
        if token is None:
            raise NotImplementedError("a token is needed")
        rows = await self.fetch(token.lower())
        self._lock.release()
        return rows
""",
        ),
        Invalid(
            "a lease of the class's own that is never given back",
            """\
class Leases:
    def _acquire_lease(self, job):
        return self.store.insert(job)

    def _release_lease(self, lease):
        self.store.delete(lease)

    def run(self, job):
        lease = self._acquire_lease(job)  # want: CN104 never given back to `self._release_lease`
        job.run(until=lease.expires)
""",
        ),
        Invalid(
            "a consumer that keeps its place in the group",
            """\
async def follow(consumer, handle):
    await consumer.start()  # want: CN104 `consumer.stop`
    async for message in consumer:
        await handle(message)
    await consumer.stop()
""",
        ),
        Invalid(
            "started and stopped",
            """\
class Worker:
    def run(self, job):
        self._start_heartbeat(job)  # want: CN104 `self._stop_heartbeat`
        job.run()
        self._stop_heartbeat(job)
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "a connection that is asked to release something else",
            """\
def forget(task, get_connection, release_task_locks):
    connection = get_connection()
    keys = task.keys()
    release_task_locks(connection, keys)
    return len(keys)
""",
        ),
        Valid(
            "nothing between can fail, or the pool itself is closed",
            """\
class Selection:
    def keep(self, files):
        self.mutex.lock()
        self.files = files
        self.dirty = False
        self.mutex.unlock()

    def resume(self):
        self.resumed.acquire()
        self.resumed.notify_all()
        self.resumed.release()


class Rows(TestCase):
    def set_up_rows(self):
        connection = self.engine.connect()
        connection.load(self.rows)
        self.addCleanup(self.engine.dispose)
""",
        ),
        Valid(
            "a script that ends with its connection, and with what its program has started",
            {
                "tools/export.py": """\
import asyncio

from sqlalchemy import create_engine

from app.server import Server


def export(url, query):
    engine = create_engine(url)
    connection = engine.connect()
    for row in connection.execute(query):
        print(row)


async def main():
    server = Server()
    await server.start()
    print(await server.ask())
    await server.stop()


asyncio.run(main())
"""
            },
        ),
        Valid(
            "given back in finally",
            """\
def status(self):
    self._lock.acquire()
    try:
        return self.device.status()
    finally:
        self._lock.release()
""",
        ),
        Valid(
            "context managers",
            """\
async def total(pool, lock, month):
    async with lock, pool.acquire() as connection:
        return await connection.fetchval("select sum(cents) from salary")
""",
        ),
        Valid(
            "the caller gets it",
            """\
class Leases:
    async def checkout(self):
        connection = await self._pool.acquire()
        if not await connection.ping():
            await self._pool.release(connection)
            raise ConnectionError
        return connection

    def reserve(self, job):
        return self._acquire_lease(job)
""",
        ),
        Valid(
            "it is held until another method gives it back",
            """\
class Door:
    def __enter__(self):
        self._lock.acquire()
        self.open()
        return self

    def __exit__(self, *error):
        self.close()
        self._lock.release()
""",
        ),
        Valid(
            "a callback gives it back",
            """\
def submit(self, job):
    self._slots.acquire()
    future = self.executor.submit(job)
    future.add_done_callback(lambda done: self._slots.release())


def submit_again(self, job, done):
    self._slots.acquire()
    self.executor.submit(job).add_done_callback(self._slots.release)
    if done:
        self._slots.release()
""",
        ),
        Valid(
            "given back for a while, and taken again",
            """\
def wait(self):
    self._lock.release()
    self.sleep()
    self._lock.acquire()
""",
        ),
        Valid(
            "nothing stands between: it waits until it is free",
            """\
import threading


def wait_until_free(locks, name):
    lock = locks.get_lock(name) or threading.Lock()
    lock.acquire()
    # Whoever opened it is done now.
    lock.release()
""",
        ),
        Valid(
            "files and sessions are left to others",
            """\
def export(path, Session):
    stream = open(path, "w")
    session = Session()
    stream.write(session.title)
    session.close()
    stream.close()
""",
        ),
        Valid(
            "after every error and after none",
            """\
def work(lock, job):
    lock.acquire()
    try:
        job.run()
    except BaseException:
        lock.release()
        raise
    lock.release()
""",
        ),
        Valid(
            "whether somebody has it; a suite for those who write such locks",
            """\
def is_running(lock):
    if lock.acquire(blocking=False):
        lock.release()
        return False
    return True


class LockSuite:
    def test_is_held(self):
        lock = self.backend.lock("one")
        lock.acquire()
        assert lock.locked()
        lock.release()

    def test_by_several(self):
        def take():
            self.mutex.acquire()
            self.seen.append(1)
            self.mutex.release()

        self.in_threads(take)
        eq_(self.seen, [1, 1])
""",
        ),
        Valid(
            "two of a kind",
            """\
def move(locks, source, target):
    locks.acquire(source)
    target.write(source.read())
    locks.release(target)
""",
        ),
        Valid(
            "one branch starts what the other stops; hooks",
            """\
class Network:
    async def check(self):
        if await self.is_up():
            await self.start_network()
            await self.sleep()
        else:
            await self.stop_network()

    async def watch(self, workers):
        self.start(workers)
        await self.sleep()
        if self.workers == 0:
            self.stop()

    async def control(self):
        await self.on_start()
        await self.task()
        await self.on_stop()
""",
        ),
        Valid(
            "what only makes a lock",
            """def print_next(client, job):
    lock = client.lock("printer")
    if not lock.acquire():
        return
    try:
        job.print()
    finally:
        lock.release()
""",
        ),
        Valid(
            "what is measured, and what runs for itself",
            """class Model:
    def ask(self, question, profiler):
        self.start_timer()
        profiler.start()
        answer = self.invoke(question)
        profiler.stop()
        self.stop_timer()
        return answer
""",
        ),
        Valid(
            "what starts another thing does not stop this one",
            """\
def restart(self):
    self.stop()
    self.server.start()
    self.watcher.stop()
""",
        ),
    )

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterator[Finding]:
        """A finding for each acquisition in a statement that an error may leave held."""
        tree = module.tree
        for call in tree.calls_within(statement):
            verb = _verb_of(call, tree)
            function = call.scope.function if verb is not None else None
            if verb is None or function is None or _is_in_a_test(function, tree):
                continue
            acquired = _acquired(call, verb, function, tree)
            if acquired is not None and module.role is Role.SCRIPT and _ends_with(acquired, tree):
                continue
            said = _judge(acquired, tree) if acquired is not None else None
            if acquired is not None and said is not None:
                message, release = said
                yield self.finding(
                    module,
                    call.node,
                    message,
                    fixes=_fixes(acquired, release, module) if release is not None else (),
                    symbol=tree.dotted(function),
                )


@dataclass(frozen=True, slots=True)
class _Acquired:
    """Something that a function has acquired."""

    call: Call
    verb: Verb
    function: Scope
    statement: Node
    """The statement that acquires it."""
    receiver: str
    """What it is acquired from, as written; "" for a plain function."""
    kept: str
    """What it is kept as, as written; "" where nothing is."""
    by_pool: bool
    """Whether it is a connection of a pool, which may give itself back."""


def _is_in_a_test(function: Scope, tree: ModuleTree) -> bool:
    """Whether a function is, or stands in, one that asserts and is named as tests are: a suite of a library
    for those who build on it stands in no test module.
    """
    scope: Scope | None = function
    while scope is not None:
        if scope.kind == FUNCTION and scope.name.startswith("test_"):
            calls = tree.calls_within(scope.node)
            return bool(tree.nodes("assert_statement", within=scope.node)) or any(
                _ASSERTS.search(call.last) for call in calls
            )
        scope = scope.parent
    return False


def _verb_of(call: Call, tree: ModuleTree) -> Verb | None:
    verb = opening(call.last)
    if verb is not None and verb.verb == "start" and not _is_held_open(call, verb, tree):
        return None
    if verb is None and call.last in _OF_POOLS and _POOL.search(_receiver(call, tree).rpartition(".")[2]):
        return Verb("acquire", "")
    return verb


def _is_held_open(call: Call, verb: Verb, tree: ModuleTree) -> bool:
    """Whether what is started stays open for somebody: a class's own (`self._start_heartbeat()`), or a client
    that is awaited. Timers only look on, and threads end with their process.
    """
    receiver, method = _receiver(call, tree), call.scope.function
    if _MEASURES.search(f"{receiver} {verb.object}".lower()):
        return False
    own = method is not None and method.is_method and receiver == method.first_parameter
    awaited = call.node.parent is not None and call.node.parent.type == "await"
    return bool(receiver) and (own or awaited)


def _ends_with(acquired: _Acquired, tree: ModuleTree) -> bool:
    """Whether what a script acquires ends with its process: a connection, or what its program starts."""
    if acquired.by_pool:
        return True
    if acquired.verb.verb != "start":
        return False
    name = acquired.function.name
    return any(
        call.scope is tree.scopes.module
        and (call.last == name or any(tree.text(one).partition("(")[0] == name for one in call.arguments))
        for call in tree.calls
    )


def _receiver(call: Call, tree: ModuleTree) -> str:
    held = call.function.child_by_field_name("object") if call.function.type == "attribute" else None
    return tree.text(held) if held is not None else ""


def _acquired(call: Call, verb: Verb, function: Scope, tree: ModuleTree) -> _Acquired | None:
    """What a call acquires for the function it stands in; None where it is handed on, or entered."""
    node = call.node
    above = node.parent
    while above is not None and (
        above.type in ("await", "parenthesized_expression", "not_operator")
        or (above.type == "argument_list" and _waits(above, tree))
        or (above.type == "call" and node.type == "argument_list")
    ):
        node, above = above, above.parent
    if above is None:
        return None
    kept = ""
    if above.type == "assignment":
        left = above.child_by_field_name("left")
        if (
            left is None
            or left.type not in ("identifier", "attribute")
            or above.child_by_field_name("right") != node
        ):
            return None
        kept = tree.text(left)
        statement = statement_of(above)
    elif above.type in ("expression_statement", "if_statement"):
        statement = above
    else:
        return None
    receiver = _receiver(call, tree)
    by_pool = call.last in _OF_POOLS and bool(_POOL.search(receiver.rpartition(".")[2]))
    return _Acquired(call, verb, function, statement, receiver, kept, by_pool)


def _waits(arguments: Node, tree: ModuleTree) -> bool:
    above = arguments.parent
    function = above.child_by_field_name("function") if above is not None else None
    return function is not None and tree.text(function).rpartition(".")[2] in _AWAITED_BY


def _judge(acquired: _Acquired, tree: ModuleTree) -> tuple[str, Call | None] | None:
    """What is wrong, with the release on the main way; None where nothing is."""
    after = [
        one
        for one in tree.calls_within(acquired.function.node)
        if one.node.start_byte >= acquired.call.node.end_byte
    ]
    again = next(
        (one.node.start_byte for one in after if _is_again(one, acquired, tree)), acquired.function.end
    )
    releases = [one for one in after if one.node.start_byte < again and _gives_back(one, acquired, tree)]
    if acquired.kept and any(_is_acquired_later(one, acquired, tree) for one in after):
        return None
    if not releases:
        if acquired.by_pool and _is_disposed(acquired, tree):
            return None
        giver = acquired.receiver if acquired.by_pool else _giver(acquired, tree)
        if giver and acquired.kept.isidentifier() and not _escapes(acquired, tree):
            return f"`{acquired.kept}` is never given back to `{giver}`", None
        return None
    if any(one.scope.function is not acquired.function or _is_deferred(one) for one in releases):
        return None
    if _is_handed_over(acquired, releases, tree) or any(_is_assured(one.node, tree) for one in releases):
        return None
    main = [one for one in releases if _is_on_the_way(one.node, acquired, releases, tree)]
    if not main or _is_kept_on(acquired, tree):
        return None
    if len(releases) == 1 and (
        _follows(acquired, main[0].node) or _nothing_fails(acquired, main[0].node, tree)
    ):
        return None
    release = main[-1]
    written = tree.text(release.function)
    line = release.node.start_point[0] + 1
    handlers = [one for one in (_handler_of(each.node) for each in releases) if one is not None]
    if handlers:
        types = ", ".join(tree.text(one) for one in caught(handlers[0]))
        return (
            f"`{written}` is called after `{types}` and after no error, but not in `finally`: "
            "another one leaves it held",
            release,
        )
    return f"`{written}` (line {line}) is not in `finally`: an error in between leaves it held", release


def _is_disposed(acquired: _Acquired, tree: ModuleTree) -> bool:
    """Whether the function sees to it that the pool itself ends: `addCleanup(self.engine.dispose)`."""
    text = tree.text(acquired.function.node)
    return any(f"{acquired.receiver}.{one}" in text for one in _ENDS)


def _giver(acquired: _Acquired, tree: ModuleTree) -> str:
    """What a class of its own has to give back what one of its methods acquires from it; "" for nothing."""
    method = acquired.function if acquired.function.is_method else None
    if method is None or acquired.receiver != method.first_parameter or acquired.verb.verb == "start":
        return ""
    for one in tree.scopes_within(method.parent.node) if method.parent is not None else ():
        closed = closing(one.name) if one.parent is method.parent and one.is_method else None
        if closed is not None and are_pair(acquired.verb, closed):
            return f"{acquired.receiver}.{one.name}"
    return ""


def _is_acquired_later(call: Call, acquired: _Acquired, tree: ModuleTree) -> bool:
    """Whether what a call gave is acquired by this one: `lock = client.lock(name)` only made it."""
    return opening(call.last) is not None and _receiver(call, tree) == acquired.kept


def _is_again(call: Call, acquired: _Acquired, tree: ModuleTree) -> bool:
    return call.last == acquired.call.last and _receiver(call, tree) == acquired.receiver


def _gives_back(call: Call, acquired: _Acquired, tree: ModuleTree) -> bool:
    """Whether a call gives back what was acquired."""
    receiver = _receiver(call, tree)
    if acquired.kept and receiver == acquired.kept and acquired.by_pool and call.last in _ENDS:
        return True
    closed = closing(call.last)
    if closed is None or not undoes(acquired.verb, closed):
        return False
    given = [one for one in call.arguments if one.type not in ("keyword_argument", "comment")]
    if acquired.kept:
        if receiver == acquired.kept or any(tree.text(one) == acquired.kept for one in given):
            return receiver == acquired.kept or _speak_of_the_same(acquired, closed)
        if given:
            return False
    if receiver != acquired.receiver or not are_pair(acquired.verb, closed):
        return False
    taken = [one for one in acquired.call.arguments if one.type != "keyword_argument"]
    return not (given and taken and not acquired.kept) or tree.text(given[0]) == tree.text(taken[0])


def _speak_of_the_same(acquired: _Acquired, closed: Verb) -> bool:
    """Whether what is given back, by its name, is what was acquired: `release_locks(connection)` is about
    locks that the connection is asked for.
    """
    if not closed.object:
        return True
    known = {*acquired.verb.object.split("_"), *acquired.kept.lower().replace(".", "_").split("_")}
    return not known.isdisjoint(closed.object.split("_"))


def _escapes(acquired: _Acquired, tree: ModuleTree) -> bool:
    """Whether what was acquired is handed to anybody: all that is done with it is to call its methods."""
    stack = [acquired.function.node]
    while stack:
        node = stack.pop()
        if (
            node.type == "identifier"
            and tree.text(node) == acquired.kept
            and not holds(acquired.statement, node)
        ):
            above = node.parent
            if above is None or above.type != "attribute" or above.child_by_field_name("object") != node:
                return True
        stack.extend(node.children)
    return False


def _is_deferred(call: Call) -> bool:
    return next(ancestors(call.node, "lambda", "function_definition"), call.node).type == "lambda"


def _is_handed_over(acquired: _Acquired, releases: Sequence[Call], tree: ModuleTree) -> bool:
    """Whether a release is named without being called: it is somebody's callback."""
    names = {tree.text(one.function) for one in releases}
    stack = [acquired.function.node]
    while stack:
        node = stack.pop()
        if node.type in ("attribute", "identifier") and tree.text(node) in names:
            above = node.parent
            if above is None or above.type != "call" or above.child_by_field_name("function") != node:
                return True
        elif node.end_byte > acquired.statement.end_byte:
            stack.extend(node.named_children)
    return False


def _is_assured(release: Node, tree: ModuleTree) -> bool:
    """Whether a release comes about whatever happens: in `finally`, or after every exception."""
    for around in ancestors(release, "finally_clause", "except_clause", "function_definition"):
        if around.type == "function_definition":
            return False
        if around.type == "finally_clause" or catches_everything(around, tree):
            return True
    return False


def _is_on_the_way(release: Node, acquired: _Acquired, releases: Sequence[Call], tree: ModuleTree) -> bool:
    """Whether the way on from an acquisition leads to a release where no error comes."""
    node = release
    for around in ancestors(release):
        if holds(around, acquired.statement) and around.id != acquired.statement.id:
            return around.type != "if_statement"  # they stand in two branches of it
        if around.type in ("except_clause", "match_statement", "for_statement", "while_statement", "lambda"):
            return False
        if around.type == "if_statement" and around.id != acquired.statement.id:
            condition = around.child_by_field_name("condition")
            asked = tree.text(condition) if condition is not None else ""
            about = [one for one in (acquired.kept, acquired.receiver) if one not in ("", "self", "cls")]
            others = [one.node for one in releases if holds(around, one.node) and not holds(node, one.node)]
            if not others and not any(re.search(rf"(?<![\w.]){re.escape(one)}\b", asked) for one in about):
                return False
        node = around
    return False


def _is_kept_on(acquired: _Acquired, tree: ModuleTree) -> bool:
    """Whether what was acquired is returned, yielded or stored: others give it back then."""
    if not acquired.kept:
        return False
    for one in tree.nodes("return_statement", "yield", "assignment", within=acquired.function.node):
        if one.start_byte < acquired.statement.end_byte:
            continue
        value = one.child_by_field_name("right") if one.type == "assignment" else None
        if one.type != "assignment":
            value = one.named_children[0] if one.named_children else None
        elif (left := one.child_by_field_name("left")) is None or left.type not in ("attribute", "subscript"):
            continue
        parts = (
            []
            if value is None
            else [value, *(value.named_children if "list" in value.type or value.type == "tuple" else ())]
        )
        if any(tree.text(part) == acquired.kept for part in parts):
            return True
    return False


def _follows(acquired: _Acquired, release: Node) -> bool:
    """Whether a release is the next thing that is done: behind the acquisition, or where it was asked for."""
    statement = acquired.statement
    if statement.type == "if_statement":
        first = next(iter(block_of(statement)), None)
        if first is not None and first.type == "expression_statement" and holds(first, release):
            return True
    following = statement.next_named_sibling
    while following is not None and following.type == "comment":
        following = following.next_named_sibling
    return following is not None and following.type == "expression_statement" and holds(following, release)


def _nothing_fails(acquired: _Acquired, release: Node, tree: ModuleTree) -> bool:
    """Whether nothing between an acquisition and its release in the same block can raise: names and
    attributes are given to others, and a condition wakes who waits for it.
    """
    following = acquired.statement.next_named_sibling
    while following is not None and not holds(following, release):
        one = following.named_children[0] if following.type == "expression_statement" else None
        if following.type != "comment" and (one is None or not _cannot_fail(one, acquired, tree)):
            return False
        following = following.next_named_sibling
    return following is not None and following.type == "expression_statement"


def _cannot_fail(one: Node, acquired: _Acquired, tree: ModuleTree) -> bool:
    if one.type == "call":
        function = one.child_by_field_name("function")
        return function is not None and tree.text(function) in (
            f"{acquired.receiver}.notify",
            f"{acquired.receiver}.notify_all",
            f"{acquired.receiver}.wait",
        )
    left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
    return (
        one.type == "assignment"
        and left is not None
        and right is not None
        and left.type in ("identifier", "attribute")
        and right.type in _PLAIN
        and not (right.type == "attribute" and tree.text(right).count(".") > 1)
    )


def _handler_of(node: Node) -> Node | None:
    around = next(ancestors(node, "except_clause", "function_definition"), None)
    return around if around is not None and around.type == "except_clause" else None


def _fixes(acquired: _Acquired, release: Call, module: Module) -> list[OfferedFix]:
    written = module.tree.text(release.function)
    return [
        module.fix(
            f"Call `{written}` in `finally`",
            lambda: _in_finally(acquired, release, module),
            Applicability.UNSAFE,
            "It is given back after an error too; nobody may rely on its being held then.",
        )
    ]


def _in_finally(acquired: _Acquired, release: Call, module: Module) -> list[TextEdit] | Refusal:
    tree = module.tree
    last = statement_of(release.node)
    block = last.parent
    if block is None or last.type != "expression_statement":
        return Refusal("the release is part of another statement")
    statements = [one for one in block.named_children if one.type != "comment"]
    start = next((at for at, one in enumerate(statements) if one.id == acquired.statement.id), None)
    if start is None and (block.parent is None or block.parent.id != acquired.statement.id):
        return Refusal("the release stands in another block")
    first, end = statements[0 if start is None else start + 1], statements.index(last)
    if end == 0 or first.id == last.id:
        return Refusal("nothing stands between")
    others = [
        statement_of(one.node)
        for one in tree.calls_within(acquired.function.node)
        if one.node.id != release.node.id
        and first.start_byte <= one.node.start_byte < last.start_byte
        and _gives_back(one, acquired, tree)
    ]
    if any(_handler_of(one) is not None for one in others):
        return Refusal("some exceptions have a release of their own")
    footer = f"finally:\n    {tree.text(last)}"
    edit = nested(first, statements[end - 1], "try:", tree, footer, last, others)
    return edit if isinstance(edit, Refusal) else [edit]
