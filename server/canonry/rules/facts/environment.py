"""Reads of environment variables and settings as the index has them: what is read, and who hands it on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.rules.facts.environment_reads import (
    Read,
    Source,
    default_text,
    is_asked_for,
    needed_parameters,
    reads_of,
)
from canonry.rules.facts.handlers import uses_of
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import CLASS
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import ancestors

_BODIES = ("block", "module")
_TEXTS = frozenset(("str", "Optional[str]", "typing.Optional[str]", "None"))
"""Annotations of fields that give the text as it is."""
_LITERALS = frozenset(("string", "integer", "float", "none", "true", "false", "list", "tuple", "dictionary"))
_CONVERTERS = frozenset(
    (
        *("int", "float", "bool", "str", "strip", "lower", "upper", "rstrip", "lstrip", "split"),
        *("Path", "resolve", "expanduser", "absolute"),
    )
)
_OF_PATHS = frozenset(("resolve", "expanduser", "absolute"))
"""Of these, those that are methods of a path; as functions they may do anything."""
_OF_OTHER_TYPE = frozenset(("int", "float", "bool", "split", "Path")) | _OF_PATHS
"""Of these, those that give no text."""
_TRUTH = re.compile(r"""["'](?:true|yes|on|1)["']""", re.IGNORECASE)


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
    converts: str
    """What `serves` gives instead of the text: `int`, `bool`, `split`, or a field's type; "" for the text."""
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


def _rows(tree: ModuleTree) -> Iterator[EnvironmentRead]:
    for read in reads_of(tree):
        place = tree.range(read.node)
        function = tree.scope_of(read.node).function
        serves, plain = _served(read, tree)
        is_field = bool(serves) and serves == _field_of(read, tree)
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
            _conversion(read, tree) if serves else "",
            plain,
            _instance(serves.rpartition(".")[0], tree, function.name if function and is_field else "")
            if "." in serves
            else "",
            read.through,
            found[0] if found is not None else None,
            statement.start_point[0],
        )


def _conversion(read: Read, tree: ModuleTree) -> str:
    """What is made of the text before others get it; "" where they get the text."""
    if read.source is not Source.FIELD:
        return _made_of(read.node, tree)
    annotation = read.node.child_by_field_name("type")
    parts = tree.text(annotation).split("|") if annotation is not None else []
    return next((one.strip() for one in parts if one.strip() not in _TEXTS), "")


def _made_of(node: Node, tree: ModuleTree) -> str:
    """The outermost conversion that a value goes through, up to where it is returned or kept."""
    made = ""
    for above in ancestors(node):
        if above.type in ("return_statement", "expression_statement", "block"):
            break
        if above.type == "comparison_operator":
            made = "bool"
        elif above.type == "for_in_clause":
            made = "list"
        elif above.type == "call":
            function = above.child_by_field_name("function")
            last = tree.text(function).rpartition(".")[2] if function is not None else ""
            made = last if last in _OF_OTHER_TYPE else made
        elif above.type == "assignment":
            left, function_scope = above.child_by_field_name("left"), tree.scope_of(above).function
            if left is None or left.type != "identifier" or function_scope is None:
                break
            for returned in tree.nodes("return_statement", within=function_scope.node):
                for use in uses_of(returned, tree.text(left), tree):
                    return _made_of(use, tree) or made
            break
    return made


def _served(read: Read, tree: ModuleTree) -> tuple[str, bool]:
    """The name by which others get what is read, and whether it needs no arguments."""
    scope = tree.scope_of(read.node)
    if read.source is Source.FIELD:
        left = read.node.child_by_field_name("left")
        return f"{scope.local_name}.{tree.text(left)}" if left is not None else "", True
    function = scope.function
    if function is not None and function.kind == "function":
        parameters = needed_parameters(function, tree)
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
    field = _field_of(read, tree)
    if field and function is not None and _instance(field.rpartition(".")[0], tree, function.name):
        return field, True
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


