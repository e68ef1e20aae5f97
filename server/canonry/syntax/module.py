"""Reading a whole module, and reading it again while it is being typed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

import msgspec
from tree_sitter import Node

from canonry.model import SymbolKind
from canonry.syntax.extract import Context, Extract, extract
from canonry.syntax.facts import Definition, Import, ModuleFacts
from canonry.syntax.fingerprint import Names
from canonry.syntax.grammar import ERROR_KIND, kind_name, parse
from canonry.syntax.headers import imports_of
from canonry.syntax.members import Lost, without_last_lines
from canonry.syntax.pieces import Key, Piece, pieces_of
from canonry.syntax.source import Source
from canonry.syntax.tree import LastNames, ModuleTree

_BLOCKS = frozenset(
    (
        "if_statement",
        "try_statement",
        "else_clause",
        "elif_clause",
        "except_clause",
        "block",
        "finally_clause",
        "with_statement",
    )
)
_IMPORTS = frozenset(("import_statement", "import_from_statement", "future_import_statement"))


def parse_module(
    text: str, module: str = "", is_package: bool = False, test_module: bool = False
) -> ModuleFacts:
    """Everything that is known of a module's text.

    `module` is the absolute dotted name under which it is imported ("" where it has none),
    `is_package` whether the text is an `__init__`. Never raises on any text.
    """
    return ModuleParser(module, is_package, test_module).read(text)


def parse_tree(
    text: str, module: str = "", is_package: bool = False, test_module: bool = False
) -> ModuleTree:
    """The same with the tree. Never raises on any text."""
    return ModuleParser(module, is_package, test_module).read_tree(text)


def tree_of(text: str, facts: ModuleFacts, test_module: bool = False) -> ModuleTree:
    """The tree of a text whose facts are known."""
    source = Source(text)
    return ModuleTree(facts, source, lambda: [*pieces_of(source.data).values()], test_module)


class ModuleParser:
    """Reads one module again and again; what stands in a piece that has not changed is not read anew.

    The result is that of a fresh parser on the same text, always: what is kept is keyed by the piece's
    own bytes and by everything around it that its reading depends on.
    """

    CAPACITY = 300
    """Pieces that are kept beside those of the newest text: what was typed is often taken back."""

    def __init__(self, module: str = "", is_package: bool = False, test_module: bool = False) -> None:
        self.module = module
        self.is_package = is_package
        self.test_module = test_module
        self._kept: OrderedDict[Key, _Read] = OrderedDict()
        self._last_names = LastNames()
        self._imported: Names = {}

    def read(self, text: str) -> ModuleFacts:
        """The facts of a text."""
        return self.read_tree(text).facts

    def read_tree(self, text: str) -> ModuleTree:
        """The facts of a text with the tree that they were read from."""
        source = Source(text)
        kept = self._kept
        pieces = pieces_of(source.data, lambda key: one.piece if (one := kept.get(key)) is not None else None)
        held: list[_Read] = []
        for key, piece in pieces.items():
            known = kept.pop(key, None)
            held.append(_Read(piece) if known is None else known.at(piece))
            kept[key] = held[-1]
        facts = self._facts(source, held)
        while len(kept) > self.CAPACITY + len(pieces):
            kept.popitem(last=False)
        ordered = [*pieces.values()]
        return ModuleTree(facts, source, lambda: ordered, self.test_module, self._last_names)

    def _facts(self, source: Source, held: Iterable[_Read]) -> ModuleFacts:
        names = {
            one.alias.encode(): one.stands_for
            for read in held
            for one in read.imports(self.module, self.is_package)
            if one.alias != "*"
        }
        if names != self._imported:
            self._imported = names
        # The same mapping as long as it says the same: no piece need compare it.
        context = Context(source, self.module, self.is_package, self._imported, self.test_module)
        whole = Extract()
        for read in held:
            _add(whole, read.extract(context))
        data = source.data
        return ModuleFacts(
            module=self.module,
            is_package=self.is_package,
            lines=data.count(b"\n") + (not data.endswith(b"\n") and bool(data)),
            definitions=tuple(whole.definitions),
            imports=tuple(whole.imports),
            exports=None if whole.exports is None else tuple(whole.exports),
            references=tuple(sorted(whole.references)),
            ignores=tuple(whole.comments),
        )


class _Read:
    """A piece with what has been read of it."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self._imports: dict[int, list[Import]] | None = None
        self._extract: tuple[int, Names, Extract] | None = None

    def at(self, piece: Piece) -> _Read:
        """The same for the piece where it stands now."""
        self.piece = piece
        return self

    def imports(self, module: str, is_package: bool) -> Iterable[Import]:
        """Imports at the module's top level, those under if and try among them; their lines may be old."""
        if self._imports is None:
            self._imports = _module_imports(self.piece, module, is_package)
        return chain.from_iterable(self._imports.values())

    def extract(self, context: Context) -> Extract:
        """What the walk finds in it."""
        known, line = self._extract, self.piece.line
        if known is None or known[1] is not context.names:
            # The places of the imports are of this state where they were asked for just now.
            naming: dict[str, list[Node]] = {}
            found = extract(self.piece.root, context, (known is None and self._imports) or {}, naming)
            if not self.piece.broken:
                self.piece.has(naming)
            for member in self.piece.lost:
                _add_member(found, member, line, context)
        elif known[0] != line:
            found = _moved(known[2], line - known[0])
        else:
            return known[2]
        self._extract = (line, context.names, found)
        return found


