"""What the existing definition's own module says of its name, and what both definitions read around them."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from canonry.edits.binding import names_of
from canonry.edits.definitions import code_of
from canonry.edits.names import Binding, Bound
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
