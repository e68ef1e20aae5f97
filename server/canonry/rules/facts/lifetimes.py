"""How long things live: what an application calls when it starts and stops, and what there is one of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.model import SymbolKind
from canonry.rules.base import RuleContext
from canonry.rules.facts.calls import CALLERS
from canonry.rules.facts.decorators import called, decorators_of
from canonry.scopes.roles import Role
from canonry.syntax import Call, ModuleTree, Scope
from canonry.syntax.kinds import CLASS, FUNCTION, MODULE
from canonry.syntax.signs import AnyOf

MOST_STEPS = 3
"""Calls that are followed from what an application registers to what opens something."""

_TIMES: Final = re.compile(
    r"lifespan|start_?up|shut_?down|on_(start|stop|event|cleanup)|clean_?up|(before|after)_(server|serving)"
    r"|server_(start|stop)|post_(init|stop|shutdown)|worker_(process_)?(init|ready)|teardown",
    re.IGNORECASE,
)
"""What applications call the times at which they start and stop."""
_WORDS: Final = AnyOf(
    *(b"lifespan", b"startup", b"start_up", b"shutdown", b"shut_down", b"on_start", b"on_stop", b"on_event"),
    *(b"cleanup", b"_server", b"_serving", b"server_st", b"post_init", b"post_stop", b"worker_", b"teardown"),
    *(b"asyncio.run(", b"anyio.run(", b"uvloop.run(", b"trio.run(", b"run_until_complete"),
    any_case=True,
)
"""One of these stands in each call that registers something for one of the times, or runs a loop."""
_HOOKS: Final = re.compile(
    r"^(on_)?(start_?up|shut_?down|worker_(start|stop)\w*)$|^(before|after)_(worker|process|server|broker)_\w+$"
)
"""Methods of plug-ins and middleware by which frameworks tell that they start or stop."""
_CACHES: Final = AnyOf(b"cache", then=re.compile(rb"\b(lru_)?cache\b").search)
_RUNS: Final = frozenset(("asyncio.run", "anyio.run", "uvloop.run", "trio.run", "asyncio.runners.run"))
_OPENS: Final = re.compile(
    r"^_*(async_?)?(start|open|connect|init|set_?up|startup|on_startup|create|enter|__aenter__|prepare|boot|launch|"
    r"stop|close|a?close|disconnect|shut_?down|on_shutdown|teardown|dispose|cleanup|exit|__aexit__|finali[sz]e|lifespan)",
    re.IGNORECASE,
)
"""Methods that open or close things for whoever starts or stops: those that they call count as well."""
_AROUND: Final = frozenset(
    ("await", "parenthesized_expression", "boolean_operator", "list", "tuple", "dictionary", "pair")
)
_ITS_INSTANCE: Final = re.compile(r"(\w+)\._*(?:instance|singleton)\.(\w+)")
"""A method of the instance that a class keeps of itself."""
_ONE_FOR_ALL: Final = frozenset(("functools.lru_cache", "functools.cache"))


class Registered(msgspec.Struct, frozen=True, array_like=True):
    """A function that an application calls when it starts or stops, or that a loop is run for."""

    name: str
    """Dotted; through an instance as written (`app.cache.cache.connect`)."""


def _registered(tree: ModuleTree) -> Iterator[Registered]:
    if tree.test_module or not tree.holds(_WORDS):
        return
    said = [start for start, _ in tree.spans(_WORDS)]
    found: dict[str, None] = {}
    for call in tree.calls:
        at = bisect_left(said, call.node.start_byte)
        if at == len(said) or said[at] >= call.node.end_byte:
            continue
        for node in _handed_over(call, tree):
            found.update(dict.fromkeys(_named(node, tree)))
    for node in tree.nodes("assignment"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or right.type not in ("identifier", "attribute", "list", "tuple"):
            continue
        if _TIMES.search(tree.text(left).rpartition(".")[2]):
            found.update(dict.fromkeys(_named(right, tree)))
    for scope in tree.scopes.all():
        if scope.kind == FUNCTION and (
            scope.name.endswith("lifespan")
            or any(_TIMES.search(tree.text(one)) for one in decorators_of(scope))
            or _is_hook(scope)
        ):
            found[tree.dotted(scope)] = None
    yield from (Registered(name) for name in found)


REGISTERED = Extractor("registered", 2, Registered, _registered, key=lambda row: (row.name,))
"""Functions that an application's lifespan, startup and shutdown are made of."""


def _is_hook(scope: Scope) -> bool:
    """Whether a framework calls a method when it starts or stops: its class extends another."""
    owner = scope.parent if scope.is_method else None
    return (
        owner is not None
        and owner.node.child_by_field_name("superclasses") is not None
        and bool(_HOOKS.match(scope.name))
    )


def _handed_over(call: Call, tree: ModuleTree) -> Iterator[Node]:
    """The arguments of a call that are registered for a start or stop."""
    for one in call.arguments:
        if one.type == "keyword_argument":
            name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
            if name is not None and value is not None and _TIMES.search(tree.text(name)):
                yield value
    if call.name in _RUNS or call.last == "run_until_complete":
        first = call.argument(0)
        if first is not None:
            yield (first.child_by_field_name("function") or first) if first.type == "call" else first
        return
    positional = [one for one in call.arguments if one.type != "keyword_argument"]
    if not positional or call.function.type != "attribute":
        return
    told = tree.text(call.function)
    if call.last == "add_event_handler" or _TIMES.search(told):
        yield from positional
    elif (said := tree.string(positional[0])) is not None and _TIMES.search(said):
        yield from positional[1:]


