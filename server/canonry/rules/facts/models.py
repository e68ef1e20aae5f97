"""Models of SQLAlchemy and Django: which attributes lead to other rows, and how they are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from tree_sitter import Node

from canonry.index.extraction import Extractor
from canonry.syntax import ModuleTree
from canonry.syntax.kinds import CLASS
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import block_of


class ModelRow(msgspec.Struct, frozen=True, array_like=True):
    """A class with relationships, or an attribute of one."""

    model: str
    """The dotted name of the class."""
    bases: tuple[str, ...] = ()
    attribute: str = ""
    """"" for the class itself."""
    framework: str = ""
    target: str = ""
    """What it leads to, as written: a dotted name where it is a name, else the string."""
    many: bool = False
    eager: bool = False
    """Loaded with its owner, or not by itself at all (`lazy="dynamic"`)."""
    reverse: str = ""
    """The attribute on the other side, "" for none."""
    manager: str = ""
    """For a class: the dotted name of the manager that it gives `objects`; `?` where it cannot be told."""


_QUICK = AnyOf(
    *(b"relationship(", b"Relationship(", b"ForeignKey(", b"OneToOneField(", b"ManyToManyField("),
    *(b"ParentalKey(", b"objects", b"select_related", b"prefetch_related"),
)
_DJANGO = {
    "ForeignKey": False,
    "OneToOneField": False,
    "TreeForeignKey": False,
    "ParentalKey": False,
    "ManyToManyField": True,
    "ParentalManyToManyField": True,
}
"""Fields of Django (and of packages in wide use) that lead to other rows; whether to many."""
_LAZY = ("select", True, None)
"""What `lazy=` says where the rows are read when the attribute is."""
EAGER_MANAGER = "!"
"""Framework of a class whose querysets load more by themselves."""


def _rows(tree: ModuleTree) -> Iterator[ModelRow]:
    if not tree.holds(_QUICK):
        return
    for scope in tree.scopes.all():
        if scope.kind == CLASS:
            yield from _class_rows(scope, tree)


def _class_rows(scope: Scope, tree: ModuleTree) -> Iterator[ModelRow]:
    model, found, manager = tree.dotted(scope), list[ModelRow](), ""
    calls = {call.node.id: call for call in tree.calls_within(scope.node)}
    for statement in block_of(scope.node):
        node = statement.named_children[0] if statement.type == "expression_statement" else None
        if node is None or node.type != "assignment":
            continue
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or left.type != "identifier":
            continue
        name, call = tree.text(left), calls.get(right.id)
        if name == "objects":
            manager = (call.name if call is not None else "") or "?"
        elif call is not None:
            row = _sqlalchemy(model, name, node, call, tree) or _django(model, name, call, tree)
            if row is not None:
                found.append(row)
    held = scope.node.child_by_field_name("superclasses")
    bases = tuple(
        dotted
        for one in (held.named_children if held is not None else ())
        if (dotted := tree.resolve(one) or (tree.text(one) if one.type == "identifier" else ""))
    )
    text = tree.data[scope.node.start_byte : scope.node.end_byte]
    if found or manager:
        yield ModelRow(model, bases, manager=manager)
    elif any(base.endswith(("Manager", "QuerySet")) for base in bases):
        if b"select_related" in text or b"prefetch_related" in text:
            yield ModelRow(model, bases, framework=EAGER_MANAGER)
    elif bases and any(one.endswith(("Model", "Base")) or "." in one for one in bases):
        yield ModelRow(model, bases)
    yield from found


def _sqlalchemy(model: str, name: str, node: Node, call: Call, tree: ModuleTree) -> ModelRow | None:
    if call.last not in ("relationship", "Relationship") or call.name.startswith("builtins"):
        return None
    eager = _is_eager(call, tree)
    if call.argument(None, "viewonly") is not None or "**" in tree.text(call.node):
        eager = True  # more is said of it than can be read here
    kind = node.child_by_field_name("type")
    annotation = tree.text(kind) if kind is not None else ""
    first = call.argument(0, "argument")
    target = tree.string(first) or tree.resolve(first)
    if not target:
        target = next(reversed(re.findall(r"[A-Za-z_]\w*", annotation)), "")
    uselist = tree.literal(call.argument(None, "uselist"))
    reverse = _back_reference(call.argument(None, "backref"), tree)
    many = uselist is not False and bool(re.search(r"[Ll]ist|[Ss]et|Sequence", annotation))
    return ModelRow(model, (), name, "sqlalchemy", target, many, eager, reverse)


def _is_eager(call: Call, tree: ModuleTree) -> bool:
    """Whether a relationship is loaded with the rows, or it cannot be told."""
    given = call.argument(None, "lazy")
    written = tree.literal(given)
    return given is not None and not (written in _LAZY and (written is not None or given.type == "none"))


def _back_reference(given: Node | None, tree: ModuleTree) -> str:
    """The attribute that `backref` makes on the other side; "" for none, and one that is loaded eagerly."""
    if given is None or given.type != "call":
        return tree.string(given) or ""
    call = next(one for one in tree.calls_within(given) if one.node.id == given.id)
    is_lazy = call.last == "backref" and not _is_eager(call, tree) and "**" not in tree.text(given)
    return (tree.string(call.argument(0, "name")) or "") if is_lazy else ""


def _django(model: str, name: str, call: Call, tree: ModuleTree) -> ModelRow | None:
    many = _DJANGO.get(call.last)
    if many is None or not call.name or call.name.startswith("sqlalchemy"):
        return None
    if call.name.startswith("django.db") or call.last not in ("ForeignKey",):
        first = call.argument(0, "to")
        target = tree.string(first) or tree.resolve(first)
        related = call.argument(None, "related_name")
        reverse = tree.string(related) if related is not None else f"{model.rpartition('.')[2].lower()}_set"
        if not reverse or "%" in reverse or reverse.endswith("+") or call.last == "OneToOneField":
            reverse = ""
        return ModelRow(model, (), name, "django", target, many, False, reverse)
    return None


def _keys(row: ModelRow) -> tuple[str, ...]:
    return (row.model,)


MODELS = Extractor("models", 2, ModelRow, _rows, key=_keys)
"""Classes with relationships, their bases, and each relationship."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribute that leads to other rows."""

    model: str
    """The class that has it."""
    attribute: str
    framework: str
    many: bool
    eager: bool


