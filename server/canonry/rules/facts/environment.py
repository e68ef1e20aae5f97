"""Reads of environment variables and settings: where each key is read, what its default is, who serves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import CLASS
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import ancestors, block_of


class Source(StrEnum):
    """How a value comes from outside."""

    ENVIRONMENT = "environment"
    """`os.environ`, `os.getenv`."""
    READER = "reader"
    """A library's reader or a function of the project that is given the key: `config("KEY")`."""
    FIELD = "field"
    """A field of a pydantic settings class."""
    SETTINGS = "settings"
    """The settings object of the framework, asked by name: `getattr(settings, "KEY", default)`."""
    MANAGER = "manager"
    """A secret manager."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A read in a tree."""

    key: str
    """"" where it is computed."""
    source: Source
    node: Node
    """The call, subscript or field."""
    default: Node | None
    """What it is without a value; None where that is None or an error."""
    through: str = ""
    """The dotted name of the function that is given the key."""
    key_node: Node | None = None


class EnvironmentRead(msgspec.Struct, frozen=True, array_like=True):
    """A read as it is stored. Positions are code points."""

    key: str
    source: Source
    line: int
    column: int
    end_line: int
    end_column: int
    function: str
    """The local name of the function around it; "" at module level."""
    serves: str
    """The local name by which others get the value: the function that returns it, the constant or the
    attribute that holds it; "" where it is not handed on.
    """
    plain: bool
    """Whether `serves` is a function that can be called with no argument (or the key, where the key is
    computed), or is no function.
    """
    instance: str
    """Where `serves` is a class's: the module's own instance of the class (`settings`, `get_settings()`)."""
    through: str
    default: str | None
    statement: int
    """The line of the statement around it."""


_SIGNS = AnyOf(
    *(b"environ", b"getenv", b"basesettings", b"decouple", b"secret", b"setting", b"config.get"),
    *(b"starlette.config", b"env.", b"env["),
    any_case=True,
)
_WORDS = (b"env", b"config", b"conf", b"cfg", b"variable", b"var")
_CALLED = tuple(re.compile(word + rb"(?:_\w*)?\s*\(") for word in _WORDS)
"""One pattern each, with letters at its begin: such a search is ten times as fast as one for all."""


def _is_called(data: bytes) -> bool:
    low = data.lower()
    return any(one.search(low) for one in _CALLED)


_READERS_CALLED = AnyOf(*_WORDS, any_case=True, then=_is_called)
"""Whether a text calls something that may read by a key."""


_ENVIRON = ("os.environ.get", "os.getenv", "os.environ.__getitem__")
_READERS = frozenset(("environ.Env", "environ.FileAwareEnv", "environs.Env", "starlette.config.Config"))
_LIBRARY = frozenset(("decouple.config", "starlette.config.environ.get"))
_MANAGERS: Mapping[str, tuple[str, int | None]] = {
    "get_secret_value": ("SecretId", None),
    "access_secret_version": ("name", None),
    "get_secret": ("name", 0),
    "fetch_secret": ("name", 0),
    "load_secret": ("name", 0),
    "read_secret": ("path", 0),
    "read_secret_version": ("path", None),
}
"""Calls of secret managers: the keyword and the position of the secret's name."""
_READING = re.compile(
    r"(?:^|_)(?:env|environ|environment|setting|settings|config|conf|cfg|secret|variable|var)(?:_|$)"
)
_CONFIG_GET = re.compile(r"\bapp\.config\.get$|(?:^|\.)settings\.get$")
_KEY = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{4,}")
_SECRET_KEY = re.compile(r"[A-Za-z][\w/.:-]*")


@lru_cache(maxsize=2)
def reads_of(tree: ModuleTree) -> tuple[Read, ...]:
    """Every read of the environment or of settings by a key, in order for each kind.

    Kept for the trees that were asked last: several rules and the extractor ask for the same one.
    """
    return tuple(_reads(tree))


