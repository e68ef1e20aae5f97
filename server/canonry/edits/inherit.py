"""A method that repeats what its class inherits goes."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst
from libcst import matchers

from canonry.edits.definitions import code_of
from canonry.edits.extend import is_mangled, member_removals
from canonry.edits.imports import drop_imports, find_unused_imports
from canonry.edits.naming import exported_names, is_special
from canonry.edits.same_members import ClassInFile, located, parts_of, same_members
from canonry.edits.sources import SourceFile, UseExisting
from canonry.edits.text import join_deletions, splice_text, to_edits
from canonry.edits.tree import computed, walk
from canonry.edits.verify import problem_with
from canonry.model import Applicability, FileEdit, Fix, Refusal, Symbol

_PLAIN = frozenset(("staticmethod", "classmethod", "property"))
"""Decorators that do nothing when a class is made but wrap the function."""


def inherit(request: UseExisting) -> Fix | Refusal:
    """The change that takes a method out which its class inherits from `request.target`, or why not.

    That the class would have it from there is for the caller to know. Only a method that is the same goes:
    equal but for docstring, comments and annotations, where all that it reads of its module is the same thing
    there. Safe where no comment or docstring of its own goes with it, and no
    decorator may keep a list of what it decorates.
    """
    return computed(_compute, request)


def _compute(request: UseExisting) -> Fix | Refusal:
    found = []
    for file, symbol in ((request.file, request.definition), (request.target_file, request.target)):
        one = _read(file, symbol, request.canonical)
        if isinstance(one, str):
            return Refusal(one)
        found.append(one)
    (mine, method), (theirs, other) = found
    if is_mangled(method):
        return Refusal(f"private names (__x) of {mine.node.name.value} belong to the class that has them")
    if any(isinstance(one, cst.Name) and one.value in ("super", "__class__") for one in walk(method)):
        return Refusal(f"super() in {method.name.value} means what stands above {mine.node.name.value}")
    if method not in same_members(mine, theirs):
        return Refusal(f"{theirs.node.name.value}.{other.name.value} does something else")
    return _fix(request, mine, method, theirs, other)


def _read(
    file: SourceFile, symbol: Symbol, canonical: Callable[[str], str]
) -> tuple[ClassInFile, cst.FunctionDef] | str:
    """The class of a method in its file, and the method there; a reason where there is none."""
    place = located(file, symbol)
    if isinstance(place, str):
        return place
    tree, names, definition, start = place
    for scope in names.scopes:
        node = scope.node
        if not isinstance(node, cst.ClassDef):
            continue
        for part in parts_of(node):
            if isinstance(part, cst.FunctionDef) and tree.span(part.name)[0] == start:
                return ClassInFile(file, tree, names, node, scope, definition, canonical), part
    return f"{symbol.name} does not stand right in the body of a class"


def _fix(
    request: UseExisting,
    mine: ClassInFile,
    method: cst.FunctionDef,
    theirs: ClassInFile,
    other: cst.FunctionDef,
) -> Fix | Refusal:
    tree, names = mine.tree, mine.names
    splices = member_removals(mine, [method])
    spans = [(one.start, one.end) for one in splices]
    kept = {*request.exported, *exported_names(tree.module)}
    unused = find_unused_imports(tree, names, request.file, spans, kept)
    splices = join_deletions([*splices, *drop_imports(tree, names, unused)])
    after = splice_text(request.file.text, splices)
    problem = problem_with(names, after, "")
    if problem:
        return Refusal(f"internal: {problem}")
    cautions = _cautions(method, other)
    if is_special(method.name.value):
        cautions += _made_by_the_class(mine.node, method.name.value)
    return Fix(
        f"Remove {method.name.value}: {mine.node.name.value} inherits it from {theirs.node.name.value}",
        (FileEdit(request.file.path, to_edits(tree.lines, splices), request.file.version),),
        Applicability.UNSAFE if cautions else Applicability.SAFE,
        "; ".join(cautions),
    )


def _cautions(method: cst.FunctionDef, other: cst.FunctionDef) -> list[str]:
    said = _remarks(other)
    cautions: list[str] = []
    if any(one not in said for one in _remarks(method)):
        cautions.append("comments in it go")
    own = method.get_docstring()
    if own and own != other.get_docstring():
        cautions.append("its own docstring goes")
    registering = [
        code_of(one.decorator) for one in method.decorators if code_of(one.decorator) not in _PLAIN
    ]
    if registering:
        cautions.append(f"@{registering[0]} no longer sees it")
    return cautions


def _made_by_the_class(node: cst.ClassDef, name: str) -> list[str]:
    """What Python, or a decorator of the class, does because a special method stands in the class itself."""
    cautions = [f"@{code_of(one.decorator)} may make {name} where there is none" for one in node.decorators]
    has = {part.name.value for part in parts_of(node) if isinstance(part, cst.FunctionDef)}
    if name == "__eq__" and "__hash__" not in has:
        cautions.append("a class with __eq__ and no __hash__ has no hash; without either it inherits one")
    return cautions


def _remarks(node: cst.FunctionDef) -> list[str]:
    """The comments in a definition and above it."""
    return [one.value for one in matchers.findall(node, matchers.Comment()) if isinstance(one, cst.Comment)]
