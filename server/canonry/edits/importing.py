"""An import of the existing definition, under a name that is free where it will be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canonry.edits.cycles import import_path
from canonry.edits.imports import (
    Unused,
    at_top_level,
    drop_imports,
    import_lines,
    imported_name,
    star_follows,
)
from canonry.edits.merging import NewImport, Style
from canonry.edits.names import Names, Scope
from canonry.edits.placement import module_spelling, place_import
from canonry.edits.reasons import reason_by_folder
from canonry.edits.sources import UseExisting
from canonry.edits.text import Splice
from canonry.edits.tree import Tree
from canonry.model import Refusal


@dataclass(frozen=True, slots=True)
class Imported:
    """The name by which the existing definition is read, and what binds it."""

    name: str
    module: str = ""
    """The module to import it from, as the file spells it; "" where the file has the name already."""
    in_function: bool = False
    """Whether the import has to stand where the name is read: modules would import each other, or an
    `import *` further down might take the name."""

    def member(self, own: str) -> str:
        """What stands behind `import`."""
        return own if self.name == own else f"{own} as {self.name}"


def find_import(
    request: UseExisting, tree: Tree, names: Names, readers: Sequence[Scope], before: int, runs_later: bool
) -> Imported | Refusal:
    """How the scopes `readers` can read the existing definition.

    Imports count, and are made, that stand before the offset `before`. `runs_later` says that the readers are
    functions, which may import by themselves.
    """
    target, file = request.target, request.file
    goal = f"{target.module}.{target.name}"
    module = names.module

    def sees(name: str) -> bool:
        return all(names.resolve(one, name) in (None, module) for one in readers)

    if request.target_file.path == file.path:
        bindings = module.bindings.get(target.name, [])
        if len(bindings) != 1 or not sees(target.name):
            return Refusal(f"{target.name} means something else where {request.definition.name} stands")
        if not runs_later and tree.span(bindings[0].node)[0] > before:
            return Refusal(f"{target.name} is defined further down")
        return Imported(target.name)
    for name, bindings in module.bindings.items():
        if sees(name) and all(
            imported_name(one, file) == goal
            and one.scope is module
            and at_top_level(one, names)
            and tree.span(one.owner)[0] < before
            and not star_follows(tree, names, one.owner)
            for one in bindings
        ):
            return Imported(name)
    if reason := reason_by_folder(request):
        return Refusal(reason)
    lines = import_lines(tree, file)
    spelled = module_spelling(file, target.module, request.relative_imports, lines)
    outer = target.module.rpartition(".")[2].strip("_")
    if outer.startswith("test"):
        outer = f"from_{outer}"  # a runner would take what begins so for a test
    names_tried = (target.name, f"{outer}_{target.name.lstrip('_')}", f"existing_{target.name.lstrip('_')}")
    for name in names_tried:
        read = any(names.resolve(use.scope, name) is None for use in names.uses.get(name, ()))
        if not module.bindings.get(name) and not read and sees(name):
            if any(tree.span(one)[0] >= before for one in names.star_imports):
                if not runs_later:
                    return Refusal(f"`import *` further down may bind {name} too")
                return Imported(name, spelled, in_function=True)
            if any(one.module == target.module for one in lines if one.end <= before):
                return Imported(name, spelled)
            path = import_path(target.module, file.module, request.imports_of)
            if path and not runs_later:
                return Refusal(f"the import would go in a circle: {' imports '.join(path)}")
            return Imported(name, spelled, in_function=bool(path))
    return Refusal(f"{target.name} means something else in this file")


def write_import(
    request: UseExisting,
    tree: Tree,
    names: Names,
    found: Imported,
    before: int,
    unused: Unused,
    removed: Sequence[Splice],
) -> list[Splice]:
    """The edits for an import that does not stand in a function, and for those that nothing uses any more."""
    if not found.module or found.in_function:
        return list(drop_imports(tree, names, unused))
    target = request.target
    new = NewImport(target.module, target.name, found.name if found.name != target.name else "")
    style = Style(request.first_party, request.relative_imports, request.line_length)
    return place_import(tree, names, request.file, new, style, before, unused, removed)
