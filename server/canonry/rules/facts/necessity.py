"""What names say of whether something is needed: `optional_cache`, `non_critical`, `REQUIRED_TABLES`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from tree_sitter import Node

from canonry.syntax import ModuleTree
from canonry.syntax.signs import AnyOf
from canonry.syntax.words import split_identifier

SIGNS: Final = AnyOf(
    *(b"optional", b"required", b"mandatory", b"essential", b"best_effort", b"besteffort", b"nice_to_have"),
    *(b"non_critical", b"noncritical", b"non_fatal", b"nonfatal", b"not_critical"),
    any_case=True,
)
"""What a text without any such name has nowhere."""


class Need(Enum):
    """Whether a name says that one can do without what it names."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class Form(Enum):
    """What a name stands for."""

    FLAG = "flag"
    """The quality alone: `optional`, `is_required`, `plugin.best_effort`."""
    FAILURE = "failure"
    """That something of that quality has failed: `best_effort_upload_failed`."""
    THING = "thing"
    """Something of that quality: `optional_cache`, `OPTIONAL_SERVICES`."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What a name says."""

    need: Need
    form: Form
    strong: bool
    """Whether the name speaks of failing itself (`non_critical`, `best_effort`): `optional` may as well be
    a type, a parameter that may be left out, a field of a form.
    """


_STRONG: Final = (
    ("non", "critical"),
    ("noncritical",),
    ("not", "critical"),
    ("best", "effort"),
    ("besteffort",),
    ("nice", "to", "have"),
    ("non", "fatal"),
    ("nonfatal",),
)
_OPTIONAL: Final = (
    ("optional",),
    ("optionals",),
    ("non", "essential"),
    ("nonessential",),
    ("not", "essential"),
    ("non", "required"),
    ("not", "required"),
    ("non", "mandatory"),
)
_REQUIRED: Final = (("required",), ("mandatory",), ("essential",), ("non", "optional"), ("not", "optional"))
_AROUND: Final = frozenset(("is", "are", "was", "be", "if", "mode", "flag", "only", "marked", "s"))
"""Words beside a quality that name nothing."""
_NO_THING: Final = frozenset(
    (
        *("type", "types", "typing", "annotation", "hint", "union", "chain", "group", "version", "versions"),
        *("param", "params", "parameter", "parameters", "options", "settings", "config", "kwarg"),
        *("str", "int", "float", "bool", "dict", "list", "arg", "args", "kwargs", "argument", "arguments"),
        *(
            "no",
            "without",
            "allow",
            "disallow",
            "ignore",
            "include",
            "exclude",
            "skip",
            "strict",
            "by",
            "with",
        ),
    )
)
"""Words beside a quality that make it speak of types, of a syntax, or of what to do about it."""
_FAILURE: Final = frozenset(
    (
        *(
            "failed",
            "failure",
            "failures",
            "fails",
            "failing",
            "error",
            "errors",
            "errored",
            "missing",
            "absent",
        ),
        *("unavailable", "unreachable", "unhealthy", "down", "broken", "dead", "lost", "offline", "crashed"),
        *("timeout", "exception", "exceptions", "problem", "problems", "unmet", "unset", "failing"),
    )
)


@lru_cache(maxsize=4_000)
def quality_of(name: str) -> Quality | None:
    """What a name says of need; None where it says nothing of it, or both."""
    words = split_identifier(name)
    for phrases, need, strong in (
        (_STRONG, Need.OPTIONAL, True),
        (_OPTIONAL[2:], Need.OPTIONAL, False),
        (_REQUIRED, Need.REQUIRED, False),
        (_OPTIONAL[:2], Need.OPTIONAL, False),
    ):
        at, phrase = next(
            ((at, one) for one in phrases for at in range(len(words)) if words[at : at + len(one)] == one),
            (0, ()),
        )
        if not phrase:
            continue
        rest = [*words[:at], *words[at + len(phrase) :]]
        if not _NO_THING.isdisjoint(rest) or not {"optional", "required", "mandatory"}.isdisjoint(rest):
            return None
        if at and words[at - 1] in ("not", "non"):
            return None
        things = [one for one in rest if one not in _AROUND]
        if not _FAILURE.isdisjoint(things):
            return Quality(need, Form.FAILURE, strong)
        return Quality(need, Form.THING if things else Form.FLAG, strong)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """An expression whose last name says something of need."""

    node: Node
    name: str
    quality: Quality
    root: str
    """The first name of the expression: `plugin` of `plugin.optional`, itself for a plain name."""


def named(node: Node | None, tree: ModuleTree) -> Named | None:
    """What an expression is by its last name: a name, an attribute, `x["optional"]`, `x.get("optional")`."""
    while node is not None and node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    if node is None:
        return None
    name = _last_name(node, tree)
    quality = quality_of(name) if name else None
    return Named(node, name, quality, root_of(node, tree)) if quality is not None else None


def _last_name(node: Node, tree: ModuleTree) -> str:
    if node.type == "identifier":
        return tree.text(node)
    if node.type == "attribute":
        last = node.child_by_field_name("attribute")
        return tree.text(last) if last is not None else ""
    if node.type == "subscript":
        return tree.string(node.child_by_field_name("subscript")) or ""
    if node.type == "call":
        function, held = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or held is None or function.type != "attribute":
            return ""
        last = function.child_by_field_name("attribute")
        if last is not None and tree.text(last) == "get" and held.named_children:
            return tree.string(held.named_children[0]) or ""
        return tree.text(last) if last is not None and not held.named_children else ""
    return ""


def root_of(node: Node, tree: ModuleTree) -> str:
    """The name that a chain of attributes, subscripts and calls begins with (`self.x` for `self`)."""
    inner, below = node, ""
    while inner.type in ("attribute", "subscript", "call"):
        if inner.type == "attribute":
            last = inner.child_by_field_name("attribute")
            below = tree.text(last) if last is not None else ""
        field = {"attribute": "object", "subscript": "value", "call": "function"}[inner.type]
        following = inner.child_by_field_name(field)
        if following is None:
            return ""
        inner = following
    text = tree.text(inner) if inner.type == "identifier" else ""
    return f"{text}.{below}" if text in ("self", "cls") and below else text


def names_in(node: Node, tree: ModuleTree) -> Iterator[str]:
    """Every name in an expression, attributes and string literals among them."""
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "identifier":
            yield tree.text(one)
        elif one.type == "string":
            value = tree.string(one)
            if value is not None:
                yield value
        pending.extend(one.named_children)


def speaks_of_failure(name: str) -> bool:
    """Whether a name has a word for something that has failed or is not there; `fail_on_error` has none."""
    words = split_identifier(name)
    return not _FAILURE.isdisjoint(words) and "on" not in words
