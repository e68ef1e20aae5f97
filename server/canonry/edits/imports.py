"""The imports of a module: what they bind, and taking names out of them that nothing uses any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from canonry.edits.names import Binding, Bound, Names, Use
from canonry.edits.sources import SourceFile, absolute_module
from canonry.edits.text import Splice
from canonry.edits.tree import Tree, dotted

TEXT_OF_CODE = re.compile(r"(?m)(?:^[ \t]*(?:>>>|\.\.\.)|#\s*type:)(.*)$")
"""Doctests and type comments: they read the module's names, and are no code to the parser."""

Importing = cst.Import | cst.ImportFrom


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A line of the module's top level that holds nothing but imports."""

    statement: cst.SimpleStatementLine
    node: Importing
    """The first import of it."""
    module: str
    """Absolute; of the first name, for `import a, b`."""
    level: int
    """Dots of a relative import."""
    start: int
    """Where its first line begins."""
    end: int
    """Behind its last line's ending."""

    @property
    def spelled(self) -> str:
        """The module as it is written, without dots before it."""
        return dotted(self.node.module) if isinstance(self.node, cst.ImportFrom) else self.module

    @property
    def is_from(self) -> bool:
        """Whether it is `from ... import ...`."""
        return isinstance(self.node, cst.ImportFrom)

    @property
    def is_future(self) -> bool:
        """Whether it is `from __future__ import ...`."""
        return self.module == "__future__"


def import_lines(tree: Tree, file: SourceFile) -> list[ImportLine]:
    """The import lines of the module's top level, in their order; not those under `if` and `try`."""
    found: list[ImportLine] = []
    for statement in tree.module.body:
        if isinstance(statement, cst.SimpleStatementLine) and all(is_import(one) for one in statement.body):
            start, end = tree.span(statement)
            node = statement.body[0]
            assert isinstance(node, (cst.Import, cst.ImportFrom))
            found.append(
                ImportLine(
                    statement,
                    node,
                    imported_module(node, file),
                    len(node.relative) if isinstance(node, cst.ImportFrom) else 0,
                    tree.line_start(tree.lines.line_of(start)),
                    tree.lines.after(tree.lines.line_of(end)),
                )
            )
    return found


def is_import(node: cst.CSTNode) -> bool:
    """Whether a statement is an import that runs where it stands: a lazy one does not."""
    return isinstance(node, (cst.Import, cst.ImportFrom))


def imported_module(node: Importing, file: SourceFile) -> str:
    """The absolute name of the module that an import names first; "" where it cannot be told."""
    if isinstance(node, cst.Import):
        return dotted(node.names[0].name)
    return absolute_module(file.package, len(node.relative), dotted(node.module))


def imported_name(binding: Binding, file: SourceFile) -> str:
    """What an import binds, dotted: `app.money.add` or `app.money`; "" for no import."""
    alias, owner = binding.node, binding.owner
    if binding.how is not Bound.IMPORT or not isinstance(alias, cst.ImportAlias):
        return ""
    name = dotted(alias.name)
    if hasattr(owner, "module"):
        relative = len(getattr(owner, "relative", ()))
        module = absolute_module(file.package, relative, dotted(owner.module))
        return f"{module}.{name}" if module else ""
    return name if alias.asname else name.partition(".")[0]


def meaning_of(name: str, names: Names, file: SourceFile) -> str:
    """What a name that a module reads means, dotted; the name itself for builtins."""
    bindings = names.module.bindings.get(name, [])
    if not bindings:
        return name
    found = {imported_name(binding, file) for binding in bindings}
    if found == {""}:
        return f"{file.module or file.path}.{name}"
    return found.pop() if len(found) == 1 else f"{file.path}: {name}"


def star_follows(tree: Tree, names: Names, node: cst.CSTNode) -> bool:
    """Whether an `import *` stands behind a node: it may give another meaning to what is bound before it."""
    start = tree.span(node)[0]
    return any(tree.span(one)[0] > start for one in names.star_imports)


def at_top_level(binding: Binding, names: Names) -> bool:
    """Whether a binding is a statement of the module itself, under no condition."""
    outer = [
        one
        for one in names.enclosing(binding.node)
        if isinstance(one, (cst.BaseCompoundStatement, cst.Module))
    ]
    return len(outer) == 0 or isinstance(outer[0], cst.Module)


def type_checking_block(node: cst.CSTNode, names: Names) -> cst.If | None:
    """The `if TYPE_CHECKING:` of the module's top level in whose first branch a node stands."""
    below = node
    for one in names.enclosing(node):
        if isinstance(one, cst.If) and dotted(one.test).rpartition(".")[2] == "TYPE_CHECKING":
            return one if below is one.body and _is_top(one, names) else None
        below = one
    return None


