"""CN101: an event loop that is run inside a running one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from canonry.model import Applicability, Finding, OfferedFix, Priority, Related, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.calls import (
    CALLERS,
    LOOP_CHECKS,
    Caller,
    Step,
    has_other_way,
    path_from,
    running_function,
)
from canonry.syntax import Call, Scope
from canonry.syntax.signs import AnyOf

_RUNS = ("asyncio.run", "asyncio.runners.run")
_METHODS = frozenset(("run_until_complete", "run_forever"))
_QUICK = (AnyOf(b"run", alone=True), AnyOf(b"run_until_complete", b"run_forever"))
"""A file without any of these runs no loop: it costs one search."""
_NEVER_BARE = frozenset(("attribute", "subscript", "call", "binary_operator", "unary_operator", "await"))
"""Around an `await` these need parentheses."""


class AsyncioRunInRunningLoop(Rule):
    """## What it does
    Finds `asyncio.run`, `run_until_complete` and `run_forever` in an async function, and in a function
    that an async function calls, directly or through others, in any module of the workspace. The
    message and the related places show the path.

    ## Why is this bad?
    One thread runs one loop: the call raises `RuntimeError: asyncio.run() cannot be called from a running
    event loop`, but only on the path from the async function, which tests of the sync one never take.
    Ruff's and flake8-async's rules see one function; this one follows the calls.

    ## Example
    ```python
    # app/jobs.py
    def load():
        return asyncio.run(fetch())


    # app/views.py
    async def handle(request):
        return load()
    ```

    ## Use instead
    ```python
    # app/jobs.py
    async def load():
        return await fetch()
    ```

    ## When it stays silent
    - what runs in a thread or process of its own: `to_thread(f)`, executors, `Thread(target=f)`, lambdas
    - nobody async calls it; under `if __name__ == "__main__"`
    - the function asks for the running loop first (`get_running_loop`, `is_running`), itself or by a
      function of the workspace that is named for it; a parameter says that one is running (`if run_async:
      return ...`), or `nest_asyncio` lets loops be run within each other
    """

    code: ClassVar[str] = "CN101"
    name: ClassVar[str] = "asyncio-run-in-running-loop"
    severity: ClassVar[Severity] = Severity.ERROR
    priority: ClassVar[Priority | None] = Priority.P0
    signs: ClassVar = _QUICK
    INVALID: ClassVar = (
        Invalid(
            "in an async function",
            """\
import asyncio


async def fetch():
    return 1


async def handle(request):
    value = asyncio.run(fetch())  # want: CN101 async function `handle`
    return value + asyncio.run(fetch()).bit_length()  # want: CN101
""",
            fixed="""\
import asyncio


async def fetch():
    return 1


async def handle(request):
    value = await fetch()
    return value + asyncio.run(fetch()).bit_length()
""",
        ),
        Invalid(
            "in a function that an async one of another module calls, through a third",
            {
                "app/jobs.py": """\
from asyncio import run as go


async def fetch():
    return 1


def load():
    return go(fetch())  # want: CN101 handle -> refresh -> load
""",
                "app/middle.py": """\
from app import jobs as work


def refresh():
    return work.load()
""",
                "app/views.py": """\
from app.middle import refresh


async def handle(request):
    return refresh()
""",
            },
        ),
        Invalid(
            "through a package that passes the name on, under another one",
            {
                "app/__init__.py": "from app.jobs import load as load_all\n",
                "app/jobs.py": """\
import asyncio


def load():
    loop = asyncio.get_event_loop()
    return loop.run_until_complete(fetch())  # want: CN101 main -> load
""",
                "app/views.py": """\
import app


async def main():
    app.load_all()
""",
            },
        ),
        Invalid(
            "in a method that a subclass calls on itself",
            {
                "app/base.py": """\
import asyncio


class Client:
    def get(self, url):
        return asyncio.run(self.fetch(url))  # want: CN101 Shop.prices -> Client.get
""",
                "app/shop.py": """\
from app.base import Client


class Shop(Client):
    async def prices(self):
        return [self.get(url) for url in self.urls]