def _named(node: Node, tree: ModuleTree) -> Iterator[str]:
    """The dotted names of the functions that a value holds: one, a list of them, a lambda that calls them."""
    if node.type in ("identifier", "attribute"):
        name = tree.resolve(node)
        if name and not name.startswith("builtins."):
            yield name
    elif node.type in ("list", "tuple", "set"):
        for one in node.named_children:
            yield from _named(one, tree)
    elif node.type in ("lambda", "call"):
        for call in tree.calls_within(node):
            if call.name and not call.name.startswith("builtins."):
                yield call.name
            for one in call.arguments if node.type == "call" else ():
                yield from _named(one, tree) if one.type in ("identifier", "attribute") else ()


class Single(msgspec.Struct, frozen=True, array_like=True):
    """One object of a class that the whole program has."""

    cls: str
    """The dotted name of the class, as the module resolves it."""
    name: str
    """The local name of the variable, class attribute or function that gives it."""
    line: int
    cached: bool = False
    """It is a function's, which is cached."""


def _singles(tree: ModuleTree) -> Iterator[Single]:
    if tree.test_module:
        return
    caches = tree.holds(_CACHES)
    for call in tree.calls:
        scope = call.scope
        if scope.kind not in (MODULE, CLASS) and (scope.kind != FUNCTION or not (caches or scope.outer)):
            continue
        cls = _class_made(call)
        if not cls:
            continue
        line = call.node.start_point[0]
        above = call.node.parent
        if scope.kind == FUNCTION and above is not None and above.type == "return_statement":
            if caches and is_cached(scope, tree):
                yield Single(cls, scope.local_name, line, True)
            continue
        left = _assigned(call.node)
        if left is None or left.type not in ("identifier", "attribute") or tree.under_main(call.node):
            continue
        name = tree.text(left)
        if scope.kind == FUNCTION and name not in scope.outer:
            continue
        yield Single(cls, f"{scope.local_name}.{name}" if scope.kind == CLASS else name, line)


SINGLES = Extractor("singles", 1, Single, _singles)
"""Instances at module and class level, in globals, and those of cached functions."""


def _class_made(call: Call) -> str:
    """The class of which a call makes an object: `Store(...)`, `Store.from_url(...)`; "" for none."""
    owner, _, last = call.name.rpartition(".")
    if last.lstrip("_")[:1].isupper():
        return call.name if owner not in ("builtins", "typing", "typing_extensions") else ""
    return owner if owner.rpartition(".")[2].lstrip("_")[:1].isupper() else ""


def _assigned(node: Node) -> Node | None:
    above = node.parent
    while above is not None and above.type in _AROUND:
        above = above.parent
    return above.child_by_field_name("left") if above is not None and above.type == "assignment" else None


def is_cached(scope: Scope, tree: ModuleTree) -> bool:
    """Whether a function is called once: decorated with lru_cache or cache."""
    return any(tree.resolve(called(one)) in _ONE_FOR_ALL for one in decorators_of(scope))


def single_of(cls: str, own_path: str, context: RuleContext, depth: int = 0) -> tuple[str, Single] | None:
    """The one object of a class, or of a class that extends it, that the program has, with its file; None
    where there is none.
    """
    last = cls.rpartition(".")[2]
    files = (own_path, *sorted(context.files_referring(cls) - {own_path}))
    for path in files:
        if path != own_path and context.role(path) is not Role.SOURCE:
            continue
        for row in context.rows_of(SINGLES, path):
            if row.cls == cls or (row.cls.rpartition(".")[2] == last and context.canonical(row.cls) == cls):
                return path, row
    for path in files if depth < MOST_STEPS else ():
        facts = context.facts(path)
        for one in facts.definitions if facts is not None and facts.module else ():
            if (
                one.bases
                and one.kind is SymbolKind.CLASS
                and cls in context.bases(path, one)
                and facts is not None
            ):
                found = single_of(f"{facts.module}.{one.local_name}", path, context, depth + 1)
                if found is not None:
                    return found
    return None


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What runs when an application starts and stops."""

    functions: frozenset[str]
    """Dotted names of functions that are registered, or that those call."""
    calls: frozenset[str]
    """Dotted names of everything that they call, as written."""


def lifetime(context: RuleContext) -> Lifetime:
    """What is registered for an application's start and stop in the workspace, and what that calls."""
    todo = [(_through_instances(one, context), 0) for one in context.derived(REGISTERED, _names)]
    functions: set[str] = set()
    calls: set[str] = set()
    while todo:
        name, depth = todo.pop()
        if name in functions:
            continue
        functions.add(name)
        place = context.module_at(name)
        opening = depth <= 1 or _OPENS.match(name.rpartition(".")[2])
        if place is None or depth >= MOST_STEPS or not opening:
            continue
        for caller in context.rows_of(CALLERS, place[0]):
            if caller.name == name:
                calls.update(one.name for one in caller.calls)
                todo += [(_through_instances(one.name, context), depth + 1) for one in caller.calls]
    return Lifetime(frozenset(functions), frozenset(calls))


def _names(rows: Mapping[str, tuple[Registered, ...]]) -> tuple[str, ...]:
    return tuple(sorted({one.name for held in rows.values() for one in held}))


def _through_instances(name: str, context: RuleContext) -> str:
    """A dotted name with re-exports followed, and instances of the workspace replaced by their class."""
    canonical = context.canonical(name)
    place = context.module_at(canonical)
    if place is None or "." not in place[1]:
        return canonical
    kept = _ITS_INSTANCE.fullmatch(place[1])
    if kept is not None:
        return f"{canonical[: len(canonical) - len(place[1])]}{kept[1]}.{kept[2]}"
    instance, _, method = place[1].rpartition(".")
    for row in context.rows_of(SINGLES, place[0]):
        if row.name == instance and not row.cached:
            return f"{context.canonical(row.cls)}.{method}"
    return canonical