def _reads(tree: ModuleTree) -> Iterator[Read]:
    if not (tree.holds(_SIGNS) or tree.holds(_READERS_CALLED)):
        return
    for call in tree.calls_to(*_ENVIRON):
        node = call.argument(0, "key")
        if node is not None:
            key = tree.string(node)
            if key is None and node.type == "string":
                continue
            yield Read(key or "", Source.ENVIRONMENT, call.node, call.argument(1, "default"), key_node=node)
    if b"environ" in tree.data:
        yield from _subscripts(tree)
    for call in tree.calls_to("builtins.getattr"):
        key, held = tree.string(call.argument(1)), call.argument(0)
        if key and held is not None and tree.text(held).rpartition(".")[2] == "settings":
            yield Read(key, Source.SETTINGS, call.node, call.argument(2), key_node=call.argument(1))
    readers = _reader_names(tree)
    for call in tree.calls:
        if call.last == "get" and _CONFIG_GET.search(tree.text(call.function)):
            node = call.argument(0)
            key = tree.string(node)
            if key and _KEY.fullmatch(key):
                yield Read(key, Source.SETTINGS, call.node, call.argument(1), key_node=node)
        elif call.last in _MANAGERS or (call.last and (call.name in readers or _may_read(call))):
            read = _through_call(call, tree, readers)
            if read is not None:
                yield read
    if b"BaseSettings" in tree.data:
        for scope in tree.scopes.all():
            if scope.kind == CLASS and _is_settings(scope, tree):
                yield from _fields(scope, tree)


def _subscripts(tree: ModuleTree) -> Iterator[Read]:
    for node in tree.nodes("subscript"):
        if tree.resolve(node.child_by_field_name("value")) != "os.environ":
            continue
        parent = node.parent
        written = parent is not None and (
            parent.type == "delete_statement"
            or (parent.type in ("assignment", "augmented_assignment") and _is(parent, "left", node))
        )
        held = node.child_by_field_name("subscript")
        if not written and held is not None:
            key = tree.string(held)
            if key is not None or held.type != "string":
                yield Read(key or "", Source.ENVIRONMENT, node, None, key_node=held)


def _is(parent: Node, name: str, node: Node) -> bool:
    held = parent.child_by_field_name(name)
    return held is not None and held.id == node.id


def _reader_names(tree: ModuleTree) -> frozenset[str]:
    """The dotted names that read a variable when they are called with its key."""
    found = set(_LIBRARY)
    for call in tree.calls_to(*_READERS):
        parent = call.node.parent
        if parent is not None and parent.type == "assignment":
            name = tree.resolve(parent.child_by_field_name("left"))
            if name:
                found.add(name)
                found.update(
                    f"{name}.{kind}" for kind in ("str", "url", "db_url", "db", "cache_url", "cache")
                )
    return frozenset(found)


def _may_read(call: Call) -> bool:
    return bool(call.name) and _is_reader(call.last) and not call.name.startswith("os.")


@lru_cache(maxsize=20_000)
def _is_reader(name: str) -> bool:
    return _READING.search(name.lower()) is not None


def _through_call(call: Call, tree: ModuleTree, readers: frozenset[str]) -> Read | None:
    if call.last in _MANAGERS:
        keyword, position = _MANAGERS[call.last]
        node = call.argument(position, keyword)
        key = tree.string(node)
        if key and _SECRET_KEY.fullmatch(key):
            return Read(key, Source.MANAGER, call.node, None, call.name, node)
        return None
    node = call.argument(0)
    key = tree.string(node)
    if key is None or not _KEY.fullmatch(key):
        return None
    default = call.argument(None, "default")
    if default is None and (call.name not in readers or call.name in _LIBRARY):
        default = call.argument(1)
    return Read(key, Source.READER, call.node, default, call.name, node)


# pydantic


def _is_settings(scope: Scope, tree: ModuleTree) -> bool:
    bases = scope.node.child_by_field_name("superclasses")
    for one in bases.named_children if bases is not None else ():
        name = tree.resolve(one) if one.type in ("identifier", "attribute") else ""
        if name in ("pydantic_settings.BaseSettings", "pydantic.BaseSettings"):
            return True
        inner = next((each for each in tree.scopes.all() if name and tree.dotted(each) == name), None)
        if inner is not None and inner.kind == CLASS and inner is not scope and inner.start < scope.start:
            return _is_settings(inner, tree)
    return False