def _add_member(part: Extract, member: Lost, line: int, context: Context) -> None:
    """Adds what a member holds that a class's tree does not have; `line` is that of the class's piece.

    It is read as if it stood at the left margin: there the parser gets over more.
    """
    owner = next((at for at, one in enumerate(part.definitions) if one.local_name == member.owner), -1)
    if owner < 0:
        return
    alone = replace(context, source=Source(member.data.decode("utf-8", "surrogatepass")))
    tree = parse(member.data)
    if tree.root_node.kind_id == ERROR_KIND:
        tree = without_last_lines(member.data) or tree
    found = _moved(extract(tree.root_node, alone, {}), line + member.line)
    first, by = len(part.definitions), member.indentation
    for one in found.definitions:
        outermost = one.parent < 0
        is_method = outermost and one.kind is SymbolKind.FUNCTION
        part.definitions.append(
            msgspec.structs.replace(
                one,
                local_name=f"{member.owner}.{one.local_name}",
                kind=SymbolKind.METHOD if is_method else one.kind,
                parent=owner if outermost else one.parent + first,
                start_column=one.start_column + by,
                end_column=one.end_column + by,
                name_column=one.name_column + by,
            )
        )
    part.imports.extend(msgspec.structs.replace(one, local=True) for one in found.imports)
    part.references |= found.references
    part.comments.extend(found.comments)


def _add(whole: Extract, part: Extract) -> None:
    first = len(whole.definitions)
    whole.definitions.extend(
        part.definitions
        if not first
        else [
            one if one.parent < 0 else msgspec.structs.replace(one, parent=one.parent + first)
            for one in part.definitions
        ]
    )
    whole.imports.extend(part.imports)
    whole.references |= part.references
    whole.comments.extend(part.comments)
    if part.exports is not None:
        whole.exports = (whole.exports or []) + part.exports


def _moved(part: Extract, by: int) -> Extract:
    return Extract(
        definitions=[_moved_definition(one, by) for one in part.definitions],
        imports=[msgspec.structs.replace(one, line=one.line + by) for one in part.imports],
        references=part.references,
        comments=[(line + by, told) for line, told in part.comments],
        exports=part.exports,
    )


def _moved_definition(one: Definition, by: int) -> Definition:
    return msgspec.structs.replace(
        one,
        start_line=one.start_line + by,
        end_line=one.end_line + by,
        name_line=one.name_line + by,
        body_line=one.body_line + by,
    )


def _module_imports(piece: Piece, module: str, is_package: bool) -> dict[int, list[Import]]:
    """The imports by where their statements begin."""
    found: dict[int, list[Import]] = {}
    todo = [piece.root]
    while todo:
        for child in todo.pop().children:
            name = kind_name(child) or "block"
            if name in _IMPORTS:
                at = child.start_byte
                found[at] = imports_of(child, piece.data, module, is_package, False, False, piece.start)
            elif name in _BLOCKS:
                todo.append(child)
    return found
