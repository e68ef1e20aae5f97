"""Which members two classes share: equal but for words, and reading the same things of their modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import libcst as cst

from canonry.edits.align import corresponding_names
from canonry.edits.binding import names_of
from canonry.edits.definitions import Definition, assigned, code_of, parameters_of, read_definition
from canonry.edits.imports import meaning_of
from canonry.edits.names import Names, Scope
from canonry.edits.sources import SourceFile
from canonry.edits.tree import Tree, Unparsed, dotted, parse_text
from canonry.model import Symbol


@dataclass(frozen=True, slots=True)
class ClassInFile:
    """A class in its file."""

    file: SourceFile
    tree: Tree
    names: Names
    node: cst.ClassDef
    scope: Scope
    definition: Definition
    canonical: Callable[[str], str] = str
    """A dotted name with re-exports followed to the definition."""


def located(file: SourceFile, symbol: Symbol) -> tuple[Tree, Names, Definition, int] | str:
    """A file with its names, a definition in it, and where its name begins; a reason where there is none."""
    tree = parse_text(file.text)
    if isinstance(tree, Unparsed):
        return f"{file.path.name} {tree.reason}"
    definition = read_definition(file.text, symbol)
    if definition is None:
        return no_longer_there(symbol)
    try:
        return tree, names_of(tree), definition, tree.lines.offset(symbol.name_range.start)
    except ValueError:
        return no_longer_there(symbol)


def no_longer_there(symbol: Symbol) -> str:
    """The reason where a definition is not where it was."""
    return f"{symbol.name} is no longer where it was"


def same_members(new: ClassInFile, target: ClassInFile) -> list[cst.CSTNode]:
    """The members of the new class that the existing one has too: bound once in each, equal but for words."""
    mine, theirs = _by_name(new.node), _by_name(target.node)
    found: list[cst.CSTNode] = []
    for name, node in mine.items():
        other = theirs.get(name)
        if other is None:
            continue
        if isinstance(node, cst.FunctionDef) and isinstance(other, cst.FunctionDef):
            same = _same_function(new, node, target, other)
        else:
            same = type(node) is type(other) and code_of(node) == code_of(other)
        if same and _same_meanings(new, node, target, other):
            found.append(node)
    # A default or a decorator may read members of the class: they have to be the same too.
    while True:
        names = {_member_name(one) for one in found}
        fitting = [one for one in found if _of_class(new, one) <= names]
        if len(fitting) == len(found):
            return found
        found = fitting


def parts_of(node: cst.ClassDef) -> Iterator[cst.CSTNode]:
    """The statements of a class body, those that stand alone on their lines."""
    for line in node.body.body:
        if isinstance(line, cst.SimpleStatementLine):
            if len(line.body) == 1:
                yield line.body[0]
        elif isinstance(line, cst.CSTNode):
            yield line


def _of_class(one: ClassInFile, node: cst.CSTNode) -> set[str]:
    """The names of the class's own scope that a member reads."""
    start, end = one.tree.span(node)
    return {
        name
        for name in one.scope.bindings
        for use in one.names.uses.get(name, ())
        if start <= one.tree.span(use.node)[0] < end and one.names.resolve(use.scope, name) is one.scope
    }


def _member_name(node: cst.CSTNode) -> str:
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        return node.name.value
    targets = assigned(node)
    return targets[0].value if len(targets) == 1 and isinstance(targets[0], cst.Name) else ""


def _by_name(node: cst.ClassDef) -> Mapping[str, cst.CSTNode]:
    """Members that one statement alone binds."""
    counted: dict[str, list[cst.CSTNode]] = {}
    for part in parts_of(node):
        if isinstance(part, (cst.FunctionDef, cst.Assign, cst.AnnAssign)) and (name := _member_name(part)):
            counted.setdefault(name, []).append(part)
    return {name: parts[0] for name, parts in counted.items() if len(parts) == 1}


def _same_function(
    new: ClassInFile, node: cst.FunctionDef, target: ClassInFile, other: cst.FunctionDef
) -> bool:
    heads = [
        (
            [code_of(one.decorator) for one in each.decorators],
            each.asynchronous is not None,
            [
                (one.name.value, str(one.star), code_of(one.default) if one.default else "")
                for one in parameters_of(each)
            ],
            len(each.params.posonly_params),
            len(each.params.kwonly_params),
        )
        for each in (node, other)
    ]
    if heads[0] != heads[1]:
        return False
    matched = corresponding_names(node, new.names, other, target.names)
    return matched is not None and all(one == counterpart for one, counterpart in matched.items())


def _same_meanings(new: ClassInFile, node: cst.CSTNode, target: ClassInFile, other: cst.CSTNode) -> bool:
    """Whether the names of the two modules that a member reads are the same things there."""
    if new.file.path == target.file.path:
        return True
    return _free(new, node) == _free(target, other)


def _free(one: ClassInFile, node: cst.CSTNode) -> set[str]:
    start, end = one.tree.span(node)
    found: set[str] = set()
    for name, uses in one.names.uses.items():
        for use in uses:
            if start <= one.tree.span(use.node)[0] < end and not _in_annotation(one, use.node, node):
                scope = one.names.resolve(use.scope, name)
                if scope is None or scope is one.names.module:
                    found.add(_origin(one, name))
                elif scope is not one.scope and not start <= one.tree.span(scope.node)[0] < end:
                    found.add(f"{name} of the function around {one.node.name.value}")
    return found


def _in_annotation(one: ClassInFile, node: cst.CSTNode, member: cst.CSTNode) -> bool:
    for outer in one.names.enclosing(node):
        if isinstance(outer, cst.Annotation):
            return isinstance(member, cst.FunctionDef)
        if outer is member:
            return False
    return False


def bases_of(one: ClassInFile) -> list[str | None]:
    """The bases by what their names mean; None for one that is no name."""
    return [meaning_in(one, base.value) for base in one.node.bases]


def meaning_in(one: ClassInFile, node: cst.BaseExpression) -> str | None:
    """A name, an attribute or a subscription of one, by the module that it is from."""
    if isinstance(node, cst.Subscript):
        outer = meaning_in(one, node.value)
        return outer and f"{outer}[{', '.join(code_of(part) for part in node.slice)}]"
    chain = dotted(node)
    root, _, rest = chain.partition(".")
    if not root:
        return None
    return one.canonical(f"{_origin(one, root)}.{rest}") if rest else _origin(one, root)


def _origin(one: ClassInFile, name: str) -> str:
    return one.canonical(meaning_of(name, one.names, one.file))
