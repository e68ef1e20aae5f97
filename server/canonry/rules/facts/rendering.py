"""How an exception is shown where it is used: as its text alone, with its type, or handed on as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from string import Formatter

from tree_sitter import Node

from canonry.rules.facts.handlers import uses_of
from canonry.syntax import ModuleTree
from canonry.syntax.named import Call
from canonry.syntax.tree import ancestors


class Shown(Enum):
    """What a reader gets to see of an exception."""

    TEXT = "text"
    """`str(error)`, by whatever way."""
    MORE = "more"
    """Its type, its traceback, a part of it; or something that cannot be told."""


_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([a-zA-Z%])")
_REPR = frozenset(("r", "a"))
_SAME = frozenset(
    ("concatenated_string", "parenthesized_expression", "conditional_expression", "boolean_operator")
)
"""Expressions around a text that are that text, or one of two."""
_TEXT_METHODS = frozenset(
    (*("strip", "rstrip", "lstrip", "replace", "lower", "upper", "title", "capitalize", "encode", "decode"),)
)


def shown_in(log: Call, name: str, tree: ModuleTree) -> list[Shown]:
    """What the arguments of a logger's call show of the exception called `name`, a value for each use."""
    return [_shown(use, log, tree) for one in log.arguments for use in uses_of(one, name, tree)]


def is_text(node: Node, name: str, tree: ModuleTree) -> bool:
    """Whether an expression is a text that has the exception called `name` in it, as its text alone."""
    uses = list(uses_of(node, name, tree))
    return bool(uses) and all(_text_up_to(use, node, tree) for use in uses)


def _text_up_to(use: Node, end: Node, tree: ModuleTree) -> bool:
    made = _rendered(use, end, tree)
    return made is not None and made.id == end.id and use.id != end.id


def _shown(use: Node, log: Call, tree: ModuleTree) -> Shown:
    arguments = log.node.child_by_field_name("arguments")
    if arguments is None:
        return Shown.MORE
    bare = use.parent is not None and use.parent.id == arguments.id
    if bare:
        return _placed(use, log, tree)
    made = _rendered(use, arguments, tree)
    if made is None:
        return Shown.MORE
    above = made.parent
    while above is not None and above.id != arguments.id:
        # `error=str(e)`, `extra={"error": str(e)}`: a field of its own that has the text.
        if above.type not in ("keyword_argument", "pair", "dictionary") or made.id == use.id:
            return Shown.MORE
        above = above.parent
    return Shown.TEXT


def _rendered(use: Node, end: Node, tree: ModuleTree) -> Node | None:
    """The largest expression below `end`, or `end`, that is a text made of the exception's text; None where
    it is made of more, or of something that cannot be told. The use itself where nothing is made of it.
    """
    inner = use
    while inner.id != end.id:
        above = inner.parent
        if above is None:
            return None
        kind = above.type
        if kind == "interpolation":
            if not _is_plain_interpolation(above, tree):
                return None
            inner = above.parent or above
        elif kind in _SAME:
            inner = above
        elif kind == "subscript" and inner.id != use.id:
            inner = above  # `str(error)[:200]`
        elif kind == "binary_operator":
            if not _is_plain_operand(inner, above, tree):
                return None
            inner = above
        elif kind == "tuple" and above.parent is not None and above.parent.type == "binary_operator":
            if not _is_plain_operand(inner, above.parent, tree):
                return None
            inner = above.parent
        elif kind in ("argument_list", "keyword_argument"):
            if above.id == end.id:
                return inner
            call = next(ancestors(above, "call"), None)
            if call is None or (kind == "keyword_argument" and call.child_by_field_name("arguments") == end):
                return inner
            if not _renders(call, inner, tree):
                return None
            inner = call
        elif kind == "attribute" and inner.id != use.id:
            # A method of the text: `str(error).strip()`.
            call = above.parent
            last = above.child_by_field_name("attribute")
            if call is None or call.type != "call" or last is None or tree.text(last) not in _TEXT_METHODS:
                return None
            inner = call
        else:
            return inner if kind in ("pair", "keyword_argument") else None
    return inner


def _is_plain_interpolation(node: Node, tree: ModuleTree) -> bool:
    conversion = node.child_by_field_name("type_conversion")
    if conversion is not None:
        return tree.text(conversion) == "!s"
    return not any(one.type == "=" for one in node.children)


def _is_plain_operand(inner: Node, operation: Node, tree: ModuleTree) -> bool:
    """Whether `text + error`, `text % error` or `text % (..., error)` shows the text alone."""
    operator = operation.child_by_field_name("operator")
    right = operation.child_by_field_name("right")
    if operator is None or right is None:
        return False
    if tree.text(operator) == "+":
        return inner.parent == operation
    if tree.text(operator) != "%":
        return False
    left = operation.child_by_field_name("left")
    if left is not None and left.start_byte <= inner.start_byte < left.end_byte:
        return True
    at = 0
    if right.type == "tuple":
        at = next((n for n, one in enumerate(_items(right)) if one.id == inner.id), 0)
    return not _is_repr(tree.string(left) if left is not None else None, at)


def _items(node: Node) -> Sequence[Node]:
    return [one for one in node.named_children if one.type != "comment"]


def _is_repr(template: str | None, at: int) -> bool:
    """Whether the value at a position of a %-template (or of loguru's, with braces) is shown by its repr."""
    if template is not None and "!r}" in template:
        return True
    found = [kind for _, kind in _PLACEHOLDER.findall(template or "") if kind != "%"]
    return at < len(found) and found[at] in _REPR


def _renders(call: Node, argument: Node, tree: ModuleTree) -> bool:
    """Whether a call makes a text of its argument's text: `str(error)`, `"...".format(error)`."""
    function = call.child_by_field_name("function")
    if function is None:
        return False
    if function.type == "attribute":
        last = function.child_by_field_name("attribute")
        template = tree.string(function.child_by_field_name("object"))
        if last is None or tree.text(last) != "format" or template is None:
            return False
        return not _formats_repr(template, argument, call, tree)
    return tree.resolve(function) in ("builtins.str", "builtins.format")


def _formats_repr(template: str, argument: Node, call: Node, tree: ModuleTree) -> bool:
    held = call.child_by_field_name("arguments")
    place = argument.parent
    key = ""
    if place is not None and place.type == "keyword_argument":
        named = place.child_by_field_name("name")
        key = tree.text(named) if named is not None else ""
    elif held is not None:
        key = str(next((n for n, one in enumerate(_items(held)) if one.id == argument.id), 0))
    try:
        fields = [
            (name, conversion) for _, name, _, conversion in Formatter().parse(template) if name is not None
        ]
    except ValueError:
        return True
    for number, (name, conversion) in enumerate(fields):
        head = re.split(r"[.\[]", name, maxsplit=1)[0] or str(number)
        if head == key and (conversion in _REPR or name not in ("", head)):
            return True
    return False


def _placed(use: Node, log: Call, tree: ModuleTree) -> Shown:
    """What the exception is as a positional argument: the message itself, or a value of its template."""
    arguments = [one for one in log.arguments if one.type != "keyword_argument"]
    at = next((n for n, one in enumerate(arguments) if one.id == use.id), 0)
    first = 1 if log.last == "log" else 0
    if at == first:
        return Shown.TEXT
    template = tree.string(arguments[first]) if len(arguments) > first else None
    if template is None and arguments[first].type not in ("string", "concatenated_string"):
        return Shown.TEXT if arguments[first].type in ("identifier", "attribute") else Shown.MORE
    return Shown.MORE if _is_repr(template, at - first - 1) else Shown.TEXT
