"""Why an existing definition cannot take the place of a new one, as far as the two alone tell."""

from __future__ import annotations

import keyword

import libcst as cst

from canonry.edits.definitions import Definition
from canonry.edits.facts import closure_of
from canonry.edits.imports import imported_name
from canonry.edits.names import Bound, ScopeKind
from canonry.edits.naming import Place, is_special
from canonry.edits.sources import UseExisting
from canonry.edits.tree import walk
from canonry.model import Symbol, SymbolKind, Trait


def reason_by_symbols(request: UseExisting) -> str:
    """What kinds and names of the two definitions say against it; "" where they say nothing."""
    new, target = request.definition, request.target
    if new.kind is SymbolKind.METHOD:
        return f"{new.name} is a method: code that finds it through its class would miss it"
    if target.kind is SymbolKind.METHOD:
        owner = target.qualified_name.rpartition(".")[0].rpartition(".")[2]
        return f"{target.name} is a method of {owner}; call it on an instance"
    if new.kind is not target.kind:
        return f"{new.name} is a {new.kind} and {target.name} a {target.kind}"
    if is_special(new.name):
        return f"Python itself looks for {new.name}"
    if request.file.path.suffix == ".pyi" or target.path.suffix == ".pyi":
        return "a stub describes code that stands elsewhere"
    if is_same_file(request):
        if "." in target.local_name and target.module:
            return f"{target.local_name} is not at the top level of this file"
        if new.name_range == target.name_range:
            return f"{new.name} is the existing definition"
        return ""
    return _reason_against_import(target) or reason_by_folder(request)


def reason_by_folder(request: UseExisting) -> str:
    """Why no file but those beside the existing definition's can import it; "" where others can."""
    if not request.is_apart:
        return ""
    folder = request.target.path.parent.name
    return f"{request.target.module} is a module that only files in its folder ({folder}) can import"


def _reason_against_import(target: Symbol) -> str:
    if not target.importable:
        if not target.module:
            return f"{target.path.name} cannot be imported"
        return f"{target.local_name} is defined inside another definition; nothing can import it"
    if target.traits & Trait.TYPE_CHECKING:
        return f"{target.name} exists for type checkers only"
    parts = target.module.split(".")
    if any(not one.isidentifier() or keyword.iskeyword(one) for one in parts):
        return f"no import statement can name the module {target.module}"
    if parts[-1] == "__main__":
        return f"importing {target.module} would run it"
    return ""


def reason_by_place(place: Place, new: Definition, request: UseExisting) -> str:
    """What the place of the new definition says against it; "" where it says nothing."""
    block = place.names.parents.get(place.node)
    owner = place.names.parents.get(block) if isinstance(block, cst.IndentedBlock) else block
    if place.scope.kind is ScopeKind.CLASS:
        return f"{place.name} belongs to a class: code that finds it through the class would miss it"
    if owner is not place.scope.node:
        return f"{place.name} is defined under a condition, so other code may define it otherwise"
    for binding in place.scope.bindings[place.name]:
        if binding.node is place.node.name:
            continue
        if place.is_removed(binding.node):
            return f"{place.name} binds its own name again on line {place.tree.line(binding.node)}"
        is_target = imported_name(binding, place.file) == dotted_name(request.target)
        if binding.how is not Bound.IMPORT or not is_target or place.scope.kind is not ScopeKind.MODULE:
            return f"line {place.tree.line(binding.node)} binds {place.name} too"
    if place.scope.kind is ScopeKind.FUNCTION:
        return _reason_by_closure(place, new, block)
    return ""


def _reason_by_closure(place: Place, new: Definition, block: cst.CSTNode | None) -> str:
    outer: set[str] = set()
    scope = place.scope
    while scope.parent is not None:
        if scope.kind is not ScopeKind.CLASS:
            outer |= scope.bindings.keys()
        scope = scope.parent
    used = closure_of(new, frozenset(outer))
    written = [
        item.name.value
        for node in walk(new.node)
        if isinstance(node, cst.Nonlocal)
        for item in node.names
        if item.name.value in outer
    ]
    if used or written:
        return f"{place.name} uses {', '.join(used or written)} of the function around it"
    if isinstance(block, cst.IndentedBlock) and len(block.body) == 1:
        return f"the function around {place.name} would be empty"
    return ""


def is_same_file(request: UseExisting) -> bool:
    """Whether both definitions stand in one file."""
    return request.file.path == request.target_file.path


def dotted_name(symbol: Symbol) -> str:
    """The name under which an import finds a definition."""
    return f"{symbol.module}.{symbol.name}"
