"""State of modules, classes, singletons and the environment: where it is, and what changes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.model import SymbolKind
from canonry.rules.base import Module, RuleContext
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import FUNCTION
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import block_of

ENVIRON: Final = "os.environ"

_SINGLETON: Final = re.compile(
    r"(^|_)(instance|singleton|shared|default|global|current)(_|$)|^(shared|default)[A-Z]"
)
"""Names of functions that give the same object each time."""
_CONTAINER: Final = re.compile(
    r"[^sS]s$|[A-Z]{2}S$|(^|_)(cache|registry|map|mapping|dict|list|set|queue|stack|lookup|table|memo|seen)$",
    re.IGNORECASE,
)
"""Names of containers; others may be objects with an `add` or `update` of their own, as sessions have."""
_MANAGER: Final = re.compile(r"(^|_)(objects|manager)$")
"""Names by which a model's rows are asked for and changed: a database that tests roll back."""
_CACHE: Final = re.compile(r"cache|memo|\b_?instances$", re.IGNORECASE)
"""Names of what is only kept for later, or made anew: a test that empties it leaves nothing behind."""
_CACHED: Final = re.compile(r"\b(lru_cache|cache|cached|singleton)\b")
_MUTATORS: Final = frozenset(
    (
        *("append", "extend", "insert", "remove", "pop", "popitem", "clear", "update", "setdefault", "add"),
        *("discard", "appendleft", "popleft", "extendleft", "sort", "reverse"),
    )
)
"""Methods of the built-in containers that change them."""
_OF_MOCKS: Final = frozenset(("return_value", "side_effect", "name", "__class__", "spec"))


_EMPTY: Final = frozenset(("None", "[]", "{}", "()", '""', "''", "set()", "dict()", "list()"))
"""What a place begins with that holds nothing yet."""
_LONGEST_EMPTY: Final = max(map(len, _EMPTY))
_DISPLAYS: Final = frozenset(
    ("set", "dictionary", "list", "set_comprehension", "dictionary_comprehension", "list_comprehension")
)
_MADE_BY: Final = frozenset(
    (
        *("builtins.set", "builtins.dict", "builtins.list", "collections.deque", "collections.Counter"),
        *("collections.defaultdict", "collections.OrderedDict"),
    )
)


_PER_CONTEXT: Final = frozenset(
    (
        *("werkzeug.local.LocalProxy", "werkzeug.local.LocalStack", "werkzeug.local.Local"),
        *("threading.local", "contextvars.ContextVar", "asgiref.local.Local"),
    )
)
"""What makes an object that is another one in each context or thread."""
_MOCK: Final = re.compile(r"(?:^|\.)mock\.(?:Magic|Async|NonCallable)?Mock$")
"""What makes a stand-in: any attribute of it may be given, and nothing under test has it."""


class Containers(msgspec.Struct, frozen=True, array_like=True):
    """What names at the left margin of a file hold, where they do not tell it; with spaces between them."""

    names: str
    """Those of built-in containers."""
    per_context: str = ""
    """Those of what is another object in each context, a request's own or a thread's own, of mocks, and of
    caches that are objects of their own: what a test keeps there has keys of its own.
    """
    empty: str = ""
    """Variables and attributes of classes that begin with nothing: `COUNTERS=None Registry.plugins=[]`."""


def _containers(tree: ModuleTree) -> Iterator[Containers]:
    found: set[str] = set()
    proxies: set[str] = set()
    empty: set[str] = set()
    for statement in tree.statements:
        empty.update(_begins_empty(statement, tree))
        node = statement.named_children[0] if statement.type == "expression_statement" else None
        if node is None or node.type != "assignment":
            continue
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or left.type != "identifier":
            continue
        made = right.child_by_field_name("function") if right.type == "call" else None
        by = tree.resolve(made) if made is not None else ""
        if right.type in _DISPLAYS or by in _MADE_BY:
            found.add(tree.text(left))
        elif by in _PER_CONTEXT or _MOCK.search(by) or (made is not None and _CACHE.search(tree.text(left))):
            proxies.add(tree.text(left))
    told = sorted(one for one in found if not _CONTAINER.search(one) and not one.startswith("__"))
    if told or proxies or empty:
        yield Containers(" ".join(told), " ".join(sorted(proxies)), " ".join(sorted(empty)))