def _is_top(node: cst.CSTNode, names: Names) -> bool:
    parent = names.parents.get(node)
    return parent is None or isinstance(parent, cst.Module)


# Names that nothing uses any more


@dataclass(frozen=True, slots=True)
class Unused:
    """Imports that nothing needs any more."""

    names: dict[cst.CSTNode, list[cst.ImportAlias]]
    """By the import that they stand in."""
    blocks: list[cst.If]
    """TYPE_CHECKING blocks that hold nothing else; the names in them are not in `names`."""


def find_unused_imports(
    tree: Tree,
    names: Names,
    file: SourceFile,
    removed: Sequence[tuple[int, int]],
    kept: Iterable[str],
) -> Unused:
    """The imports which only the removed stretches used.

    Those stay that are in `kept`, that carry `noqa`, that re-export (`import x as x`), that something
    else binds too, and in an `__init__` file with neither `__all__` nor such an `as` the public names of
    its own package. Of conditional imports only those under TYPE_CHECKING go; with the last of them goes
    the block.
    """
    gone: dict[cst.CSTNode, list[cst.ImportAlias]] = {}
    blocks: list[cst.If] = []
    keep = set(kept) | set(_named_otherwise(tree.text, removed))
    outside = _Outside(tree, list(removed))
    offers = _offers_plainly(names, file)
    progress = True
    while progress:
        progress = False
        for name, bindings in names.module.bindings.items():
            if len(bindings) != 1 or name in keep or bindings[0].how is not Bound.IMPORT:
                continue
            alias, owner = bindings[0].node, bindings[0].owner
            if not isinstance(alias, cst.ImportAlias) or alias in gone.get(owner, ()):
                continue
            if offers and _is_offered(bindings[0], file):
                continue
            if not is_import(owner) or not _may_go(tree, names, bindings[0], owner, alias):
                continue
            uses = list(names.uses_of(names.module, name))
            if uses and not any(outside(use) for use in uses):
                gone.setdefault(owner, []).append(alias)
                progress = True
        for owner in list(gone):
            block = type_checking_block(owner, names)
            if block is not None and block not in blocks and block.orelse is None and _all_gone(block, gone):
                blocks.append(block)
                outside.removed.append(tree.span(block))
                progress = True
    return Unused(
        {owner: one for owner, one in gone.items() if type_checking_block(owner, names) not in blocks}, blocks
    )


def drop_imports(
    tree: Tree, names: Names, unused: Unused, but: cst.CSTNode | None = None
) -> Iterator[Splice]:
    """The edits that take out unused imports; those of the import `but` are left to the caller."""
    runs = [_lines_of(tree, block) for block in unused.blocks]
    for owner, aliases in unused.names.items():
        if owner is but:
            continue
        if _goes_alone(names, owner, aliases):
            runs.append(_lines_of(tree, owner))
        else:
            yield from _without_names(tree, names, owner, aliases)
    for first, last in _joined(tree, runs):
        yield _without_lines(tree, first, last)


class _Outside:
    def __init__(self, tree: Tree, removed: list[tuple[int, int]]) -> None:
        self.tree = tree
        self.removed = removed

    def __call__(self, use: Use) -> bool:
        start, _ = self.tree.span(use.node)
        return not any(first <= start < last for first, last in self.removed)


