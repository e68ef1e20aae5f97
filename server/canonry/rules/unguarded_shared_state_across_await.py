"""CN103: shared state that is read before an await and written after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.blocks import holds, nested, statement_in, within_function
from canonry.rules.facts.decorators import decorators_of
from canonry.rules.facts.locks import LOCK_NAME, is_held, lock_attributes
from canonry.rules.facts.marked import is_marked
from canonry.rules.facts.races import Race, races_of
from canonry.syntax import ModuleTree
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import ancestors, block_of

_ONE_AT_A_TIME: Final = re.compile(
    r"^(__aenter__|__aexit__|__anext__|__aiter__|_?async_setup|_async_update_data|async_update|_async_update|"
    r"async_added_to_hass|async_will_remove_from_hass|(_?async)?_step_\w+|cog_load|cog_unload|asyncSetUp|"
    r"asyncTearDown|lifespan|on_startup|on_shutdown|startup|shutdown|\w*_locked|\w*_unlocked|\w*_unsafe|"
    r"_?(run|main|serve|listen|consume|poll|work|worker|loop)(_forever|_loop)?|\w+_loop)$"
)
"""Methods that one caller calls, one call after another: entering, starting, a framework's updates, the
loop of a task. `..._locked` says that the caller holds the lock.
"""

_INITIALIZES: Final = re.compile(r"^initiali[sz]e$")
"""Methods by which the owner of an object begins with it, once; a flag says that it has."""
_ONE_TASKS: Final = re.compile(
    r"(Request|Response|Context|Message|Interaction|Flow|FlowHandler|Paginator|Iterator|Cursor|Stream|Reader|Writer|"
    r"Transaction|Command|Form|Dialog|Menu|View|Modal|Page|Migration|Test|TestCase|Step|Parser|Builder|"
    r"Engine|Runner|Run|Action|Authenticator|Handshake|Getter|Event|Job)$"
)
"""Classes whose objects belong to one task by their nature."""

_LOCKING: Final = re.compile(
    r"lock|synchron|serial|single|exclusive|mutex|throttle|debounce|once|cached", re.I
)
"""Decorators that let one call in at a time."""

_CALLER: Final = re.compile(
    r"\block\b|must (not )?be called|only called|not thread.?safe|not (safe|concurren)", re.IGNORECASE
)
"""Docstrings that say who may call a method."""


class UnguardedSharedStateAcrossAwait(Rule):
    """## What it does
    Finds an attribute that an async method reads before an `await` and writes after it, with no lock held:
    `self._total += await f()`, a local that is computed from it and written back, a check whether a
    resource is there before it is made, and a comparison with what it is set to or counted down from.

    ## Why is this bad?
    At every `await` other tasks run. What they write in between is lost, or two of them find the connection
    missing and both make one, of which one is never closed. It happens under load alone, so tests do not see
    it. flake8-async and ruff's ASYNC rules look at single calls, not at what an await stands between. A plain
    `self._active += 1` is safe in asyncio.

    ## Example
    ```python
    async def connection(self):
        if self._connection is None:
            self._connection = await connect(self.url)
        return self._connection
    ```

    ## Use instead
    ```python
    async def connection(self):
        async with self._lock:
            if self._connection is None:
                self._connection = await connect(self.url)
        return self._connection
    ```

    ## When it stays silent
    - under `async with` of a lock, or where all callers in the class hold it
    - values of which the second is as good as the first (a list that is fetched twice, a stored token)
    - it is read again, or written, between the last `await` and the write
    - objects of one task: local ones, requests, messages, flows; methods that are called one after another
      (`__aenter__`, `run`, a framework's updates), loops of a task
    - a flag that `initialize` sets, where no other method of the class calls it
    - the class is marked `# canonry: single-writer`
    """

    code: ClassVar[str] = "CN103"
    name: ClassVar[str] = "unguarded-shared-state-across-await"
    severity: ClassVar[Severity] = Severity.WARNING
    signs: ClassVar = (AnyOf(b"await"),)
    names_lines: ClassVar = True
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "two tasks find the connection missing; the class has a lock",
            """\
import asyncio


class Store:
    def __init__(self, url):
        self.url = url
        self._connection = None
        self._connecting = asyncio.Lock()

    async def connection(self):
        if self._connection is None:
            self._connection = await connect(self.url)  # want: CN103 checked (line 11)
        return self._connection
""",
            fixed="""\
import asyncio


class Store:
    def __init__(self, url):
        self.url = url
        self._connection = None
        self._connecting = asyncio.Lock()

    async def connection(self):
        async with self._connecting:
            if self._connection is None:
                self._connection = await connect(self.url)
        return self._connection
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "the old total is read before the await, and no lock is there yet",
            """\
import asyncio


class Meter:
    def __init__(self):
        self.total = 0

    async def add(self, source):
        self.total += await source.read()  # want: CN103 what other tasks write
""",
            fixed="""\
import asyncio


class Meter:
    def __init__(self):
        self.total = 0
        self._lock = asyncio.Lock()

    async def add(self, source):
        async with self._lock:
            self.total += await source.read()
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a local holds what was",
            """\
class Counter:
    async def count(self, store):
        number = self._number
        await store.save(number)
        self._number = number + 1  # want: CN103 line 3
""",
        ),
        Invalid(
            "a guard that returns is a check too",
            """\
class Client:
    async def session(self):
        if self._session is not None:
            return self._session
        try:
            token = await self.fetch_token()
        except OSError:
            raise RuntimeError("no token")
        self._session = Session(token)  # want: CN103 several tasks
        return self._session
""",
        ),
        Invalid(
            "a copy is changed while others change the original",
            """\
class Registry:
    async def add(self, name):
        names = list(self.names)
        names.append(await self.resolve(name))
        self.names = names  # want: CN103
""",
        ),
        Invalid(
            "what is compared has changed when it is set, or one is taken of what is left",
            """\
class Lot:
    async def bid(self, bank, amount):
        if amount > self.highest:
            await bank.hold(amount)
            self.highest = amount  # want: CN103 checked (line 3)

    async def visit(self, guide):
        if self.seats <= 0:
            raise SoldOut
        await guide.greet()
        self.seats -= 1  # want: CN103 several tasks
""",
        ),
        Invalid(
            "a sum that is carried through a loop",
            """\
class Audit:
    async def tally(self, accounts):
        seen = self.seen
        for account in accounts:
            seen += len(await account.entries())
        self.seen = seen  # want: CN103 line 3
""",
        ),
        Invalid(
            "a time limit is no lock; what a second task takes from the queue is lost",
            """\
import asyncio


class Stage:
    async def speaker(self, waiting: asyncio.Queue[str]):
        if self.current is not None:
            return self.current
        async with asyncio.timeout(10):
            self.current = await waiting.get()  # want: CN103 several tasks
        return self.current
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "its owner initializes it, and a flag says so",
            """\
class Bot:
    def __init__(self):
        self._initialized = False

    async def initialize(self):
        if self._initialized:
            return
        await self.request.open()
        self._initialized = True
""",
        ),
        Valid(
            "a token that is only read where it is stored",
            """\
class Api:
    async def get_token(self):
        if not self._token:
            self._token = await self.bot.get_shared_api_tokens("maps")
        if not self._own_token:
            self._own_token = await self._load_token()
        return self._token, self._own_token
""",
        ),
        Valid(
            "no await stands between",
            """\
class Pool:
    async def use(self, job):
        self._active += 1
        try:
            await job()
        finally:
            self._active -= 1
""",
        ),
        Valid(
            "a lock is held",
            """\
class Store:
    async def connection(self):
        if self._connection is None:
            async with self._lock:
                if self._connection is None:
                    self._connection = await connect(self.url)
        return self._connection
""",
        ),
        Valid(
            "all who call it hold the lock",
            """\
class Store:
    async def read(self, key):
        async with self._lock:
            await self._connect()
            return await self._connection.get(key)

    async def _connect(self):
        if self._connection is None:
            self._connection = await connect(self.url)
""",
        ),
        Valid(
            "it is asked again after the await",
            """\
class Store:
    async def connection(self):
        if self._connection is None:
            connection = await connect(self.url)
            if self._connection is None:
                self._connection = connection
        return self._connection
""",
        ),
        Valid(
            "the class is marked",
            """\
# canonry: single-writer
class Meter:
    async def add(self, source):
        self.total += await source.read()
""",
        ),
        Valid(
            "the state is set before the await",
            """\
class Server:
    async def start(self):
        if self._started:
            return
        self._started = True
        await self.listen()
        self._address = await self.resolve()
""",
        ),
        Valid(
            "the object is local",
            """\
class Report:
    async def totals(self, source):
        totals = Totals()
        totals.sum += await source.read()
        return totals
""",
        ),
        Valid(
            "a second copy of the value does no harm",
            """\
class Account:
    async def profile(self):
        if self._profile is None:
            self._profile = await self.fetch_profile()
        return self._profile
""",
        ),
        Valid(
            "a guard that raises tells the second task",
            """\
class Channel:
    async def read(self):
        if self._closed:
            raise ChannelClosed
        message = await self._queue.get()
        if message is END:
            self._closed = True
            raise ChannelClosed
        return message
""",
        ),
        Valid(
            "a future tells the second task that the first is at it",
            """\
class Camera:
    async def connection(self):
        if self._connection is None:
            if self._connecting:
                return await self._connecting
            self._connecting = create_future()
            self._connection = await connect(self.url)
            self._connecting.set_result(self._connection)
        return self._connection
""",
        ),
        Valid(
            "a set grows in place",
            """\
class Rooms:
    async def resolve(self, names):
        for name in names:
            self._rooms |= await self.rooms_of(name)
""",
        ),
        Valid(
            "what is left is waited for; a throttle that lets one too many through does no harm",
            """\
class Bucket:
    async def take(self, now):
        if self.tokens > 0 and self.closed:
            return
        while self.tokens <= 0:
            await self.refilled()
        self.tokens -= 1

    async def refresh(self, now):
        if now > self.last_refresh:
            await self.fetch()
            self.last_refresh = now

    async def note(self, source):
        value = await source.read()
        if value > self.peak:
            self.peak = value
""",
        ),
        Valid(
            "what it was is put back",
            """\
class Editor:
    async def quietly(self, job):
        before = self.quiet
        self.quiet = True
        await job()
        self.quiet = before
""",
        ),
        Valid(
            "the loop of one task",
            """\
class Feed:
    async def follow(self):
        while True:
            if self._socket is None:
                self._socket = await self.connect()
            self._buffer += await self._socket.receive()
""",
        ),
        Valid(
            "the await stands in a branch that returns",
            """\
class Cache:
    async def put(self, item):
        count = self.count
        if item is None:
            await self.clear()
            return
        self.count = count + 1
""",
        ),
    )

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterator[Finding]:
        """A finding for each write in an async method that relies on what was read before an await."""
        tree = module.tree
        if not tree.nodes("await", within=statement):
            return
        locks: dict[int, list[str]] = {}
        for method in tree.scopes_within(statement):
            if not method.is_async or not method.is_method or not method.first_parameter:
                continue
            owner = method.parent
            assert owner is not None
            if _ONE_AT_A_TIME.match(method.name) or _ONE_TASKS.search(owner.name):
                continue
            races = list(races_of(method, tree))
            if not races:
                continue
            if owner.start not in locks:
                locks[owner.start] = lock_attributes(owner, tree)
            attributes = locks[owner.start]
            races = [one for one in races if not is_held(one.write, tree, attributes)]
            if _INITIALIZES.match(method.name) and not _is_called_by_others(method, owner, tree):
                races = [one for one in races if not _is_flag(one.write)]
            if not races or _is_serial(method, owner, attributes, tree):
                continue
            for race in races:
                yield self.finding(
                    module, race.write, _said(race, tree), fixes=_fixes(race, owner, attributes, module)
                )


