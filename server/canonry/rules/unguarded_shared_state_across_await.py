"""CN103: shared state that is read before an await and written after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, NamedTuple

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.blocks import holds, nested, statement_in
from canonry.rules.facts.locks import LOCK_NAME, is_held, lock_attributes
from canonry.rules.facts.marked import is_marked
from canonry.syntax import ModuleTree
from canonry.syntax.scopes import Scope
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

_ONE_TASKS: Final = re.compile(
    r"(Request|Response|Context|Message|Interaction|Flow|FlowHandler|Paginator|Iterator|Cursor|Stream|Reader|Writer|"
    r"Transaction|Command|Form|Dialog|Menu|View|Modal|Page|Migration|Test|TestCase|Step|Parser|Builder|"
    r"Engine|Runner|Run|Action|Authenticator|Handshake|Getter|Event|Job)$"
)
"""Classes whose objects belong to one task by their nature."""

_MADE: Final = re.compile(
    r"conn|client|session|(^|_)pool|engine|channel|socket|(^|_)ws($|_)|stream($|_)|server|task|transport|producer|"
    r"consumer|browser|driver|(^|_)bus($|_)|redis|(^|_)db($|_)|database|listener|subscri|worker|process|proxy|"
    r"broker|mqtt|device|gateway|bridge|lease|initiali[sz]ed|started|ready|running|registered|set_?up|opened|active",
    re.IGNORECASE,
)
"""Attributes that hold what must not be made twice, or say that it has been: a second connection leaks. Of
other values (a list that was fetched, a name that was looked up) the second is as good as the first.
"""

_TOLD: Final = re.compile(
    r"fail|error|count|ur[il]$|name|_id$|info|key|path|type|version|state|status|time|config|data|sent|last_",
    re.IGNORECASE,
)
"""Attributes that say something of such a thing, and are none."""

_UNDER_WAY: Final = re.compile(
    r"fut(ure)?$|task|pending|progress|event|waiter|busy|(open|connect|start|load|mak)ing", re.I
)
"""Attributes that tell a second task that the first is at it."""

_MAKES: Final = re.compile(
    r"^_*(async_)?(connect|create|open|start|init|spawn|launch|dial|subscribe|login|make)", re.I
)
"""Names of what makes such a thing."""

_LOCKING: Final = re.compile(
    r"lock|synchron|serial|single|exclusive|mutex|throttle|debounce|once|cached", re.I
)
"""Decorators that let one call in at a time."""

_SCOPES = ("function_definition", "class_definition", "lambda")
_CALLER: Final = re.compile(
    r"\block\b|must (not )?be called|only called|not thread.?safe|not (safe|concurren)", re.IGNORECASE
)
"""Docstrings that say who may call a method."""
_LEAVES = ("return_statement", "raise_statement", "continue_statement", "break_statement")
_COPIES = frozenset(("list", "dict", "set", "copy", "deepcopy", "sorted"))


class _Race(NamedTuple):
    """A read of an attribute and the write that relies on it, with an await between."""

    read: Node
    write: Node
    attribute: str
    checked: bool
    """Whether it is checked and then set, not read and then changed."""


class UnguardedSharedStateAcrossAwait(Rule):
    """## What it does
    Finds an attribute that an async method reads before an `await` and writes after it, with no lock held:
    `self._total += await f()`, a local that is computed from it and written back, and a check whether a
    resource is there before it is made.

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
    - values of which the second is as good as the first (a list that is fetched twice)
    - it is read again, or written, between the last `await` and the write
    - objects of one task: local ones, requests, messages, flows; methods that are called one after another
      (`__aenter__`, `run`, a framework's updates), loops of a task
    - the class is marked `# canonry: single-writer`
    """

    code: ClassVar[str] = "CN103"
    name: ClassVar[str] = "unguarded-shared-state-across-await"
    severity: ClassVar[Severity] = Severity.WARNING
    signs: ClassVar = (b"await",)
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
    )
    VALID: ClassVar = (
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
            races = list(_races(method, tree))
            if not races:
                continue
            if owner.start not in locks:
                locks[owner.start] = lock_attributes(owner, tree)
            attributes = locks[owner.start]
            races = [one for one in races if not is_held(one.write, tree, attributes)]
            if not races or _is_serial(method, owner, attributes, tree):
                continue
            for race in races:
                yield self.finding(
                    module, race.write, _said(race, tree), fixes=_fixes(race, owner, attributes, module)
                )


def _said(race: _Race, tree: ModuleTree) -> str:
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


def _races(method: Scope, tree: ModuleTree) -> Iterator[_Race]:
    """The races of a method, locks not considered."""
    awaits = [one for one in tree.nodes("await", within=method.node) if _is_own(one, method, tree)]
    if not awaits:
        return
    own = f"{method.first_parameter}."
    told: set[int] = set()
    for write in tree.nodes("assignment", "augmented_assignment", within=method.node):
        left, value = write.child_by_field_name("left"), write.child_by_field_name("right")
        if left is None or value is None or left.type != "attribute" or not _is_own(write, method, tree):
            continue
        attribute = tree.text(left)
        if not attribute.startswith(own) or "." in attribute[len(own) :] or "(" in attribute:
            continue
        if value.type == "assignment" or awaits[0].start_byte >= write.end_byte:
            continue
        if any(one.type == "while_statement" for one in _around(write)):
            continue  # the loop of one task
        read = _changed(write, value, attribute, awaits, tree)
        if read is not None:
            yield _Race(read, write, attribute, False)
            continue
        check = _checked(write, value, attribute, awaits, tree)
        if check is not None and check.id not in told:
            told.add(check.id)
            yield _Race(check, write, attribute, True)


def _is_own(node: Node, method: Scope, tree: ModuleTree) -> bool:
    return tree.scope_of(node).function is method


def _around(node: Node) -> Iterator[Node]:
    for one in ancestors(node):
        if one.type in _SCOPES:
            return
        yield one


def _changed(
    write: Node, value: Node, attribute: str, awaits: Sequence[Node], tree: ModuleTree
) -> Node | None:
    """The read whose value a write changes, where an await stands between; None for no such."""
    inside = [one for one in awaits if value.start_byte <= one.start_byte < value.end_byte]
    if write.type == "augmented_assignment":
        operator = write.child_by_field_name("operator")
        in_place = operator is not None and tree.text(operator) in ("|=", "&=", "^=")  # of a set, mostly
        return write if inside and not in_place else None
    if inside:
        for read in _reads(value, attribute, tree):
            if not any(holds(one, read) for one in inside) and any(
                one.start_byte > read.start_byte for one in inside
            ):
                return write
        return None
    for name in sorted({tree.text(one) for one in _names(value)}):
        origin = _kept_in(name, write, attribute, tree)
        if origin is None or _between(origin.end_byte, write.start_byte, write, awaits) is None:
            continue
        kept = origin.child_by_field_name("right")
        if kept is None or _reads(value, attribute, tree):
            continue  # read anew
        copied = kept.type == "call" or "*" in tree.text(kept)
        if value.type == "identifier" and not copied:
            continue  # what it was is put back
        if _writes_between(attribute, origin.end_byte, write.start_byte, write, tree):
            continue
        return origin
    return None


def _kept_in(name: str, write: Node, attribute: str, tree: ModuleTree) -> Node | None:
    """The last assignment of a local name before a write, where it takes the attribute's value."""
    function = next(ancestors(write, "function_definition"), None)
    last: Node | None = None
    for one in tree.nodes("assignment", "augmented_assignment", within=function):
        if one.start_byte >= write.start_byte:
            break
        left = one.child_by_field_name("left")
        if left is not None and tree.text(left) == name:
            last = one
    if last is None or last.type != "assignment":
        return None
    value = last.child_by_field_name("right")
    if value is None or not _is_value_of(value, attribute, tree) or not _dominates(last, write):
        return None
    return last


def _is_value_of(value: Node, attribute: str, tree: ModuleTree) -> bool:
    """Whether an expression is the attribute, something computed from it, or a copy of it."""
    if value.type == "attribute":
        return tree.text(value) == attribute
    if value.type == "binary_operator":
        return any(_is_value_of(one, attribute, tree) for one in value.named_children)
    if value.type == "call":
        function = value.child_by_field_name("function")
        if function is None or tree.text(function).rpartition(".")[2] not in _COPIES:
            return False
        if function.type == "attribute" and tree.text(function).rpartition(".")[0] == attribute:
            return True
        held = value.child_by_field_name("arguments")
        return held is not None and any(tree.text(one) == attribute for one in held.named_children)
    if value.type in ("list", "dictionary", "set"):
        splats = [one for one in value.named_children if one.type.endswith("splat")]
        return any(tree.text(one).lstrip("*").strip() == attribute for one in splats)
    return False


def _checked(
    write: Node, value: Node, attribute: str, awaits: Sequence[Node], tree: ModuleTree
) -> Node | None:
    """The nearest check for the attribute's absence that leads to a write, where an await stands between."""
    if write.type != "assignment" or value.type in ("none", "false"):
        return None
    name = attribute.partition(".")[2]
    refreshed = "token" in name.lower() and _is_awaited(value, write, awaits, tree)
    if _TOLD.search(name) or not (refreshed or _MADE.search(name) or _makes(value, tree)):
        return None
    nearest: Node | None = None
    for around in _around(write):
        if around.type == "if_statement":
            condition = around.child_by_field_name("condition")
            body = around.child_by_field_name("consequence")
            if condition is None or not _reads(condition, attribute, tree):
                continue
            if body is None or not holds(body, write) or not _is_absence(condition, attribute, tree):
                return None
            nearest = around
            break
        guard = _guard_in(around, write, attribute, tree) if around.type == "block" else None
        if guard is not None:
            nearest = guard
            break
    if nearest is None:
        return None
    condition = nearest.child_by_field_name("condition")
    assert condition is not None
    between = _between(condition.end_byte, write.end_byte, write, awaits)
    if between is None or _writes_between(attribute, condition.end_byte, write.start_byte, write, tree):
        return None
    if _is_announced(nearest, between, tree):
        return None
    return nearest


def _is_awaited(value: Node, write: Node, awaits: Sequence[Node], tree: ModuleTree) -> bool:
    """Whether a value is awaited, or taken from what was awaited just before in the same block."""
    if value.type == "await":
        return True
    block = next(ancestors(write, "block"), None)
    names = {tree.text(one) for one in _names_in(value)}
    for one in awaits:
        kept = one.parent
        left = kept.child_by_field_name("left") if kept is not None and kept.type == "assignment" else None
        if kept is None or left is None or tree.text(left) not in names:
            continue
        if one.end_byte <= write.start_byte and next(ancestors(kept, "block"), None) == block:
            return True
    return False


def _names_in(node: Node) -> Iterator[Node]:
    if node.type == "identifier":
        yield node
    for one in node.children:
        yield from _names_in(one)


def _is_announced(check: Node, awaited: Node, tree: ModuleTree) -> bool:
    """Whether another attribute that is set between a check and an await keeps other tasks out."""
    function = next(ancestors(check, "function_definition"), None)
    for one in tree.nodes("assignment", within=function):
        left = one.child_by_field_name("left")
        if left is None or left.type != "attribute" or holds(one, awaited):
            continue
        if check.start_byte < one.start_byte < awaited.start_byte and _UNDER_WAY.search(tree.text(left)):
            return True
    return False


def _makes(value: Node, tree: ModuleTree) -> bool:
    """Whether what is awaited is making something: `await connect()`, `await create_pool()`."""
    return value.type == "await" and any(
        _MAKES.search(call.last) for call in tree.calls_within(value) if call.node.parent == value
    )


def _guard_in(block: Node, write: Node, attribute: str, tree: ModuleTree) -> Node | None:
    """The last `if self.x: return` of a block before the write."""
    found: Node | None = None
    for statement in block.named_children:
        if statement.start_byte >= write.start_byte or holds(statement, write):
            break
        if statement.type != "if_statement":
            continue
        condition = statement.child_by_field_name("condition")
        if condition is None or not _reads(condition, attribute, tree):
            continue
        body = block_of(statement)
        leaves = (
            bool(body)
            and body[-1].type == "return_statement"
            and statement.child_by_field_name("alternative") is None
        )
        found = statement if leaves and _is_presence(condition, attribute, tree) else None
    return found


def _is_absence(condition: Node, attribute: str, tree: ModuleTree) -> bool:
    """Whether a condition asks that the attribute is not there: `not self.x`, `self.x is None`."""
    if condition.type == "boolean_operator":
        operator = condition.child_by_field_name("operator")
        sides = [condition.child_by_field_name("left"), condition.child_by_field_name("right")]
        return operator is not None and any(
            one is not None and _is_absence(one, attribute, tree) for one in sides
        )
    if condition.type == "parenthesized_expression":
        return any(_is_absence(one, attribute, tree) for one in condition.named_children)
    if condition.type == "not_operator":
        inner = condition.child_by_field_name("argument")
        return inner is not None and tree.text(inner) == attribute
    text = " ".join(tree.text(condition).split())
    return text in (f"{attribute} is None", f"{attribute} == None")


def _is_presence(condition: Node, attribute: str, tree: ModuleTree) -> bool:
    text = " ".join(tree.text(condition).split())
    return text in (attribute, f"{attribute} is not None", f"{attribute} != None")


def _between(start: int, end: int, write: Node, awaits: Sequence[Node]) -> Node | None:
    """An await between two places that the way to a write passes; None for none."""
    for one in awaits:
        if start <= one.start_byte and one.end_byte <= end and not _is_aside(one, write):
            return one
    return None


def _is_aside(node: Node, write: Node) -> bool:
    """Whether a node stands in a branch that ends before the write: it leaves the function or the loop, or
    is the other branch of the statement that the write stands in.
    """
    for around in _around(node):
        if holds(around, write):
            return False
        if around.type in ("block", "else_clause", "elif_clause", "except_clause"):
            body = around.named_children if around.type == "block" else block_of(around)
            statements = [one for one in body if one.type != "comment"]
            if statements and statements[-1].type in _LEAVES:
                return True
            beside = around.parent
            if beside is not None and beside.type == "if_statement" and holds(beside, write):
                return True
    return False


def _writes_between(attribute: str, start: int, end: int, write: Node, tree: ModuleTree) -> bool:
    function = next(ancestors(write, "function_definition"), None)
    return any(
        start <= one.start_byte and one.end_byte <= end and not _is_aside(one, write)
        for one in tree.nodes("assignment", "augmented_assignment", within=function)
        if (left := one.child_by_field_name("left")) is not None and tree.text(left) == attribute
    )


def _dominates(first: Node, then: Node) -> bool:
    """Whether the way to `then` always passes `first`: its block holds it."""
    block = next(ancestors(first, "block", "module"), None)
    return block is not None and holds(block, then)


def _reads(node: Node, attribute: str, tree: ModuleTree) -> list[Node]:
    """The places in an expression where an attribute is read."""
    found: list[Node] = []
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "attribute" and tree.text(one) == attribute:
            found.append(one)
        elif one.type not in _SCOPES:
            pending.extend(one.named_children)
    return found


def _names(node: Node) -> list[Node]:
    found: list[Node] = []
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "identifier":
            found.append(one)
        elif one.type == "attribute":
            inner = one.child_by_field_name("object")
            pending.extend([inner] if inner is not None else [])
        elif one.type not in _SCOPES:
            pending.extend(one.named_children)
    return found


def _is_serial(method: Scope, owner: Scope, locks: list[str], tree: ModuleTree) -> bool:
    """Whether calls of a method cannot overlap: its decorator or docstring, a lock that is taken by hand or
    by all who call it, or the class is marked.
    """
    if is_marked(tree, owner.node, "single-writer"):
        return True
    outer = method.node.parent
    if outer is not None and outer.type == "decorated_definition":
        decorators = [one for one in outer.named_children if one.type == "decorator"]
        if any(_LOCKING.search(tree.text(one)) for one in decorators):
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
        or any(one.type == "while_statement" for one in _around(call.node))
        for call in calls
    )


def _is_called_once(caller: Scope | None, owner: Scope) -> bool:
    return caller is not None and caller.parent is owner and bool(_ONE_AT_A_TIME.match(caller.name))


def _fixes(race: _Race, owner: Scope, locks: Sequence[str], module: Module) -> list[OfferedFix]:
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
            added.append(module.add_import("import asyncio", "asyncio"))
        return [*added, *edits]

    title = f"Hold `{own}.{name}`" if lock else f"Add a lock `{own}.{name}` and hold it"
    caution = "What is awaited under the lock must not take it again, and callers wait for each other."
    return [module.fix(title, held, Applicability.UNSAFE, caution)]


def _wrapped(race: _Race, header: str, module: Module) -> list[TextEdit] | Refusal:
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