def _field_of(read: Read, tree: ModuleTree) -> str:
    """The field that a class method gives a read to: `cls(zone=os.environ["ZONE"])`; "" for none."""
    function = tree.scope_of(read.node).function
    owner = function.enclosing_class if function is not None else None
    if function is None or owner is None or function.parent is not owner or not read.key:
        return ""
    given = next(ancestors(read.node, "keyword_argument", "block"), None)
    made = given.parent.parent if given is not None and given.parent is not None else None
    if given is None or given.type != "keyword_argument" or made is None or made.type != "call":
        return ""
    name, value = given.child_by_field_name("name"), given.child_by_field_name("value")
    maker = made.child_by_field_name("function")
    if name is None or value is None or maker is None or not _is_conversion_of(value, read.node, tree):
        return ""
    first = function.first_parameter
    if tree.text(maker) not in (owner.name, first) or first == "self":
        return ""
    return f"{owner.local_name}.{tree.text(name)}"


def _is_conversion_of(value: Node, read: Node, tree: ModuleTree) -> bool:
    """Whether a value is a read, converted at most."""
    inner: Node | None = read
    while inner is not None and inner.id != value.id:
        inner = inner.parent
        if inner is not None and inner.type == "call":
            function = inner.child_by_field_name("function")
            if function is None or tree.text(function).rpartition(".")[2] not in _CONVERTERS:
                return False
        elif inner is not None and inner.type not in ("argument_list", "attribute"):
            return False
    return inner is not None


def _instance(owner: str, tree: ModuleTree, method: str = "") -> str:
    """The module-level name that holds an instance of a class, or the call that returns one.

    `method`: the class method that makes the instance, "" for the class itself.
    """
    module = tree.dotted(tree.scopes.module)
    for call in tree.calls_to(f"{module}.{owner}{method and f'.{method}'}"):
        above = call.node.parent
        if call.arguments or above is None:
            continue
        if above.type == "assignment" and call.scope.kind == "module":
            left = above.child_by_field_name("left")
            if left is not None and left.type == "identifier":
                return tree.text(left)
        function = call.scope.function
        if (
            above.type == "return_statement"
            and function is not None
            and not needed_parameters(function, tree)
        ):
            return f"{function.local_name}()" if "." not in function.local_name else ""
    return ""


def _is_returned(node: Node, function: Scope, tree: ModuleTree) -> bool:
    """Whether a function's result is what is read: it stands in a return, or in a name that is returned."""
    above = _kept_by(node, tree)
    if above is None or above.type == "return_statement":
        return above is not None
    left = above.child_by_field_name("left")
    if left is None or left.type != "identifier":
        return False
    for returned in tree.nodes("return_statement", within=function.node):
        for one in uses_of(returned, tree.text(left), tree):
            kept = _kept_by(one, tree)
            if kept is not None and kept.id == returned.id:
                return True
    return False


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
            if last not in _CONVERTERS or (last in _OF_PATHS and inner.type == "argument_list"):
                return None
        elif kind == "boolean_operator":
            others = [one for one in above.named_children if one.id != inner.id]
            if any(one.type not in _LITERALS for one in others):
                return None
        elif kind == "comparison_operator":
            if not _TRUTH.search(tree.text(above)):
                return None
        elif kind == "for_in_clause":
            right = above.child_by_field_name("right")
            if right is None or right.id != inner.id:
                return None
        elif kind in ("list_comprehension", "set_comprehension"):
            if inner.type != "for_in_clause":
                return None
        elif kind not in ("parenthesized_expression", "attribute", "argument_list"):
            return None
        inner, above = above, above.parent
    return None


def _keys(row: EnvironmentRead) -> tuple[str, ...]:
    return (row.key,)


ENVIRONMENT = Extractor("environment", 7, EnvironmentRead, _rows, key=_keys)
"""Every read of an environment variable or settings key, by the key ("" for functions that are given it)."""