def _begins_empty(statement: Node, tree: ModuleTree) -> Iterator[str]:
    """The variable, or the attributes of a class, that a statement at the left margin gives nothing yet."""
    if statement.type == "decorated_definition":
        statement = statement.child_by_field_name("definition") or statement
    is_class = statement.type == "class_definition"
    name = statement.child_by_field_name("name") if is_class else None
    prefix = f"{tree.text(name)}." if name is not None else ""
    for one in block_of(statement) if is_class else (statement,):
        node = one.named_children[0] if one.type == "expression_statement" else None
        if node is None or node.type != "assignment":
            continue
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or left.type != "identifier" or right is None:
            continue
        if right.end_byte - right.start_byte <= _LONGEST_EMPTY and (said := tree.text(right)) in _EMPTY:
            yield f"{prefix}{tree.text(left)}={said}"


CONTAINERS = Extractor("containers", 4, Containers, _containers)


class Kind(Enum):
    """What of a place is changed."""

    KEY = "key"
    """A variable of the environment."""
    ATTRIBUTE = "attribute"
    """An attribute of a module, a class or an object that a module holds."""
    CONTENT = "content"
    """What a container that a module or class holds has in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where state is."""

    holder: str
    """Dotted: the module, class or object; `app.settings.get()` for what a function gives."""
    part: str
    """The attribute, or the variable's key; "" for the content of a container."""
    kind: Kind

    @property
    def handles(self) -> frozenset[str]:
        """The names by which a text that resets it speaks of it."""
        if self.kind is Kind.KEY:
            return frozenset(("environ", self.part))
        last = self.holder.removesuffix("()").rpartition(".")[2]
        return frozenset((last,) if self.kind is Kind.CONTENT else (self.part,))

    def __str__(self) -> str:
        if self.kind is Kind.KEY:
            return f'os.environ["{self.part}"]'
        last = self.holder.rpartition(".")[2]
        return f"{last}.{self.part}" if self.part else last


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A statement that changes state."""

    place: Place
    statement: Node
    target: Node
    """What is changed: the attribute, the subscript, or the call."""
    value: Node | None = None
    """What it is given; None where it is taken away, or changed in place."""
    key: str = ""
    """Of a container's item: the key, where it is a literal text."""


def origin(node: Node | None, module: Module, context: RuleContext, depth: int = 0) -> str:
    """The dotted name of the module, class or module-level object that an expression gives; "" for others.

    Local variables are followed to what they were given; `f()` is a name where `f` gives one object always.
    """
    tree = module.tree
    if node is None or depth > 6:
        return ""
    if node.type == "identifier":
        found = tree.resolve(node)
        if found or not tree.scope_of(node).function:
            return "" if found.startswith("builtins.") else found
        scope = tree.scope_of(node)
        name = tree.text(node)
        value = tree.assigned_value(name, scope) if name in scope.bound else None
        is_name = value is not None and value.type in ("identifier", "attribute", "call")
        return origin(value, module, context, depth + 1) if is_name else ""
    if node.type == "attribute":
        last = node.child_by_field_name("attribute")
        inner = node.child_by_field_name("object")
        if inner is None or last is None:
            return ""
        if inner.type == "identifier" and tree.text(inner) in ("self", "cls"):
            return ""
        held = origin(inner, module, context, depth + 1)
        return f"{held}.{tree.text(last)}" if held else ""
    if node.type == "call":
        given = node.child_by_field_name("arguments")
        if given is not None and any(one.type != "comment" for one in given.named_children):
            return ""  # what is given may tell which of several it gives
        function = origin(node.child_by_field_name("function"), module, context, depth + 1)
        return f"{function}()" if function and gives_one(function, context) else ""
    return ""