def _named_otherwise(text: str, removed: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Words of doctests and type comments outside the removed stretches: they use the module's names."""
    for match in TEXT_OF_CODE.finditer(text):
        if not any(first <= match.start() < last for first, last in removed):
            yield from re.findall(r"\w+", match[1])


def _offers_plainly(names: Names, file: SourceFile) -> bool:
    """Whether a plain import of an `__init__` file may be for others: nothing says which of them are.

    `__all__` says it, and so does `import x as x`: where that is the habit, a plain import is no offer.
    """
    return file.is_package and not any(
        name == "__all__" or _is_reexport(binding.node)
        for name, bindings in names.module.bindings.items()
        for binding in bindings
    )


def _is_reexport(node: cst.CSTNode) -> bool:
    """Whether a name of an import says by `as` that others need it: `import x as x`."""
    return (
        isinstance(node, cst.ImportAlias)
        and node.asname is not None
        and dotted(node.asname.name) == dotted(node.name)
    )


def _is_offered(binding: Binding, file: SourceFile) -> bool:
    """Whether an `__init__` file may import a name for others: a public one of its own package."""
    own = imported_name(binding, file).partition(".")[0] == file.module.partition(".")[0]
    return own and not binding.name.startswith("_")


def _may_go(tree: Tree, names: Names, binding: Binding, owner: cst.CSTNode, alias: cst.ImportAlias) -> bool:
    if not at_top_level(binding, names) and type_checking_block(owner, names) is None:
        return False
    if _is_reexport(alias):
        return False
    if isinstance(owner, cst.ImportFrom) and dotted(owner.module) == "__future__":
        return False
    first, last = (tree.lines.line_of(offset) for offset in tree.span(owner))
    return not any("noqa" in tree.lines.content(line).lower() for line in range(first, last + 1))


def _all_gone(block: cst.If, gone: dict[cst.CSTNode, list[cst.ImportAlias]]) -> bool:
    for line in block.body.body:
        if not isinstance(line, cst.SimpleStatementLine):
            return False
        for one in line.body:
            if not isinstance(one, (cst.Import, cst.ImportFrom)) or isinstance(one.names, cst.ImportStar):
                return False
            if len(gone.get(one, ())) != len(one.names):
                return False
    return True


def _lines_of(tree: Tree, node: cst.CSTNode) -> tuple[int, int]:
    start, end = tree.span(node)
    return tree.lines.line_of(start), tree.lines.line_of(end)


def _goes_alone(names: Names, owner: cst.CSTNode, aliases: Sequence[cst.ImportAlias]) -> bool:
    """Whether all of a statement goes, and it has its line for itself."""
    assert isinstance(owner, (cst.Import, cst.ImportFrom)) and not isinstance(owner.names, cst.ImportStar)
    line = names.parents[owner]
    alone = isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1
    return alone and len(aliases) == len(owner.names)


def _joined(tree: Tree, runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of lines, as one where blank lines alone part them: those around all are too many then."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if found and all(tree.is_blank(at) for at in range(found[-1][1] + 1, first)):
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def _without_lines(tree: Tree, first: int, last: int) -> Splice:
    """Takes whole lines out, and the blank lines around them that would be too many then."""
    above, below = first, last + 1
    while above > 0 and tree.is_blank(above - 1):
        above -= 1
    while below < len(tree.lines.starts) and tree.is_blank(below):
        below += 1
    before, after = first - above, below - last - 1
    if above == 0 or before == 0 or after == 0 or before >= after:
        alone = above == 0 or (before and after)
        end = tree.lines.starts[below] if alone and below < len(tree.lines.starts) else tree.lines.after(last)
        return Splice(tree.line_start(first), end, "")
    return Splice(tree.line_start(above), tree.lines.after(last), "")


def _without_names(
    tree: Tree, names: Names, owner: cst.CSTNode, aliases: Sequence[cst.ImportAlias]
) -> Iterator[Splice]:
    assert isinstance(owner, (cst.Import, cst.ImportFrom)) and not isinstance(owner.names, cst.ImportStar)
    members = list(owner.names)
    if len(aliases) == len(members):
        yield _without_statement(tree, names, owner)
        return
    last_kept = max(at for at, one in enumerate(members) if one not in aliases)
    for at, one in enumerate(members):
        if one not in aliases:
            continue
        start, end = alias_span(tree, one)
        line = tree.lines.line_of(start)
        if _ALONE.fullmatch(tree.lines.content(line)):
            yield Splice(tree.line_start(line), tree.lines.after(line), "")
        elif at < last_kept:
            yield Splice(start, alias_span(tree, members[at + 1])[0], "")
        else:
            yield Splice(alias_span(tree, members[at - 1])[1], end, "")


_ALONE = re.compile(r"\s*\w+(\s+as\s+\w+)?\s*,?\s*(#.*)?")
"""A name of an import that has a line to itself."""


def alias_span(tree: Tree, alias: cst.ImportAlias) -> tuple[int, int]:
    """Where a name of an import stands, with its `as`, without its comma."""
    start = tree.span(alias.name)[0]
    return start, tree.span(alias.asname.name if alias.asname else alias.name)[1]


def _without_statement(tree: Tree, names: Names, owner: cst.CSTNode) -> Splice:
    line = names.parents[owner]
    assert isinstance(line, cst.SimpleStatementLine)
    start, end = tree.span(owner)
    at = list(line.body).index(owner)  # type: ignore[arg-type]
    if len(line.body) == 1:
        return _without_lines(tree, *_lines_of(tree, owner))
    if at + 1 < len(line.body):
        return Splice(start, tree.span(line.body[at + 1])[0], "")
    return Splice(tree.span(line.body[at - 1])[1], end, "")