def _said(race: Race, tree: ModuleTree) -> str:
    line = race.read.start_point[0] + 1
    at = f"line {line}" if line != race.write.start_point[0] + 1 else "here"
    if race.checked:
        return (
            f"`{race.attribute}` is checked ({at}) before an await and set after it: "
            "several tasks can pass the check; hold a lock"
        )
    return (
        f"`{race.attribute}` is read ({at}) before an await and written after it: "
        "what other tasks write in between is lost; hold a lock"
    )


def _is_serial(method: Scope, owner: Scope, locks: list[str], tree: ModuleTree) -> bool:
    """Whether calls of a method cannot overlap: its decorator or docstring, a lock that is taken by hand or
    by all who call it, or the class is marked.
    """
    if is_marked(tree, owner.node, "single-writer"):
        return True
    if any(_LOCKING.search(tree.text(one)) for one in decorators_of(method)):
        return True
    body = block_of(method.node)
    if body and body[0].type == "expression_statement" and body[0].named_children:
        first = body[0].named_children[0]
        if first.type == "string" and _CALLER.search(tree.text(first)):
            return True
    if any(
        call.last == "acquire" and call.function.type == "attribute"
        for call in tree.calls_within(method.node)
    ):
        return True
    if not method.name.startswith("_"):
        return False
    wanted = tree.dotted(method)
    calls = [call for call in tree.calls_within(owner.node) if call.name == wanted]
    return bool(calls) and all(
        is_held(call.node, tree, locks)
        or _is_called_once(call.scope.function, owner)
        or any(one.type == "while_statement" for one in within_function(call.node))
        for call in calls
    )