@dataclass(slots=True)
class Models:
    """All models of a workspace."""

    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    eager_managers: set[str] = field(default_factory=set)
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def relation(self, model: str, attribute: str) -> Relation | None:
        """The relation that an attribute of a model is, inherited ones too."""
        for one in self.line(model):
            found = self.relations.get(one, {}).get(attribute)
            if found is not None:
                return found
        return None

    def has_relations(self, model: str) -> bool:
        """Whether a name is a class with relations."""
        return any(one in self.relations for one in self.line(model))

    def line(self, model: str) -> list[str]:
        """A class and its bases, nearest first, as far as the workspace has them."""
        found = [model]
        for one in found:
            found.extend(base for base in self.bases.get(one, ()) if base not in found)
            if len(found) > 50:
                break
        return found

    def plain_manager(self, model: str) -> bool:
        """Whether `objects` of a Django model loads nothing more by itself, as far as is known."""
        for one in self.line(model):
            manager = self.managers.get(one)
            if manager:
                return (
                    manager != "?"
                    and self.eager_managers.isdisjoint(self.line(manager))
                    and (manager in self.bases or manager.startswith("django."))
                )
        return True


def models_of(rows: Mapping[str, tuple[ModelRow, ...]]) -> Models:
    """For `RuleContext.derived`."""
    found = Models()
    by_name: dict[str, list[str]] = {}
    everything = [one for held in rows.values() for one in held]
    for one in everything:
        if not one.attribute:
            if one.framework == EAGER_MANAGER:
                found.eager_managers.add(one.model)
            found.bases[one.model] = one.bases
            found.managers[one.model] = one.manager
            by_name.setdefault(one.model.rpartition(".")[2], []).append(one.model)
    for one in everything:
        if one.attribute:
            found.relations.setdefault(one.model, {})[one.attribute] = Relation(
                one.model, one.attribute, one.framework, one.many, one.eager
            )
    for one in everything:
        if not one.reverse or not one.attribute:
            continue
        target = one.target if one.target in found.bases else ""
        if not target:
            same = by_name.get(one.target.rpartition(".")[2], [])
            target = same[0] if len(same) == 1 else ""
        if target and one.reverse not in found.relations.get(target, {}):
            many = one.framework == "django" or not one.many
            found.relations.setdefault(target, {})[one.reverse] = Relation(
                target, one.reverse, one.framework, many, False
            )
    return found