def _fields(scope: Scope, tree: ModuleTree) -> Iterator[Read]:
    prefix = _prefix(scope, tree)
    for statement in block_of(scope.node):
        node = statement.named_children[0] if statement.type == "expression_statement" else None
        if node is None or node.type != "assignment" or node.child_by_field_name("type") is None:
            continue
        name, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        if name is None or name.type != "identifier" or tree.text(name).startswith(("_", "model_config")):
            continue
        key, default = f"{prefix}{tree.text(name)}".upper(), value
        if value is not None and value.type == "call":
            called = next(one for one in tree.calls_within(value) if one.node.id == value.id)
            if called.last == "Field":
                default = called.argument(0, "default")
                for keyword in ("validation_alias", "alias", "env"):
                    key = tree.string(called.argument(None, keyword)) or key
            if default is not None and default.type == "call":
                inner = next(one for one in tree.calls_within(default) if one.node.id == default.id)
                if inner.last in ("SecretStr", "RedisDsn", "PostgresDsn", "AnyUrl", "HttpUrl"):
                    default = inner.argument(0)
        yield Read(key, Source.FIELD, node, default, key_node=name)


def _prefix(scope: Scope, tree: ModuleTree) -> str:
    for call in tree.calls_within(scope.node):
        if call.last in ("SettingsConfigDict", "ConfigDict"):
            return tree.string(call.argument(None, "env_prefix")) or ""
    for node in tree.nodes("assignment", within=scope.node):
        left = node.child_by_field_name("left")
        if left is not None and tree.text(left) == "env_prefix":
            return tree.string(node.child_by_field_name("right")) or ""
    return ""


# As it is stored


def default_text(read: Read, tree: ModuleTree) -> tuple[str, Node] | None:
    """The literal string that stands for a missing value, and the expression that is the read with it.

    That of the read itself, of `read or "text"` behind it, or of a constant of the module.
    """
    node = read.node
    found = _literal_text(read.default, tree)
    if found is not None:
        return found, node
    above = node.parent
    if read.default is None or read.default.type in ("none", "string"):
        while above is not None and above.type == "parenthesized_expression":
            node, above = above, above.parent
        if above is not None and above.type == "boolean_operator" and _is(above, "left", node):
            operator = above.child_by_field_name("operator")
            found = _literal_text(above.child_by_field_name("right"), tree)
            if operator is not None and operator.type == "or" and found:
                return found, above
    return None


def _literal_text(node: Node | None, tree: ModuleTree) -> str | None:
    if node is not None and node.type == "identifier":
        node = _constants(tree).get(tree.text(node))
    return tree.string(node)


@lru_cache(maxsize=2)
def _constants(tree: ModuleTree) -> Mapping[str, Node]:
    """What names are bound to at module level, where that happens once."""
    found: dict[str, list[Node]] = {}
    for statement in tree.statements:
        node = statement.named_children[0] if statement.type == "expression_statement" else None
        if node is not None and node.type == "assignment":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None and left.type == "identifier":
                found.setdefault(tree.text(left), []).append(right)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def _rows(tree: ModuleTree) -> Iterator[EnvironmentRead]:
    for read in reads_of(tree):
        place = tree.range(read.node)
        function = tree.scope_of(read.node).function
        serves, plain = _served(read, tree)
        if (not read.key and not serves) or is_asked_for(read.node):
            continue
        found = default_text(read, tree)
        statement = next(
            (one for one in ancestors(read.node) if one.parent is None or one.parent.type in _BODIES),
            read.node,
        )
        yield EnvironmentRead(
            read.key,
            read.source,
            place.start.line,
            place.start.column,
            place.end.line,
            place.end.column,
            function.local_name if function is not None else "",
            serves,
            plain,
            _instance(serves.rpartition(".")[0], tree) if "." in serves else "",
            read.through,
            found[0] if found is not None else None,
            statement.start_point[0],
        )


def is_asked_for(node: Node) -> bool:
    """`os.environ.get("X") is not None`: whether there is a value, which is not used."""
    above = node.parent
    return above is not None and above.type == "comparison_operator" and above.children[-1].type == "none"


_BODIES = ("block", "module")


