"""What classes have: their members as far as a text tells, and whether they may have more."""

from __future__ import annotations

import builtins
import enum
import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.rules.base import RuleContext
from canonry.rules.facts.decorators import called, decorators_of
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import CLASS
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf

_OWN = re.compile(rb"\b(?:self|cls)\.(\w+)")
_EACH_OWN = tuple(re.compile(name + rb"(?<!\w" + name + rb")\.(\w+)") for name in (b"self", b"cls"))
"""The same in two patterns that begin with letters: such a search is ten times as fast."""
_DYNAMIC = re.compile(
    rb"\b(?:__getattr__|__getattribute__|__dict__|__new__|__init_subclass__|setattr|vars|locals|globals|exec)\b"
).search
_ASSIGNED = re.compile(rb"(\w+)\s*(?::[^=\n]*)?=(?!=)")
_MAY_BE_DYNAMIC = AnyOf(
    *(
        b"__getattr",
        b"__dict__",
        b"__new__",
        b"__init_subclass__",
        b"setattr",
        b"vars",
        b"locals",
        b"globals",
    ),
    b"exec",
    then=_DYNAMIC,
)
"""Words by which a class gives itself members that no text names."""
_PLAIN_DECORATORS = frozenset(
    (
        *("dataclasses.dataclass", "functools.total_ordering", "typing.final", "typing.runtime_checkable"),
        *("typing_extensions.final", "typing_extensions.runtime_checkable", "attr.s", "attr.define"),
        *("attrs.define", "attrs.frozen", "attr.frozen", "attr.attrs", "warnings.deprecated"),
    )
)
"""Decorators that add no members of their own, besides special ones."""
MEMBERLESS = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions", "abc", "collections.abc")
    for name in ("ABC", "Generic", "Protocol", "Hashable", "Sized")
)
"""Bases outside of the workspace that have no members but special ones."""

_OF_STANDARD_CLASSES = {
    "typing.NamedTuple": frozenset(
        (*dir(tuple), "_make", "_asdict", "_replace", "_fields", "_field_defaults", "__annotations__")
    ),
    **{
        f"enum.{one.__name__}": frozenset((*dir(one), "name", "value", "_name_", "_value_", "mro"))
        for one in (enum.Enum, enum.IntEnum, enum.StrEnum, enum.Flag, enum.IntFlag)
    },
}
"""Members of classes of the standard library that others are commonly made of."""


class ClassMembers(msgspec.Struct, frozen=True, array_like=True):
    """One class of a file."""

    local_name: str
    bases: tuple[str, ...]
    """Dotted; "" for one that cannot be told."""
    members: tuple[str, ...]
    """Methods, class attributes, and all that its methods read or set on `self` and `cls`; sorted."""
    dynamic: bool
    """It may have more: `__getattr__`, setattr, a metaclass, a decorator."""


def _classes(tree: ModuleTree) -> Iterator[ClassMembers]:
    data = tree.data
    if b"class " not in data:
        return
    may_be_dynamic = tree.holds(_MAY_BE_DYNAMIC)
    for scope in tree.scopes.all():
        if scope.kind != CLASS or not scope.name or "<locals>" in scope.local_name:
            continue
        text = data[scope.start : scope.end]
        names = {one.decode("utf-8", "replace") for one in _own(text)}
        names.update(scope.bound)
        names.update(_assigned_outside(scope.name, data))
        bases, meta = _bases(scope.node, tree)
        dynamic = meta or (may_be_dynamic and bool(_DYNAMIC(text))) or _is_made_over(scope, tree)
        yield ClassMembers(scope.local_name, bases, tuple(sorted(names)), dynamic)


CLASSES = Extractor("class-members", 1, ClassMembers, _classes)


def _own(text: bytes) -> set[bytes]:
    """What stands behind `self.` and `cls.`."""
    if b"self.cls" in text or b"cls.self" in text:
        return {*_OWN.findall(text)}  # the two patterns would find what stands behind both
    return {one for own in _EACH_OWN for one in own.findall(text)}


def _assigned_outside(name: str, data: bytes) -> Iterator[str]:
    """The attributes that statements assign to a class by its name: `Shop.rate = 2`."""
    written = name.encode() + b"."
    at = data.find(written)
    while at >= 0:
        behind = at + len(written)
        before = data[data.rfind(b"\n", 0, at) + 1 : at]
        match = _ASSIGNED.match(data, behind) if not before or before.isspace() else None
        if match is not None:
            yield match[1].decode("utf-8", "replace")
        at = data.find(written, behind)


def _bases(node: Node, tree: ModuleTree) -> tuple[tuple[str, ...], bool]:
    """The bases, and whether there is a metaclass or anything else that may make members."""
    held = node.child_by_field_name("superclasses")
    if held is None:
        return (), False
    found: list[str] = []
    meta = False
    for one in held.named_children:
        if one.type == "comment":
            continue
        if one.type == "keyword_argument":
            name = one.child_by_field_name("name")
            value = one.child_by_field_name("value")
            is_abc = value is not None and tree.resolve(value) == "abc.ABCMeta"
            meta = meta or name is None or tree.text(name) != "metaclass" or not is_abc
            continue
        if one.type == "subscript":
            one = one.child_by_field_name("value") or one
        found.append(tree.resolve(one))
    return tuple(found), meta


def _is_made_over(scope: Scope, tree: ModuleTree) -> bool:
    """Whether a decorator, or setattr somewhere in the file, may add members."""
    if any(tree.resolve(called(one)) not in _PLAIN_DECORATORS for one in decorators_of(scope)):
        return True
    return b"setattr(" + scope.name.encode() in tree.data


def members_of(dotted: str, context: RuleContext, depth: int = 0) -> frozenset[str] | None:
    """All members of a class of the workspace, inherited ones too; None where there may be others."""
    if depth > 12:
        return None
    canonical = context.canonical(dotted)
    place = context.module_at(canonical)
    if place is None or not place[1]:
        return None
    module = canonical[: -len(place[1]) - 1]
    if len(set(context.paths_of_module(module))) != 1:
        return None
    rows = [one for one in context.rows_of(CLASSES, place[0]) if one.local_name == place[1]]
    if not rows:
        return None
    found: set[str] = set()
    for row in rows:
        if row.dynamic:
            return None
        found.update(row.members)
        for base in row.bases:
            inherited = _of_base(base, context, depth)
            if inherited is None:
                return None
            found |= inherited
    return frozenset(found)


def _of_base(base: str, context: RuleContext, depth: int) -> frozenset[str] | None:
    if base in MEMBERLESS:
        return frozenset()
    if base in _OF_STANDARD_CLASSES:
        return _OF_STANDARD_CLASSES[base]
    module, _, name = base.rpartition(".")
    if module == "builtins":
        return frozenset(dir(getattr(builtins, name, None)))
    return members_of(base, context, depth + 1) if base else None
