"""CN501: each request makes a new session, thread or run where it should go on with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Related, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.accessors import same_service
from canonry.rules.facts.decorators import decorators_of
from canonry.rules.facts.receivers import method_of_global
from canonry.scopes.roles import Role
from canonry.syntax import ModuleTree
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import ancestors, block_of

_IDENTITY = re.compile(r"(?:^|_)(?:session|thread|run|context|conversation|chat)_?(?:id|key|uuid)$")
_OBJECT = re.compile(r"(?:^|_)(?:session|thread|run|context|conversation|chat)(?:_|$)")
_ACCESSOR = re.compile(r"(?:get_or_create|find_or_create|get_or_make|get|ensure|obtain|resume)_(\w+)")
_CREATE = re.compile(r"create_(\w+)")
_FRESH = frozenset(
    (
        *("uuid.uuid4", "uuid.uuid1", "uuid.uuid7", "time.time", "time.time_ns", "secrets.token_hex"),
        *("secrets.token_urlsafe", "random.randint", "random.getrandbits", "shortuuid.uuid", "ulid.new"),
    )
)
_HANDLERS = frozenset(
    (
        *("get", "post", "put", "patch", "delete", "websocket", "route", "api_route", "websocket_route"),
        *(
            "message",
            "message_handler",
            "on_message",
            "event",
            "on_event",
            "task",
            "shared_task",
            "subscriber",
        ),
    )
)
"""Last names of decorators whose function is run once for each request or message."""
_ASKED = frozenset(("request", "websocket", "ws", "message", "msg", "event", "envelope", "update"))
"""Parameters that a request or message comes in."""
_HANDLING = re.compile(
    r"(?:handle|on|process|receive|dispatch|answer|reply)_\w+|\w+_(?:handler|endpoint|message)"
)
_BEGINS = re.compile(r"(?:start|begin|create|new|open|init|initiate|register|add|launch|spawn)(?:_|$)")
_BEGIN_PATH = re.compile(
    r"(?:/(?:sessions?|threads?|runs?|conversations?|contexts?|chats?|new|start|begin|create)|^)/?$"
)


class AccessorRow(msgspec.Struct, frozen=True, array_like=True):
    """A function that gives an existing object of a kind."""

    thing: str
    name: str
    """Local name."""
    parameters: tuple[str, ...]
    required: tuple[str, ...]
    creates: bool
    """`get_or_create_...`."""
    line: int
    column: int


def _accessors(tree: ModuleTree) -> Iterator[AccessorRow]:
    for one in tree.facts.definitions:
        match = _ACCESSOR.fullmatch(one.name)
        if match is None or "<locals>" in one.local_name or not _OBJECT.search(match[1]):
            continue
        given = [each for each in one.parameters if each.name not in ("self", "cls")]
        if given:
            yield AccessorRow(
                match[1],
                one.local_name,
                tuple(each.name for each in given),
                tuple(each.name for each in given if each.required),
                "create" in one.name,
                one.name_line,
                one.name_column,
            )


ACCESSORS = Extractor("identity accessors", 1, AccessorRow, _accessors, key=lambda row: (row.thing,))
"""Functions that give an existing session, thread, run, context or conversation."""

_CONTEXTS = """\
def create_execution_context(user_id, thread_id, run_id=None):
    return {"user": user_id, "thread": thread_id, "run": run_id}


def get_execution_context(user_id, thread_id=None, run_id=None):
    return KNOWN.get(user_id) or create_execution_context(user_id, thread_id, run_id)