def _served(read: Read, tree: ModuleTree) -> tuple[str, bool]:
    """The name by which others get what is read, and whether it needs no arguments."""
    scope = tree.scope_of(read.node)
    if read.source is Source.FIELD:
        left = read.node.child_by_field_name("left")
        return f"{scope.local_name}.{tree.text(left)}" if left is not None else "", True
    function = scope.function
    if function is not None and function.kind == "function":
        parameters = _parameters(function, tree)
        if not read.key:
            key = read.key_node
            given = bool(parameters) and key is not None and tree.text(key) == parameters[0]
            return (
                (function.local_name, True)
                if given and _is_returned(read.node, function, tree)
                else ("", False)
            )
        if _is_returned(read.node, function, tree):
            return function.local_name, not parameters
    statement = _kept_by(read.node, tree)
    if statement is None or statement.type != "assignment" or not read.key:
        return "", False
    left = statement.child_by_field_name("left")
    if left is None:
        return "", False
    if left.type == "identifier" and scope.kind in ("module", CLASS):
        above = scope.local_name
        return f"{above}.{tree.text(left)}" if above else tree.text(left), True
    owner = scope.enclosing_class
    if left.type == "attribute" and function is not None and function.is_method and owner is not None:
        head = left.child_by_field_name("object")
        name = left.child_by_field_name("attribute")
        if head is not None and name is not None and tree.text(head) == function.first_parameter:
            return f"{owner.local_name}.{tree.text(name)}", True
    return "", False


def _instance(owner: str, tree: ModuleTree) -> str:
    """The module-level name that holds an instance of a class, or the call that returns one."""
    module = tree.dotted(tree.scopes.module)
    for call in tree.calls_to(f"{module}.{owner}"):
        above = call.node.parent
        if call.arguments or above is None:
            continue
        if above.type == "assignment" and call.scope.kind == "module":
            left = above.child_by_field_name("left")
            if left is not None and left.type == "identifier":
                return tree.text(left)
        function = call.scope.function
        if above.type == "return_statement" and function is not None and not _parameters(function, tree):
            return f"{function.local_name}()" if "." not in function.local_name else ""
    return ""


def _parameters(function: Scope, tree: ModuleTree) -> list[str]:
    """The names of a function's parameters that must be given, without `self`."""
    held = function.node.child_by_field_name("parameters")
    found: list[str] = []
    for one in held.named_children if held is not None else ():
        name = one if one.type == "identifier" else None
        if one.type == "typed_parameter":
            name = one.named_children[0]
        if name is not None:
            found.append(tree.text(name))
    return found[1:] if function.is_method else found


def _is_returned(node: Node, function: Scope, tree: ModuleTree) -> bool:
    """Whether a function's result is what is read: it stands in a return, or in a name that is returned."""
    above = _kept_by(node, tree)
    if above is None or above.type == "return_statement":
        return above is not None
    left = above.child_by_field_name("left")
    return left is not None and any(
        any(one.type == "identifier" and tree.text(one) == tree.text(left) for one in returned.named_children)
        for returned in tree.nodes("return_statement", within=function.node)
    )


_LITERALS = frozenset(("string", "integer", "float", "none", "true", "false", "list", "tuple", "dictionary"))
_CONVERTERS = frozenset(
    ("int", "float", "bool", "str", "strip", "lower", "upper", "rstrip", "lstrip", "split")
)
_TRUTH = re.compile(r"""["'](?:true|yes|on|1)["']""", re.IGNORECASE)


def _kept_by(node: Node, tree: ModuleTree) -> Node | None:
    """The return or assignment that a value goes into, converted or with a literal default at most.

    None where it goes elsewhere, or into something that more than this key decides.
    """
    inner, above = node, node.parent
    while above is not None:
        kind = above.type
        if kind in ("return_statement", "assignment"):
            return above
        if kind == "call":
            function = above.child_by_field_name("function")
            last = tree.text(function).rpartition(".")[2] if function is not None else ""
            if last not in _CONVERTERS:
                return None
        elif kind == "boolean_operator":
            others = [one for one in above.named_children if one.id != inner.id]
            if any(one.type not in _LITERALS for one in others):
                return None
        elif kind == "comparison_operator":
            if not _TRUTH.search(tree.text(above)):
                return None
        elif kind not in ("parenthesized_expression", "attribute", "argument_list"):
            return None
        inner, above = above, above.parent
    return None


def _keys(row: EnvironmentRead) -> tuple[str, ...]:
    return (row.key,)


ENVIRONMENT = Extractor("environment", 5, EnvironmentRead, _rows, key=_keys)
"""Every read of an environment variable or settings key, by the key ("" for functions that are given it)."""
