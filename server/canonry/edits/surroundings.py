"""What two definitions read of the modules that they stand in, where they read it by the same names."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

import libcst as cst

from canonry.edits.align import differing_constants
from canonry.edits.binding import names_of
from canonry.edits.definitions import Definition, code_of
from canonry.edits.imports import imported_module, imported_name
from canonry.edits.names import Binding, Bound, Names
from canonry.edits.sources import SourceFile, UseExisting
from canonry.edits.tree import Unparsed, dotted, parse_text, walk

_OF_THE_MODULE = frozenset(("__file__", "__path__", "__spec__", "__package__", "globals", "eval", "exec"))
"""Names that every module has for itself. `__name__` is left out: mostly it names a logger."""

_MAKING_TYPES = frozenset(
    ("namedtuple", "NamedTuple", "NewType", "TypedDict", "type", "make_dataclass", "Enum")
)
"""Functions that make a class: two of them are two, whatever they are made of."""

_MOST_TOLD = 3
"""Names with another meaning that are told one by one."""


@dataclass(frozen=True, slots=True)
class _Module:
    file: SourceFile
    names: Names
    canonical: Callable[[str], str]
    """A dotted name with re-exports followed to the definition."""

    def meaning(self, binding: Binding) -> str:
        """What an import of the module binds, dotted; "" for no import."""
        found = imported_name(binding, self.file)
        return self.canonical(found) if found else ""


def differing_surroundings(
    new: Definition, here: Names, target: Definition, request: UseExisting
) -> list[str]:
    """Names of the modules that mean other things to two definitions, a clause each.

    `here` are the names of the new one's module. Functions whose bodies differ in more than constants are not
    compared: that they differ is said already.
    """
    one, other = new.node, target.node
    if (
        isinstance(one, cst.FunctionDef)
        and isinstance(other, cst.FunctionDef)
        and differing_constants(one, new.names, other, target.names) is None
    ):
        return []
    shared = new.names.unresolved().keys() & target.names.unresolved().keys()
    tree = parse_text(request.target_file.text)
    if isinstance(tree, Unparsed):
        return []
    mine = _Module(request.file, here, request.canonical)
    theirs = _Module(request.target_file, names_of(tree), request.canonical)
    found: list[str] = []
    relative = any(isinstance(node, cst.ImportFrom) and node.relative for node in walk(one))
    if relative and request.file.package != request.target_file.package:
        found.append(f"the relative imports in {target.name} mean other modules")
    found += [
        _told(name, mine, theirs)
        for name in sorted(shared - {new.name, target.name})
        if not _is_same(name, mine, theirs, frozenset())
    ]
    return found[:_MOST_TOLD]


def _told(name: str, mine: _Module, theirs: _Module) -> str:
    here, there = _short_meaning(name, mine), _short_meaning(name, theirs)
    if here and there and here != there:
        return f"{name} is {there} there, and {here} here"
    if mine.names.module.bindings.get(name) and theirs.names.module.bindings.get(name):
        return f"each module has its own {name}"
    return f"{name} may mean something else there"


def _short_meaning(name: str, module: _Module) -> str:
    """What a module binds a name to, where that is an import or a literal; "" where it is longer to tell."""
    bindings = module.names.module.bindings.get(name, [])
    if len(bindings) != 1:
        return ""
    value = _value(bindings[0])
    if isinstance(value, (cst.Integer, cst.Float, cst.SimpleString)) or (
        isinstance(value, cst.Name) and value.value in ("True", "False", "None")
    ):
        return code_of(value)
    return module.meaning(bindings[0])


def _value(binding: Binding) -> cst.BaseExpression | None:
    """What a plain assignment `name = value` gives a name."""
    owner = binding.owner
    if binding.how is not Bound.ASSIGNMENT:
        return None
    if isinstance(owner, cst.Assign) and all(isinstance(one.target, cst.Name) for one in owner.targets):
        return owner.value
    return owner.value if isinstance(owner, cst.AnnAssign) else None


def _is_same(name: str, one: _Module, other: _Module, asked: Set[str]) -> bool:
    """Whether a name is the same thing in two modules, as far as their texts tell; `asked` is taken as so."""
    if name in asked:
        return True
    if name in _OF_THE_MODULE:
        return False
    mine, theirs = (list(each.names.module.bindings.get(name, ())) for each in (one, other))
    if not mine or not theirs:
        return _is_same_unbound(name, one, mine, other, theirs)
    if len(mine) != len(theirs):
        return False
    return all(
        _same_bindings(left, one, right, other, {*asked, name})
        for left, right in zip(mine, theirs, strict=True)
    )


def _is_same_unbound(
    name: str, one: _Module, mine: list[Binding], other: _Module, theirs: list[Binding]
) -> bool:
    """Whether a name that one module at least does not bind by itself is a builtin, or from the same star."""
    stars = [set(_starred(each)) for each in (one, other)]
    if not mine and not theirs:
        return stars[0] == stars[1] or hasattr(builtins, name)
    bound, module, unbound = (mine, one, stars[1]) if mine else (theirs, other, stars[0])
    meanings = {module.meaning(each) or f"{module.file.module}.{name}" for each in bound}
    return bool(unbound) and all(each.rpartition(".")[0] in unbound for each in meanings)


def _starred(module: _Module) -> Iterator[str]:
    for star in module.names.star_imports:
        if isinstance(star, cst.ImportFrom):
            yield imported_module(star, module.file)


def _same_bindings(mine: Binding, one: _Module, theirs: Binding, other: _Module, asked: Set[str]) -> bool:
    here, there = one.meaning(mine), other.meaning(theirs)
    if here or there:
        own, its = (
            dotted_name or f"{module.file.module}.{binding.name}"
            for dotted_name, module, binding in ((here, one, mine), (there, other, theirs))
        )
        return own == its
    if mine.how is not theirs.how:
        return False
    if mine.how is Bound.CLASS:
        return False  # whatever they do: who catches or tests for one does not for the other
    if mine.how is Bound.FUNCTION:
        return _same_code(mine.owner, one, theirs.owner, other, asked)
    left, right = _value(mine), _value(theirs)
    if left is None or right is None:
        return False
    return not _is_own(left) and _same_code(left, one, right, other, asked)


def _is_own(value: cst.BaseExpression) -> bool:
    """Whether an expression makes a thing of its own: something empty that is filled later, or a class."""
    if isinstance(value, (cst.Dict, cst.List, cst.Set)):
        return not value.elements
    if isinstance(value, cst.Call):
        return not value.args or dotted(value.func).rpartition(".")[2] in _MAKING_TYPES
    return False


def _same_code(mine: cst.CSTNode, one: _Module, theirs: cst.CSTNode, other: _Module, asked: Set[str]) -> bool:
    """Whether two stretches are the same code, and read the same things of their modules."""
    if code_of(mine) != code_of(theirs):
        return False
    nodes = set(walk(mine))
    return all(
        _is_same(name, one, other, asked)
        for name, uses in one.names.uses.items()
        if any(
            use.node in nodes and one.names.resolve(use.scope, name) in (None, one.names.module)
            for use in uses
        )
    )