def is_emptied(change: Change, module: Module, context: RuleContext) -> bool:
    """Whether a change gives a place the nothing that it begins with: `registry.plugins = []`."""
    said = module.tree.text(change.value) if change.value is not None else ""
    if said not in _EMPTY or change.place.kind is not Kind.ATTRIBUTE:
        return False
    found = context.module_at(context.canonical(change.place.holder))
    if found is None:
        return False
    wanted = f"{found[1]}.{change.place.part}={said}" if found[1] else f"{change.place.part}={said}"
    return any(wanted in one.empty.split(" ") for one in context.rows_of(CONTAINERS, found[0]))


def gives_one(dotted: str, context: RuleContext) -> bool:
    """Whether a function or class of the workspace gives the same object at each call."""
    symbol = context.definition(dotted)
    place = context.module_at(context.canonical(dotted))
    facts = context.facts(place[0]) if symbol is not None and place is not None else None
    if facts is None or place is None:
        return False
    one = next((each for each in facts.definitions if each.local_name == place[1]), None)
    if one is None:
        return False
    if one.kind is SymbolKind.CLASS:
        return "__new__" in one.members or any(
            "metaclass" in base and "ingleton" in base for base in one.bases
        )
    return bool(_SINGLETON.search(one.name)) or any(_CACHED.search(each) for each in one.decorators)


def changes_in(function: Scope, module: Module, context: RuleContext) -> list[Change]:
    """What a function's own statements change of state that outlives it, in order."""
    tree = module.tree
    found: list[Change] = []
    for node in tree.nodes("assignment", "augmented_assignment", within=function.node):
        if tree.scope_of(node) is not function:
            continue
        left = node.child_by_field_name("left")
        if left is not None:
            found.extend(_assigned(left, node, function, module, context))
    for node in tree.nodes("subscript", within=function.node):
        above = node.parent
        if above is not None and above.type == "delete_statement" and tree.scope_of(node) is function:
            found.extend(_held(node, above, None, module, context))
    for call in tree.calls_within(function.node):
        if call.scope is function:
            found.extend(_called(call, module, context))
    return sorted(found, key=lambda one: one.statement.start_byte)


def is_function(scope: Scope) -> bool:
    """Whether a scope is a function or method of its own, not one inside another."""
    return scope.kind == FUNCTION and scope.parent is not None and scope.parent.kind in ("module", "class")


def _assigned(
    left: Node, node: Node, function: Scope, module: Module, context: RuleContext
) -> Iterator[Change]:
    value = node.child_by_field_name("right")
    if left.type == "identifier":
        name = module.tree.text(left)
        if name in function.outer and function.parent is not None:
            holder = module.tree.dotted(module.tree.scopes.module)
            yield Change(Place(holder, name, Kind.ATTRIBUTE), node, left, value)
    elif left.type == "subscript":
        yield from _held(left, node, value, module, context)
    elif left.type == "attribute":
        last = left.child_by_field_name("attribute")
        holder = origin(left.child_by_field_name("object"), module, context)
        if last is not None and holder:
            yield from _of_workspace(
                Place(holder, module.tree.text(last), Kind.ATTRIBUTE), node, left, value, context
            )


def _held(
    node: Node, statement: Node, value: Node | None, module: Module, context: RuleContext
) -> Iterator[Change]:
    """The change of a container's item."""
    holder = origin(node.child_by_field_name("value"), module, context)
    if holder == ENVIRON:
        key = _key(node.child_by_field_name("subscript"), module)
        if key:
            yield Change(Place(ENVIRON, key, Kind.KEY), statement, node, value)
    elif holder:
        key = module.tree.string(node.child_by_field_name("subscript")) or ""
        place = Place(holder, "", Kind.CONTENT)
        yield from _of_workspace(place, statement, node, value, context, key)