""",
            },
        ),
        Invalid(
            "through methods of a fresh instance, a variable's, a parameter's and an attribute's",
            {
                "app/tiles.py": """\
import asyncio


class Tiles:
    def one(self):
        return asyncio.run(fetch())  # want: CN101 poster -> Tiles.one

    def two(self):
        return asyncio.run(fetch())  # want: CN101 sheet -> Tiles.two

    def three(self):
        return asyncio.run(fetch())  # want: CN101 cover -> Tiles.three

    def four(self):
        return asyncio.run(fetch())  # want: CN101 Atlas.page -> Tiles.four

    def five(self):
        return asyncio.run(fetch())  # want: CN101 Atlas.index -> Tiles.five
""",
                "app/views.py": """\
from app.tiles import Tiles


async def poster():
    return Tiles().one()


async def sheet():
    tiles = Tiles()
    return tiles.two()


async def cover(tiles: Tiles):
    return tiles.three()


class Atlas:
    ready: Tiles

    def __init__(self, tiles: Tiles):
        self.tiles = tiles

    async def page(self):
        return self.tiles.four()

    async def index(self):
        return self.ready.five()
""",
            },
        ),
        Invalid(
            "a loop of its own in a coroutine",
            """\
import asyncio


async def serve(app):
    loop = asyncio.new_event_loop()
    loop.run_forever()  # want: CN101 run_forever
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "nobody async calls it",
            """\
import asyncio


async def main():
    return 1


def cli():
    asyncio.run(main())


if __name__ == "__main__":
    cli()
    asyncio.run(main())
""",
        ),
        Valid(
            "it runs in a thread of its own",
            {
                "app/jobs.py": """\
import asyncio


def load():
    return asyncio.run(fetch())
""",
                "app/views.py": """\
import asyncio
import threading
from app.jobs import load


async def handle(request):
    threading.Thread(target=load).start()
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, load)
    await loop.run_in_executor(None, lambda: load())
    return await asyncio.to_thread(load)
""",
            },
        ),
        Valid(
            "a parameter tells that a loop is running, and nest_asyncio lets one be run again",
            {
                "app/serving.py": """\
import asyncio

import nest_asyncio


def serve(app, loop, run_async=False):
    if run_async:
        return app.start_server()
    return _run(app, loop)


def _run(app, loop):
    loop.run_until_complete(app.start())
    loop.run_forever()


def pages(reader):
    nest_asyncio.apply()
    return asyncio.run(reader.read())
""",
                "app/views.py": """\
from app.serving import pages, serve


async def create_server(app, loop):
    return serve(app, loop, run_async=True)


async def show(reader):
    return pages(reader)
""",
            },
        ),
        Valid(
            "a nested function is handed to an executor",
            """\
import asyncio


async def handle(pool, job):
    def work():
        return asyncio.run(job())

    return await asyncio.to_thread(work)
""",
        ),
        Valid(
            "another function asks for it",
            {
                "app/loops.py": """\
import asyncio


def is_inside_loop():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
""",
                "app/jobs.py": """\
import asyncio
from app.loops import is_inside_loop


async def fetch():
    return 1


def load(pool):
    if is_inside_loop():
        return pool.submit(asyncio.run, fetch()).result()
    return asyncio.run(fetch())


async def handle(request):
    return load(request.pool)
""",
            },
        ),
        Valid(
            "it asks for the running loop first",
            """\
import asyncio


def wait_for(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    raise RuntimeError("use await")


async def handle(job):
    wait_for(job())
""",
        ),
        Valid(
            "another function of that name",
            """\
import subprocess as asyncio


async def handle(command):
    asyncio.run(command)
""",
        ),
        Valid(
            "the parameter hides the module",
            """\
import asyncio


async def handle(asyncio):
    asyncio.run(1)
""",
        ),
        Valid(
            "an async function calls another function of the same name",
            {
                "app/jobs.py": """\
import asyncio


def load():
    return asyncio.run(fetch())
""",
                "app/files.py": "def load():\n    return 1\n",
                "app/views.py": """\
from app.files import load


async def handle(request):
    return load()
""",
            },
        ),
        Valid(
            "the async caller is in between: the loop ends below it",
            {
                "app/jobs.py": """\
import asyncio


async def fetch():
    return 1


def load():
    return asyncio.run(fetch())


def again():
    load()
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each run of a loop that a running loop reaches."""
        tree = module.tree
        for call in _runs(module):
            function = running_function(call.scope)
            if cancelled() or function is None or tree.under_main(call.node):
                continue
            if _asks_first(function, module, context):
                continue
            written = tree.text(call.function)
            if function.is_async:
                yield self.finding(
                    module,
                    call.node,
                    f"`{written}` in the async function `{function.name}`: its loop is running already",
                    fixes=_awaiting(call, module),
                    symbol=tree.dotted(function),
                )
                continue
            steps = path_from(
                context,
                tree.dotted(function),
                module.path,
                lambda caller: caller.is_async,
                lambda caller: not _asks(caller, context),
            )
            if steps:
                yield self.finding(
                    module,
                    call.node,
                    f"`{written}` within a running loop: {_shown(steps, tree.dotted(function))}",
                    related=_related(steps, context),
                    symbol=tree.dotted(function),
                )


def _runs(module: Module) -> list[Call]:
    tree = module.tree
    found = tree.calls_to(*_RUNS)
    found += [one for one in tree.calls if one.last in _METHODS and one.function.type == "attribute"]
    return sorted(found, key=lambda one: one.node.start_byte)


def _asks_first(function: Scope, module: Module, context: RuleContext) -> bool:
    """Whether a function asks for the running loop, itself or by a function that is there to ask for it."""
    if has_other_way(function, module.tree):
        return True
    calls = module.tree.calls_within(function.node)
    return any(call.last in LOOP_CHECKS or _is_a_check(call.name, context) for call in calls)


def _asks(caller: Caller, context: RuleContext) -> bool:
    return caller.checks_loop or any(_is_a_check(call.name, context) for call in caller.calls)


def _is_a_check(dotted: str, context: RuleContext) -> bool:
    """Whether a function of the workspace, which is named for loops, asks for the running one."""
    if "loop" not in dotted.rpartition(".")[2].lower():
        return False
    canonical = context.canonical(dotted)
    place = context.module_at(canonical)
    rows = context.rows_of(CALLERS, place[0]) if place is not None else ()
    return any(row.name == canonical and row.checks_loop for row in rows)


def _shown(steps: Sequence[Step], last: str) -> str:
    """`Shop.prices -> Client.get`: as short as the names can be told by."""
    return " -> ".join(_short(name) for name in (*(one.caller.name for one in steps), last))


def _short(name: str) -> str:
    owner, _, last = name.rpartition(".")
    above = owner.rpartition(".")[2]
    return f"{above}.{last}" if above[:1].isupper() else last


def _related(steps: Sequence[Step], context: RuleContext) -> Iterator[Related]:
    for step in steps:
        kind = "async " if step.caller.is_async else ""
        yield Related(
            f"{kind}`{step.caller.name}` calls `{step.callee}` here",
            context.location(step.path, step.call.line, step.call.column, step.call.end_column),
            step.caller.name,
        )


def _awaiting(call: Call, module: Module) -> list[OfferedFix]:
    """`await` in place of the run, where one coroutine is all that is given to it."""
    arguments = call.arguments
    if call.last == "run_forever" or len(arguments) != 1:
        return []
    argument = arguments[0]
    if argument.type in ("keyword_argument", "list_splat", "dictionary_splat"):
        return []

    def edits() -> list[TextEdit]:
        text = module.tree.text(argument)
        if argument.type not in ("call", "identifier", "attribute", "subscript"):
            text = f"({text})"
        around = call.node.parent
        if around is not None and around.type in _NEVER_BARE:
            return [module.replace(call.node, f"(await {text})")]
        return [module.replace(call.node, f"await {text}")]

    return [module.fix("Await it", edits, Applicability.SAFE)]