def _is_flag(write: Node) -> bool:
    """Whether a write only says that something has been done."""
    value = write.child_by_field_name("right") if write.type == "assignment" else None
    return value is not None and value.type == "true"


def _is_called_by_others(method: Scope, owner: Scope, tree: ModuleTree) -> bool:
    """Whether methods of the class make sure by a call that it is initialized: several tasks may then."""
    wanted = tree.dotted(method)
    callers = [call.scope.function for call in tree.calls_within(owner.node) if call.name == wanted]
    return any(one is not None and not _ONE_AT_A_TIME.match(one.name) for one in callers)


def _is_called_once(caller: Scope | None, owner: Scope) -> bool:
    return caller is not None and caller.parent is owner and bool(_ONE_AT_A_TIME.match(caller.name))


def _fixes(race: Race, owner: Scope, locks: Sequence[str], module: Module) -> list[OfferedFix]:
    tree = module.tree
    own = race.attribute.partition(".")[0]
    lock = next((one for one in locks if LOCK_NAME.search(one)), locks[0] if locks else "")
    creation = None if lock else _init_of(owner, tree)
    if not lock and creation is None:
        return []
    name = lock or "_lock"
    if not lock and tree.nodes("assignment", within=owner.node) and _is_taken(f"self.{name}", owner, tree):
        name = f"{race.attribute.rpartition('.')[2]}_lock"

    def held() -> list[TextEdit] | Refusal:
        edits = _wrapped(race, f"async with {own}.{name}:", module)
        if isinstance(edits, Refusal) or creation is None:
            return edits
        last = creation[-1]
        line, column = last.end_point
        indent = " " * last.start_point[1]
        alias = next(
            (one.alias for one in tree.facts.imports if one.target == "asyncio" and not one.local), "asyncio"
        )
        at = tree.position(line, column)
        added = [module.insert(at.line, at.column, f"\n{indent}self.{name} = {alias}.Lock()")]
        if tree.lookup(alias, tree.scopes.module) != "asyncio":
            added.append(module.add_import("import asyncio"))
        return [*added, *edits]

    title = f"Hold `{own}.{name}`" if lock else f"Add a lock `{own}.{name}` and hold it"
    caution = "What is awaited under the lock must not take it again, and callers wait for each other."
    return [module.fix(title, held, Applicability.UNSAFE, caution)]


def _wrapped(race: Race, header: str, module: Module) -> list[TextEdit] | Refusal:
    """The edit that puts the statements from the read to the write under a `with`."""
    block = next((one for one in ancestors(race.write, "block") if holds(one, race.read)), None)
    first = statement_in(block, race.read) if block is not None else None
    last = statement_in(block, race.write) if block is not None else None
    if first is None or last is None:
        return Refusal("the method has a syntax error")
    edit = nested(first, last, header, module.tree)
    return edit if isinstance(edit, Refusal) else [edit]


def _init_of(owner: Scope, tree: ModuleTree) -> Sequence[Node] | None:
    """The statements of a class's own `__init__`; None where it has none, or takes another name for self."""
    for scope in tree.scopes.all():
        if scope.parent is owner and scope.is_method and scope.name == "__init__":
            body = block_of(scope.node)
            return body if body and scope.first_parameter == "self" else None
    return None


def _is_taken(attribute: str, owner: Scope, tree: ModuleTree) -> bool:
    return any(
        (left := one.child_by_field_name("left")) is not None and tree.text(left) == attribute
        for one in tree.nodes("assignment", within=owner.node)
    )