KNOWN = {}
"""


class FreshIdentityPerCall(Rule):
    """## What it does
    Finds `uuid4()`, or another random or time-made value, that is given as the session, thread, run,
    context or conversation id to a `create_...` call where a request or message is answered, although the
    same service has a `get_...` or `get_or_create_...` for that object.

    ## Why is this bad?
    Every message begins a conversation of its own: history is lost, the objects pile up, and nothing can be
    followed from one request to the next. It is found in use, not in tests, which send one message. No
    other linter looks for it.

    ## Example
    ```python
    @router.post("/messages")
    async def answer(message: Message):
        context = create_execution_context(message.user_id, thread_id=str(uuid4()))
    ```

    ## Use instead
    ```python
    @router.post("/messages")
    async def answer(message: Message):
        context = get_execution_context(message.user_id, thread_id=message.thread_id)
    ```

    ## When it stays silent
    - nothing gives an existing object of that kind, or the function asks for one first
    - the id is new only where none was given (`thread_id or uuid4()`)
    - a route or function whose job is to begin one (`POST /conversations`, `start_session`)
    - code that is not seen to answer a request or message; tests, scripts, the accessor itself
    """

    code: ClassVar[str] = "CN501"
    name: ClassVar[str] = "fresh-identity-per-call"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a route begins a thread for each message",
            {
                "app/__init__.py": "",
                "app/contexts.py": _CONTEXTS,
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_execution_context
from app.web import router


@router.post("/messages")
async def answer(message):
    return create_execution_context(message.user_id, thread_id=str(uuid4()))  # want: CN501 get_execution
""",
            },
            fixed={
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_execution_context, get_execution_context
from app.web import router


@router.post("/messages")
async def answer(message):
    return get_execution_context(message.user_id)
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "by position, through a local name, in a handler",
            {
                "app/__init__.py": "",
                "app/contexts.py": _CONTEXTS,
                "app/socket.py": """\
import uuid

from app.contexts import create_execution_context


async def handle_message(text, user):
    thread = f"thread-{uuid.uuid4().hex}"
    return create_execution_context(user.id, thread)  # want: CN501 thread_id
""",
            },
        ),
        Invalid(
            "a method beside its accessor, called by a route of the module",
            {
                "app/chats.py": """\
import uuid

from app.web import app


class Chats:
    def create_session(self, user, session_id):
        return (user, session_id)

    def get_session(self, user, session_id=None):
        return (user, session_id)


chats = Chats()


def session_of(user):
    return chats.create_session(user, session_id=str(uuid.uuid4()))  # want: CN501 `get_session`


@app.websocket("/ws")
async def talk(websocket):
    return session_of(websocket.user)
""",
            },
        ),
        Invalid(
            "a method of what a parameter is annotated with, kept by the instance or not",
            {
                "app/__init__.py": "",
                "app/store.py": """\
class Threads:
    def get_or_create_thread(self, user):
        return self.create_thread(user, thread_id=user)

    def create_thread(self, user, thread_id):
        return (user, thread_id)
""",
                "app/routes.py": """\
import uuid

from app.store import Threads
from app.web import router


@router.post("/ask")
async def ask(user: str, threads: Threads):
    return threads.create_thread(user, thread_id=uuid.uuid4())  # want: CN501 `get_or_create_thread`


class Agent:
    def __init__(self, threads: Threads):
        self.threads = threads

    async def handle_message(self, message):
        return self.threads.create_thread(message.user, uuid.uuid4())  # want: CN501 `get_or_create_thread`
""",
            },
        ),
        Invalid(
            "a method of the module's one instance of an imported class",
            {
                "app/__init__.py": "",
                "app/talks.py": """\
class Talks:
    def create_conversation(self, conversation_id, customer):
        return (conversation_id, customer)

    def get_or_create_conversation(self, customer):
        return self.create_conversation(str(customer), customer)
""",
                "app/routes.py": """\
import uuid

from app.talks import Talks
from app.web import router

talks = Talks()


@router.post("/messages")
def receive(body):
    return talks.create_conversation(uuid.uuid4().hex, body.customer)  # want: CN501 `conversation_id`


@router.post("/conversations")
def begin(body):
    return talks.create_conversation(uuid.uuid4().hex, body.customer)
""",
            },
        ),
        Invalid(
            "a task of a queue",
            {
                "app/runs.py": """\
import time


def get_or_create_agent_run(agent, run_id):
    return agent, run_id


def create_agent_run(agent, run_id):
    return agent, run_id
""",
                "app/tasks.py": """\
import time

from app.runs import create_agent_run
from app.queue import celery


@celery.task
def step(agent):
    create_agent_run(agent, run_id=f"run_{time.time()}")  # want: CN501 get_or_create_agent_run
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "there is no accessor of that object",
            {
                "app/contexts.py": "def create_context(user, thread_id):\n    return user, thread_id\n",
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_context


def handle_message(user):
    return create_context(user, thread_id=uuid4())
""",
            },
        ),
        Valid(
            "the route begins a conversation",
            {
                "app/contexts.py": _CONTEXTS,
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_execution_context
from app.web import router


@router.post("/users/{user}/threads")
async def open(user, request):
    return create_execution_context(user, thread_id=uuid4())


@router.post("/again")
async def start_thread(user, request):
    return create_execution_context(user, thread_id=uuid4())
""",
            },
        ),
        Valid(
            "an id that was given is kept",
            {
                "app/contexts.py": _CONTEXTS,
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_execution_context


def handle_message(message):
    thread = message.thread_id or str(uuid4())
    return create_execution_context(message.user, thread_id=thread, run_id=message.run or uuid4())
""",
            },
        ),
        Valid(
            "an existing one is asked for first",
            {
                "app/contexts.py": _CONTEXTS,
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_execution_context, get_execution_context


def handle_message(message):
    known = get_execution_context(message.user, message.thread_id)
    if known is None:
        known = create_execution_context(message.user, thread_id=uuid4())
    return known
""",
            },
        ),
        Valid(
            "once for the program, and not for each message",
            {
                "app/contexts.py": _CONTEXTS,
                "app/main.py": """\
from uuid import uuid4

from app.contexts import create_execution_context

CONTEXT = create_execution_context("system", thread_id=uuid4())


def main():
    return create_execution_context("system", thread_id=uuid4())
""",
            },
        ),
        Valid(
            "a new id of another thing",
            {
                "app/contexts.py": _CONTEXTS,
                "app/routes.py": """\
from uuid import uuid4

from app.contexts import create_execution_context


def create_invoice(user_id, invoice_id):
    return user_id, invoice_id


def handle_message(message):
    create_invoice(message.user, invoice_id=uuid4())
    return create_execution_context(message.user, message.thread_id)
""",
            },
        ),
        Valid(
            "a `get_session` without arguments gives the database's",
            {
                "app/db.py": "def get_session():\n    return None\n",
                "app/routes.py": """\
from uuid import uuid4

from app.store import create_session


def handle_message(message):
    return create_session(session_id=uuid4())
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each create call with a fresh identity."""
        tree = module.tree
        if not module.is_production or b"create_" not in tree.data:
            return
        for call in tree.calls:
            match = _CREATE.fullmatch(call.last)
            if match is None or not _OBJECT.search(match[1]):
                continue
            function = call.scope.function
            if function is None or _begins(function, module) or not _answers(function, module):
                continue
            fresh = _fresh_argument(call, function, module, context)
            if fresh is None:
                continue
            found = _accessor(match[1], call, module, context)
            if found is None or _asks(function, match[1], module):
                continue
            path, row = found
            name = row.name.rpartition(".")[2]
            yield self.finding(
                module,
                call.node,
                f"Each call makes a new {match[1].replace('_', ' ')}: `{fresh}` is fresh; `{name}` gives the "
                "existing one",
                related=[
                    Related(row.name, context.location(path, row.line, row.column, row.column + len(name)))
                ],
                fixes=[_fix(call, row, path, module, context)],
            )


def _answers(function: Scope, module: Module) -> bool:
    """Whether a function is run for a request or message: by its shape, or called by one of the module."""
    if _handles(function, module):
        return True
    name = module.tree.dotted(function)
    return any(
        (caller := call.scope.function) is not None and caller is not function and _handles(caller, module)
        for call in module.tree.calls_to(name)
    )


def _handles(function: Scope, module: Module) -> bool:
    if _HANDLING.fullmatch(function.name):
        return True
    tree = module.tree
    if any(last in _HANDLERS for last, _ in _decorators(function, module)):
        return True
    held = function.node.child_by_field_name("parameters")
    for one in held.named_children if held is not None else ():
        if one.type != "identifier" and not one.named_children:
            continue  # a bare `*` or `/`
        name = one if one.type == "identifier" else one.child_by_field_name("name") or one.named_children[0]
        if tree.text(name) in _ASKED:
            return True
    return False


def _decorators(function: Scope, module: Module) -> Iterator[tuple[str, str]]:
    """Last name and first literal argument of each decorator of a function."""
    for one in decorators_of(function):
        calls = module.tree.calls_within(one) if one.type == "call" else []
        if calls:
            yield calls[0].last, module.tree.string(calls[0].argument(0, "path")) or ""
        else:
            yield module.tree.text(one).rpartition(".")[2], ""


def _begins(function: Scope, module: Module) -> bool:
    """Whether the job of a function is to begin one, or to give one."""
    if _BEGINS.match(function.name) or _ACCESSOR.fullmatch(function.name):
        return True
    return any(last == "post" and _BEGIN_PATH.search(path) for last, path in _decorators(function, module))


def _fresh_argument(call: Call, function: Scope, module: Module, context: RuleContext) -> str | None:
    """The name of an identity that a call is given anew."""
    names: Sequence[str] | None = None
    at = 0
    for one in call.arguments:
        if one.type == "keyword_argument":
            name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
            text = module.tree.text(name) if name is not None else ""
        elif one.type in ("list_splat", "dictionary_splat"):
            return None
        else:
            value = one
            if not _is_fresh(value, function, module):
                at += 1
                continue
            if names is None:
                names = _parameters(call, module, context)
            text = names[at] if at < len(names) else ""
            at += 1
        if value is not None and _IDENTITY.search(text) and _is_fresh(value, function, module):
            return text
    return None


def _parameters(call: Call, module: Module, context: RuleContext) -> list[str]:
    """The names of the parameters of what is called, without `self`."""
    called = method_of_global(call, module.tree)
    symbol = context.definition(context.canonical(called)) if called else None
    if symbol is None or symbol.signature is None:
        same = [one for one in module.facts.definitions if one.name == call.last]
        parameters = same[0].parameters if len(same) == 1 else ()
    else:
        parameters = symbol.signature.parameters
    return [one.name for one in parameters if one.name not in ("self", "cls")]


def _is_fresh(node: Node, function: Scope, module: Module) -> bool:
    """Whether a value is made anew each time, and nothing that was given goes before it."""
    tree = module.tree
    if node.type == "identifier":
        values = [
            one.child_by_field_name("right")
            for one in tree.nodes("assignment", within=function.node)
            if (left := one.child_by_field_name("left")) is not None and tree.text(left) == tree.text(node)
        ]
        if len(values) != 1 or values[0] is None or values[0].type == "identifier":
            return False
        held = values[0]
        branch = next(ancestors(held, "if_statement", "try_statement", "function_definition"), None)
        return (
            branch is not None and branch.type == "function_definition" and _is_fresh(held, function, module)
        )
    if not any(call.name in _FRESH for call in tree.calls_within(node)):
        return False
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.type in ("boolean_operator", "conditional_expression"):
            return False
        waiting.extend(one.named_children)
    return True


def _accessor(thing: str, call: Call, module: Module, context: RuleContext) -> tuple[str, AccessorRow] | None:
    """What gives an existing object of a kind: beside the create function first."""
    called = method_of_global(call, module.tree)
    place = context.module_at(context.canonical(called)) if called else None
    home = place[0] if place is not None else ""
    found = [
        (path, row)
        for path, row in context.rows(ACCESSORS, thing)
        if same_service(path, module, context) and context.role(path) is Role.SOURCE
    ]
    if "_" not in thing:  # `session` is many things: only what stands beside the create function is meant
        found = [one for one in found if one[0] == (home or module.path)]
    return min(found, key=lambda one: (one[0] != home, not one[1].creates, one[0], one[1].line), default=None)


def _asks(function: Scope, thing: str, module: Module) -> bool:
    """Whether a function asks for an existing object."""
    return any(
        (match := _ACCESSOR.fullmatch(call.last)) is not None and match[1] == thing
        for statement in block_of(function.node)
        for call in module.tree.calls_within(statement)
    )


def _fix(call: Call, row: AccessorRow, path: str, module: Module, context: RuleContext) -> OfferedFix:
    tree = module.tree
    name = row.name.rpartition(".")[2]

    def edits() -> list[TextEdit] | Refusal:
        function = call.scope.function
        facts = context.facts(path)
        if function is None or facts is None or call.node.has_error:
            return Refusal("the call has a syntax error")
        given = _kept_arguments(call, function, row, module, context)
        if isinstance(given, Refusal):
            return given
        written = ", ".join(
            value if row.parameters[at : at + 1] == (key,) else f"{key}={value}"
            for at, (key, value) in enumerate(given.items())
        )
        if call.function.type == "attribute":
            head = call.function.child_by_field_name("object")
            return [module.replace(call.node, f"{tree.text(head)}.{name}({written})")] if head else []
        if "." in row.name:
            return Refusal("the accessor is a method")
        found = [module.replace(call.node, f"{name}({written})")]
        known = tree.scopes.module.bound.get(name)
        if known is None:
            found.append(module.import_name(facts.module, name))
        elif context.canonical(known) != f"{facts.module}.{name}":
            return Refusal(f"the name `{name}` stands for something else here")
        return found

    return module.fix(
        f"Call `{name}`",
        edits,
        Applicability.UNSAFE,
        "The existing object is used where there is one; say which by its id, if the request has it.",
    )


def _kept_arguments(
    call: Call, function: Scope, row: AccessorRow, module: Module, context: RuleContext
) -> dict[str, str] | Refusal:
    """The arguments of the create call that the accessor takes, without fresh ones."""
    names = _parameters(call, module, context)
    found: dict[str, str] = {}
    at = 0
    for one in call.arguments:
        value: Node | None = one
        if one.type == "keyword_argument":
            name = one.child_by_field_name("name")
            key, value = module.tree.text(name) if name is not None else "", one.child_by_field_name("value")
        elif at < len(names):
            key = names[at]
            at += 1
        else:
            return Refusal("the arguments cannot be told apart")
        if value is None:
            continue
        if _IDENTITY.search(key) and _is_fresh(value, function, module):
            continue
        if key not in row.parameters:
            return Refusal(f"`{row.name}` does not take `{key}`")
        found[key] = module.tree.text(value)
    missing = [one for one in row.required if one not in found]
    return Refusal(f"`{row.name}` needs `{missing[0]}`, which is not known here") if missing else found