def _key(node: Node | None, module: Module) -> str:
    tree = module.tree
    if node is not None and node.type == "identifier":
        node = tree.assigned_value(tree.text(node), tree.scopes.module)
    return tree.string(node) or ""


def _called(call: Call, module: Module, context: RuleContext) -> Iterator[Change]:
    tree = module.tree
    if call.name == "os.putenv" or call.name == "os.unsetenv":
        key = _key(call.argument(0), module)
        if key:
            yield Change(Place(ENVIRON, key, Kind.KEY), call.node, call.node)
        return
    if call.name == "builtins.setattr":
        holder, name = origin(call.argument(0), module, context), tree.string(call.argument(1))
        if holder and name:
            place = Place(holder, name, Kind.ATTRIBUTE)
            yield from _of_workspace(place, call.node, call.node, call.argument(2), context)
        return
    if call.last not in _MUTATORS or call.function.type != "attribute":
        return
    holder = origin(call.function.child_by_field_name("object"), module, context)
    if holder == ENVIRON:
        for key in _keys_of(call, module):
            yield Change(Place(ENVIRON, key, Kind.KEY), call.node, call.node)
    elif holder and not _empties_cache(call, holder) and _may_be_container(holder, context):
        yield from _of_workspace(Place(holder, "", Kind.CONTENT), call.node, call.node, None, context)


def _empties_cache(call: Call, holder: str) -> bool:
    return call.last == "clear" and _CACHE.search(holder) is not None


def _keys_of(call: Call, module: Module) -> Iterator[str]:
    """The variables that `os.environ.update(...)`, `.setdefault` and `.pop` change."""
    tree = module.tree
    for one in call.arguments:
        if one.type == "keyword_argument":
            name = one.child_by_field_name("name")
            if name is not None and call.last == "update":
                yield tree.text(name)
        elif one.type == "dictionary":
            for pair in one.named_children:
                key = tree.string(pair.child_by_field_name("key")) if pair.type == "pair" else None
                if key:
                    yield key
    first = call.argument(0)
    if call.last in ("pop", "setdefault") and first is not None and _key(first, module):
        yield _key(first, module)


def _may_be_container(holder: str, context: RuleContext) -> bool:
    """Whether a name may be that of a container, and of no object that has methods of the same names.

    Its name says so, by a plural, in capitals, or by a word for a container; or the module makes it one.
    """
    last = holder.rpartition(".")[2]
    place = context.module_at(context.canonical(holder))
    if place is None or not place[1] or "()" in holder:
        return False
    if context.definition(holder) is not None or _MANAGER.search(last):
        return False
    if _CONTAINER.search(last):
        return True
    return any(place[1] in one.names.split(" ") for one in context.rows_of(CONTAINERS, place[0]))


def _of_workspace(
    place: Place, statement: Node, target: Node, value: Node | None, context: RuleContext, key: str = ""
) -> Iterator[Change]:
    """The change, where it is of the workspace's own state."""
    if place.part in _OF_MOCKS:
        return
    dotted = context.canonical(place.holder.removesuffix("()"))
    found = context.module_at(dotted)
    if found is None or (place.kind is Kind.CONTENT and not found[1]):
        return
    name = found[1].partition(".")[0]
    if any(name in one.per_context.split(" ") for one in context.rows_of(CONTAINERS, found[0]) if name):
        return
    symbol = context.definition(dotted) if found[1] else None
    if symbol is not None and symbol.kind is not SymbolKind.CLASS and not place.holder.endswith("()"):
        return  # an attribute of a function
    held = f"{dotted}()" if place.holder.endswith("()") else dotted
    yield Change(Place(held, place.part, place.kind), statement, target, value, key)
