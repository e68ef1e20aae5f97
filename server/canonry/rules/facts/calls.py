"""Who calls whom, by name: the calls of every function, and the paths by which a function is reached.

A call counts where it is made when the function runs: not in a lambda or a nested function, which may run
elsewhere, and not where a function is handed over (`to_thread(f)`, `Thread(target=f)`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import msgspec

from canonry.index.extraction import Extractor
from canonry.rules.base import RuleContext
from canonry.rules.facts.receivers import method_called
from canonry.syntax import Call, ModuleTree, Scope

LOOP_CHECKS = frozenset(("get_running_loop", "_get_running_loop", "is_running"))
"""Whoever asks this does one thing within a running loop and another one without."""
MOST_FUNCTIONS = 300
"""Functions that a search for callers looks at; what is reached by more is a utility of everybody's."""
MOST_NAMES = 20
"""Names under which a function is exported again that are followed."""


class Called(msgspec.Struct, frozen=True, array_like=True):
    """One call. Lines are zero-based, columns are code points of what is called."""

    name: str
    """Dotted, as `ModuleTree.resolve` gives it."""
    line: int
    column: int
    end_column: int


class Caller(msgspec.Struct, frozen=True, array_like=True):
    """A function or method with the calls of workspace names and libraries in it; builtins are left out."""

    name: str
    """Qualified: `app.jobs.Loader.load`."""
    line: int
    column: int
    is_async: bool
    checks_loop: bool
    """Whether it asks for the running loop itself, or is told by a parameter."""
    calls: tuple[Called, ...]


_ASYNC_BRANCH = re.compile(rb"\n[ \t]+if (?:is_|run_|use_|as_|in_)?async(?:io)?:\n[ \t]+return\b")
"""An `if run_async:` by whose `return` a function that runs a loop is left where one is running."""
_NESTED = (b"nest_asyncio", b"NestAsyncio")
"""What lets a running loop be run again: nest_asyncio, and wrappers of it."""


def has_other_way(function: Scope, tree: ModuleTree) -> bool:
    """Whether a function returns something else where a parameter says that a loop is running, or has loops
    patched so that they can be run within each other.
    """
    text = tree.data[function.start : function.end]
    return _ASYNC_BRANCH.search(text) is not None or any(one in text for one in _NESTED)


def _may_have_other_ways(data: bytes) -> bool:
    """The same of a whole file: mostly not, and that is found out at once."""
    return b"async:\n" in data or b"asyncio:\n" in data or any(one in data for one in _NESTED)


def _callers(tree: ModuleTree) -> Iterator[Caller]:
    if tree.test_module:
        return
    calls: dict[int, list[Called]] = {}
    scopes: dict[int, Scope] = {}
    checking: set[int] = set()
    for call in tree.calls:
        function = running_function(call.scope)
        if function is None:
            continue
        at = id(function)
        if call.last in LOOP_CHECKS:
            checking.add(at)
        name = method_called(call, tree)
        if not name or name.startswith("builtins."):
            continue
        scopes[at] = function
        calls.setdefault(at, []).append(_called(name, call, tree))
    may_branch = _may_have_other_ways(tree.data)
    for at, found in calls.items():
        scope = scopes[at]
        if may_branch and has_other_way(scope, tree):
            checking.add(at)
        named = scope.node.child_by_field_name("name") or scope.node
        start = tree.position(*named.start_point)
        yield Caller(
            tree.dotted(scope), start.line, start.column, scope.is_async, at in checking, tuple(found)
        )


def _called(name: str, call: Call, tree: ModuleTree) -> Called:
    line, start = call.function.start_point
    last, end = call.function.end_point
    column = tree.source.column
    first = column(line, start)
    return Called(name, line, first, column(last, end) if last == line else first)


CALLERS = Extractor("callers", 4, Caller, _callers)


def running_function(scope: Scope) -> Scope | None:
    """The function that runs what stands in a scope; None for a module, a class body and a lambda."""
    inner: Scope | None = scope
    while inner is not None and inner.kind == "comprehension":
        inner = inner.parent
    return inner if inner is not None and inner.kind == "function" else None


@dataclass(frozen=True, slots=True)
class Step:
    """One call on a path: `caller` in the file `path` calls `callee`."""

    path: str
    caller: Caller
    call: Called
    callee: str


def callers_of(context: RuleContext, dotted: str, own_path: str) -> Iterator[Step]:
    """The calls of a function or method, whose file is `own_path`, in the workspace.

    Through re-exports and inheritance. In order of file and place.
    """
    files, names = files_naming(context, dotted)
    lasts = {dotted.rpartition(".")[2], *(name.rpartition(".")[2] for name in names)}
    for path in sorted(files | {own_path}):
        for caller in context.rows_of(CALLERS, path):
            call = call_of(caller, dotted, lasts, context)
            if call is not None:
                yield Step(path, caller, call, dotted)


def call_of(caller: Caller, dotted: str, lasts: Collection[str], context: RuleContext) -> Called | None:
    """The first call of a function or method in another, which may be imported under these last names."""
    for call in caller.calls:
        if call.name == dotted or (
            call.name.rpartition(".")[2] in lasts and context.canonical(call.name) == dotted
        ):
            return call
    return None


def files_naming(context: RuleContext, dotted: str) -> tuple[set[str], set[str]]:
    """The files that may name a definition, and the dotted names under which it (or the class that it is
    in) can be imported, through modules that pass it on under whatever name.
    """
    place = context.module_at(dotted)
    if place is None:
        return set(), set()
    head = dotted[: len(dotted) - len(place[1])] + place[1].partition(".")[0]
    found: set[str] = set()
    names, todo = {head}, [head]
    while todo and len(names) <= MOST_NAMES:
        name = todo.pop()
        for path in context.files_referring(name):
            if path in found:
                continue
            found.add(path)
            facts = context.facts(path)
            if facts is None or not facts.module:
                continue
            for one in facts.imports:
                exported = f"{facts.module}.{one.alias}"
                if one.target == name and not one.local and exported not in names:
                    names.add(exported)
                    todo.append(exported)
    return found, names


def path_from(
    context: RuleContext,
    dotted: str,
    own_path: str,
    wanted: Callable[[Caller], bool],
    through: Callable[[Caller], bool],
) -> tuple[Step, ...]:
    """The shortest chain of calls from a function that is `wanted` down to `dotted`, outermost first.

    It leads through functions for which `through` holds; empty where there is none.
    """
    todo: deque[tuple[str, str, tuple[Step, ...]]] = deque([(dotted, own_path, ())])
    seen = {dotted}
    while todo and len(seen) <= MOST_FUNCTIONS:
        name, file, below = todo.popleft()
        for step in callers_of(context, name, file):
            if step.caller.name in seen:
                continue
            seen.add(step.caller.name)
            if wanted(step.caller):
                return (step, *below)
            if through(step.caller):
                todo.append((step.caller.name, step.path, (step, *below)))
    return ()
