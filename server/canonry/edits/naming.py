"""Under which name the existing definition is used in the file: its own, or that of the new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from canonry.edits.imports import TEXT_OF_CODE, at_top_level, imported_name, star_follows, type_checking_block
from canonry.edits.names import Binding, Names, Scope, ScopeKind, Use
from canonry.edits.sources import SourceFile
from canonry.edits.tree import Tree, children, walk


@dataclass(frozen=True, slots=True)
class Naming:
    """The decision: the name at the uses, and what must be imported for it."""

    name: str
    is_bound: bool
    """Whether the file has that name for the existing definition already."""
    functions: tuple[cst.FunctionDef, ...] = ()
    """The functions that import it, where the module itself cannot."""
    is_needed: bool = True
    """Whether the file itself needs the name: not where other files alone use the definition."""
    assigned: bool = False
    """Whether the new definition's name stays as an assignment, since only others need it."""
    reexported: bool = False
    """Whether the import says by `as` that others need the name."""


@dataclass(frozen=True, slots=True)
class Place:
    """The new definition in its file."""

    file: SourceFile
    tree: Tree
    names: Names
    node: cst.FunctionDef | cst.ClassDef
    scope: Scope
    """The scope that it stands in."""
    removed: tuple[int, int]
    """The offsets between which everything goes."""

    @property
    def name(self) -> str:
        """Its name."""
        return self.node.name.value

    def is_removed(self, node: cst.CSTNode) -> bool:
        """Whether a node goes with it."""
        return self.removed[0] <= self.tree.span(node)[0] < self.removed[1]


def choose_name(place: Place, target: str, own: str, uses: Sequence[Use], keep: bool) -> Naming | None:
    """The name under which the uses find the existing definition; None where neither can be had.

    `target` is the dotted name under which it is imported, `own` its name; `keep` says that the new
    definition's name has to stay valid in the file.
    """
    if own == place.name:
        return _under_old_name(place, target)
    if not keep:
        for name in (*_bound_names(place, target), own):
            if _can_rename(place, target, name, uses):
                return Naming(name, name in _bound_names(place, target))
    return _under_old_name(place, target)


def _under_old_name(place: Place, target: str) -> Naming | None:
    name = place.name
    if place.scope.kind is not ScopeKind.MODULE:
        if _outer_meaning(place, name) is not None or name in _read_from_outside(place, name):
            return None
        return Naming(name, False)
    return Naming(name, name in _bound_names(place, target))


def _bound_names(place: Place, target: str) -> list[str]:
    """The names that unconditional imports before the definition give to `target`, and no star may take."""
    found: list[str] = []
    for name, bindings in place.names.module.bindings.items():
        for binding in bindings:
            if (
                imported_name(binding, place.file) == target
                and binding.scope is place.names.module
                and at_top_level(binding, place.names)
                and place.tree.span(binding.owner)[0] < place.removed[0]
                and not star_follows(place.tree, place.names, binding.owner)
                and _others_agree(place, target, bindings)
            ):
                found.append(name)
                break
    return found


def _others_agree(place: Place, target: str, bindings: Sequence[Binding]) -> bool:
    return all(imported_name(one, place.file) == target or place.is_removed(one.owner) for one in bindings)


def _can_rename(place: Place, target: str, name: str, uses: Sequence[Use]) -> bool:
    names, module = place.names, place.names.module
    stars = [place.tree.span(one)[0] for one in names.star_imports]
    if any(start > place.removed[0] for start in stars):
        return False
    bindings = [one for one in module.bindings.get(name, ()) if not place.is_removed(one.node)]
    if any(star_follows(place.tree, names, one.owner) for one in bindings):
        return False  # an import that cannot be relied on, and a second one of the name beside it
    if any(
        imported_name(one, place.file) != target
        or not (at_top_level(one, names) or type_checking_block(one.owner, names))
        for one in bindings
    ):
        return False
    if not bindings and name in _read_from_outside(place, name):
        return False
    for use in uses:
        if names.resolve(use.scope, name) not in (None, module) or use.quoted:
            return False
        if name.startswith("__") and not name.endswith("__") and _in_class(use):
            return False
        if any(
            isinstance(one, cst.FormattedStringExpression) and one.equal for one in names.enclosing(use.node)
        ):
            return False
    return True


def _in_class(use: Use) -> bool:
    """Whether names with two underscores in front are mangled where a use stands."""
    at: Scope | None = use.scope
    while at is not None:
        if at.kind is ScopeKind.CLASS:
            return True
        at = at.parent
    return False


def _read_from_outside(place: Place, name: str) -> set[str]:
    """`name`, where something that stays reads it and nothing in the module binds it: a builtin, mostly."""
    uses = place.names.uses.get(name, ())
    free = (one for one in uses if place.names.resolve(one.scope, name) is None)
    return {one.name for one in free if not place.is_removed(one.node)}


def _outer_meaning(place: Place, name: str) -> Scope | None:
    parent = place.scope.parent
    return place.names.resolve(parent, name) if parent is not None else None


# What keeps a name alive


def is_named_by_text(place: Place) -> bool:
    """Whether something reaches the definition by a string of its name: `__all__`, `getattr`, a doctest."""
    name = place.name
    if any(not place.is_removed(one) for one in place.names.calls_by_name):
        return True
    if name in exported_names(place.tree.module):
        return True
    for node in walk(place.tree.module):
        if (
            isinstance(node, cst.SimpleString)
            and node.evaluated_value in (name, f"{place.file.module}.{name}", f"{place.file.module}:{name}")
            and not place.is_removed(node)
            and ("." in str(node.evaluated_value) or _reaches_attributes(place.names, node))
        ):
            return True
    for match in TEXT_OF_CODE.finditer(place.tree.text):
        start, end = place.removed
        if not start <= match.start() < end and re.search(rf"\b{re.escape(name)}\b", match[1]):
            return True
    return False


REACHING = frozenset(
    ("getattr", "setattr", "hasattr", "delattr", "attrgetter", "patch", "object", "import_string", "fixture",
     "usefixtures", "getfixturevalue")
)  # fmt: skip
"""Functions and methods, by their last name, that look something up by a string of its name."""


def _reaches_attributes(names: Names, node: cst.CSTNode) -> bool:
    """Whether a string is an argument of a call that looks names up by strings."""
    outer = next(names.enclosing(node), None)
    call = names.parents.get(outer) if isinstance(outer, cst.Arg) else None
    return isinstance(call, cst.Call) and (
        (isinstance(call.func, cst.Attribute) and call.func.attr.value in REACHING)
        or (isinstance(call.func, cst.Name) and call.func.value in REACHING)
    )


def is_special(name: str) -> bool:
    """Whether Python itself looks for a name: `__init__`, `__eq__`."""
    return name.startswith("__") and name.endswith("__")


def exported_names(module: cst.Module) -> Iterator[str]:
    """The names that statements about `__all__` list."""
    for line in module.body:
        if not isinstance(line, cst.SimpleStatementLine):
            continue
        for one in line.body:
            if _mentions_all(one):
                for node in walk(one):
                    if isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str):
                        yield node.evaluated_value


def _mentions_all(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Name):
        return node.value == "__all__"
    return any(_mentions_all(one) for one in children(node))
