"""What the existing definition's own module says of its name, and what both definitions read around them."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from canonry.edits.align import corresponding_names
from canonry.edits.binding import names_of
from canonry.edits.definitions import Definition, code_of
from canonry.edits.imports import imported_name
from canonry.edits.names import Binding, Bound, Names
from canonry.edits.sources import SourceFile
from canonry.edits.tree import Tree, Unparsed, parse_text
from canonry.model import Symbol


@dataclass(frozen=True, slots=True)
class Doubts:
    """Why what an import gives may be another thing than the definition."""

    refusal: str = ""
    """Why no import gives it at all."""
    cautions: tuple[str, ...] = ()


def doubts_about(target: Symbol, file: SourceFile, stub: SourceFile | None) -> Doubts:
    """What may stand between an import of the existing definition and the definition.

    Its module may bind the name again, delete it, or bind it under a condition only; a stub beside the
    module (`stub`), which type checkers read in its place, may not have it.
    """
    cautions: list[str] = []
    tree = parse_text(file.text)
    if isinstance(tree, Unparsed):
        cautions.append(f"{file.path.name} {tree.reason.partition(';')[0]}")
    else:
        names = names_of(tree)
        bindings = [one for one in names.module.bindings.get(target.name, ()) if not _is_overload(one)]
        own = next((one for one in bindings if _stands_at(target, one, tree)), None)
        rest = [one for one in bindings if one is not own]
        if own is not None:
            start = tree.span(own.node)[0]
            free = not any(
                isinstance(outer, cst.BaseCompoundStatement) for outer in names.enclosing(own.owner)
            )
            for one in rest:
                line = tree.line(one.node)
                later = tree.span(one.node)[0] > start
                if one.how is Bound.DELETION and later:
                    return Doubts(f"{file.path.name} deletes {target.name} again on line {line}")
                if later or not free:
                    cautions.append(f"line {line} of {file.path.name} binds {target.name} too")
            if not free and not rest:
                cautions.append(f"{file.path.name} defines {target.name} under a condition")
    if stub is not None and not _has(stub, target.name):
        cautions.append(f"type checkers read {stub.path.name}, which has no {target.name}")
    return Doubts("", tuple(cautions[:3]))


def told_stub(name: str, stub: SourceFile | None) -> list[str]:
    """What may change where code comes to use a definition whose types stand in a stub: a clause, or none."""
    return [f"type checkers take the types of {name} from {stub.path.name}"] if stub is not None else []


def _is_overload(binding: Binding) -> bool:
    node = binding.owner
    return isinstance(node, cst.FunctionDef) and any(
        code_of(one.decorator).rpartition(".")[2] == "overload" for one in node.decorators
    )


def _stands_at(symbol: Symbol, binding: Binding, tree: Tree) -> bool:
    return tree.lines.position(tree.span(binding.node)[0]) == symbol.name_range.start


def _has(stub: SourceFile, name: str) -> bool:
    tree = parse_text(stub.text)
    if isinstance(tree, Unparsed):
        return True  # as good as none: nothing can be said
    names = names_of(tree)
    return name in names.module.bindings or bool(names.star_imports)


# What both read of their modules


def differing_surroundings(
    new: Definition, here: tuple[Names, SourceFile], target: Definition, target_file: SourceFile
) -> list[str]:
    """Names of the modules that mean other things to two functions whose bodies are the same, a clause each.

    `here` is the module of the new one.
    """
    one, other = new.node, target.node
    if not isinstance(one, cst.FunctionDef) or not isinstance(other, cst.FunctionDef):
        return []
    if corresponding_names(one, new.names, other, target.names) is None:
        return []
    shared = new.names.unresolved().keys() & target.names.unresolved().keys()
    tree = parse_text(target_file.text)
    if not shared or isinstance(tree, Unparsed):
        return []
    there = names_of(tree), target_file
    found: list[str] = []
    for name in sorted(shared):
        mine, theirs = (_told(name, *place) for place in (here, there))
        if mine and theirs and mine != theirs:
            found.append(f"{name} is {theirs} there, and {mine} here")
    return found


def _told(name: str, names: Names, file: SourceFile) -> str:
    """What a module binds a name to, where that is an import or a literal; "" where it cannot be told."""
    bindings = names.module.bindings.get(name, [])
    if len(bindings) != 1:
        return ""
    (binding,) = bindings
    if binding.how is Bound.IMPORT:
        return imported_name(binding, file)
    owner = binding.owner
    if binding.how is Bound.ASSIGNMENT and isinstance(owner, (cst.Assign, cst.AnnAssign)):
        value = owner.value
        if isinstance(value, (cst.Integer, cst.Float, cst.SimpleString)) or (
            isinstance(value, cst.Name) and value.value in ("True", "False", "None")
        ):
            return code_of(value)
    return ""
