"""Where a tree reads environment variables and settings by a key, and what the default is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tree_sitter import Node

from canonry.rules.facts.handlers import mentions
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import CLASS
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import block_of


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
_RESOURCE = re.compile(r"(?:^|/)secrets/([A-Za-z][\w-]*)(?:/versions/|$)")
"""The name of a secret as Google's manager has it, in a path of the project and the version."""


def reads_of(tree: ModuleTree) -> tuple[Read, ...]:
    """Every read of the environment or of settings by a key, in order for each kind."""
    return tree.once(_all_reads)  # several rules and the extractor ask for the same one


def _all_reads(tree: ModuleTree) -> tuple[Read, ...]:
    return tuple(_reads(tree))


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


def is_asked_for(node: Node) -> bool:
    """`os.environ.get("X") is not None`: whether there is a value, which is not used."""
    above = node.parent
    return above is not None and above.type == "comparison_operator" and above.children[-1].type == "none"


def needed_parameters(function: Scope, tree: ModuleTree) -> list[str]:
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
    helpers = _manager_helpers(tree)
    for call in tree.calls:
        if call.last == "get" and _CONFIG_GET.search(tree.text(call.function)):
            node = call.argument(0)
            key = tree.string(node)
            if key and _KEY.fullmatch(key):
                yield Read(key, Source.SETTINGS, call.node, call.argument(1), key_node=node)
        elif call.name in helpers:
            node = call.argument(0)
            name = _secret_named(node, call, tree)
            if name:
                yield Read(name, Source.MANAGER, call.node, None, key_node=node)
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
        named = _name_of_secret(call)
        asked = _secret_named(named, call, tree)
        return Read(asked, Source.MANAGER, call.node, None, call.name, named) if asked else None
    node = call.argument(0)
    key = tree.string(node)
    if key is None or not _KEY.fullmatch(key):
        return None
    default = call.argument(None, "default")
    if default is None and (call.name not in readers or call.name in _LIBRARY):
        default = call.argument(1)
    return Read(key, Source.READER, call.node, default, call.name, node)


def _name_of_secret(call: Call) -> Node | None:
    keyword, position = _MANAGERS[call.last]
    return call.argument(position, keyword)


def _secret_named(node: Node | None, call: Call, tree: ModuleTree) -> str:
    """The key that a manager is asked for: a literal, or the literal part of a resource's name."""
    if node is not None and node.type == "identifier":
        node = tree.assigned_value(tree.text(node), call.scope)
    key = tree.string(node) or ""
    if not key and node is not None and node.type == "string":
        key = tree.text(node)  # an f-string: its literal parts
    resource = _RESOURCE.search(key)
    if resource is not None:
        return resource[1]
    return key if _SECRET_KEY.fullmatch(key) else ""


def _manager_helpers(tree: ModuleTree) -> frozenset[str]:
    """The module's functions that are given a key and ask a secret manager for it, by their dotted names."""
    found: set[str] = set()
    for call in tree.calls:
        function = call.scope.function
        if call.last not in _MANAGERS or function is None:
            continue
        node = _name_of_secret(call)
        if node is not None and node.type == "identifier":
            node = tree.assigned_value(tree.text(node), call.scope) or node
        if node is None:
            continue
        given = needed_parameters(function, tree)
        if given and (tree.text(node) == given[0] or mentions(node, given[0], tree)):
            found.add(tree.dotted(function))
    return frozenset(found)


def _literal_text(node: Node | None, tree: ModuleTree) -> str | None:
    if node is not None and node.type == "identifier":
        node = tree.once(_constants).get(tree.text(node))
    return tree.string(node)


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
