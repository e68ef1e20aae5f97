"""Reading a whole module, and reading it again while it is being typed."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import replace

import msgspec
from tree_sitter import Node

from canonry.syntax.extract import Context, Extract, extract
from canonry.syntax.facts import Definition, Import, ModuleFacts
from canonry.syntax.grammar import ERROR_KIND, kind_name, parse
from canonry.syntax.headers import imports_of
from canonry.syntax.source import Source
from canonry.syntax.tree import ModuleTree

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
_MARGIN = re.compile(rb"^(?:def|class|async[ \t]+def)\b|^@", re.MULTILINE)
_IMPORTS = frozenset(("import_statement", "import_from_statement", "future_import_statement"))


def parse_module(
    text: str, module: str = "", is_package: bool = False, test_module: bool = False
) -> ModuleFacts:
    """Everything that is known of a module's text.

    `module` is the absolute dotted name under which it is imported ("" where it has none),
    `is_package` whether the text is an `__init__`. Never raises on any text.
    """
    return ModuleParser(module, is_package, test_module, keeps=False).read(text)


def parse_tree(
    text: str, module: str = "", is_package: bool = False, test_module: bool = False
) -> ModuleTree:
    """The same with the tree. Never raises on any text."""
    return ModuleParser(module, is_package, test_module, keeps=False).read_tree(text)


def tree_of(text: str, facts: ModuleFacts, test_module: bool = False) -> ModuleTree:
    """The tree of a text whose facts are known."""
    source = Source(text)
    return ModuleTree(facts, source, parse(source.data), test_module)


class ModuleParser:
    """Reads one module again and again; top-level statements that have not changed are not walked anew.

    The result is that of a fresh parser on the same text, always: what is kept is keyed by the
    statement's own bytes and by everything around it that its reading depends on.
    """

    CAPACITY = 4000
    """Top-level statements that are kept."""

    def __init__(
        self, module: str = "", is_package: bool = False, test_module: bool = False, keeps: bool = True
    ) -> None:
        """`keeps` False: for one text only."""
        self._keeps = keeps
        self.module = module
        self.is_package = is_package
        self.test_module = test_module
        self._broken = False
        self._kept: OrderedDict[object, tuple[int, Extract]] = OrderedDict()

    def read(self, text: str) -> ModuleFacts:
        """The facts of a text."""
        return self.read_tree(text).facts

    def read_tree(self, text: str) -> ModuleTree:
        """The facts of a text with the tree that they were read from."""
        source = Source(text)
        tree = parse(source.data)
        return ModuleTree(self._facts(source, tree.root_node), source, tree, self.test_module)

    def _facts(self, source: Source, root: Node) -> ModuleFacts:
        self._broken = root.has_error
        top: dict[int, list[Import]] = {}
        imports = _module_imports(root, source.data, self.module, self.is_package, top)
        names = {one.alias: one.stands_for for one in imports if one.alias != "*"}
        context = Context(source, self.module, self.is_package, names, self.test_module)
        whole = Extract()
        comment: tuple[int, bytes] = (-2, b"")
        around = tuple(sorted(names.items()))
        for child in root.children if root.kind_id != ERROR_KIND else [root]:
            line = child.start_point[0]
            name = kind_name(child)
            if name in _IMPORTS:
                found = top[child.start_byte]
                whole.imports.extend(found)
                whole.references.update(one.target for one in found)
                continue
            above = comment if comment[0] == line - 1 else (-2, b"")
            pieces = _pieces(child, source.data) if child.has_error else []
            for start, piece in pieces:
                self._add_piece(whole, piece, start, context)
            if pieces:
                continue
            self._add(whole, child, context, above, around)
            if name == "comment":
                told = source.data[child.start_byte : child.end_byte]
                comment = (line, above[1] + b"\n" + told if above[1] else told)
        while len(self._kept) > self.CAPACITY:
            self._kept.popitem(last=False)
        return ModuleFacts(
            module=self.module,
            is_package=self.is_package,
            lines=source.data.count(b"\n") + (not source.data.endswith(b"\n") and bool(source.data)),
            definitions=tuple(whole.definitions),
            imports=tuple(whole.imports),
            exports=None if whole.exports is None else tuple(whole.exports),
            references=tuple(sorted(whole.references)),
            ignores=tuple(whole.comments),
        )

    def _add(
        self, whole: Extract, child: Node, context: Context, above: tuple[int, bytes], around: object
    ) -> None:
        if not self._keeps:
            self._take(whole, extract(child, context, above))
            return
        line = child.start_point[0]
        data = context.source.data[child.start_byte : child.end_byte]
        # With an error anywhere, the same text may be another tree the next time.
        fresh = self._broken
        key = (data, child.kind_id, child.start_point[1], above[1], around)
        kept = None if fresh else self._kept.pop(key, None)
        if kept is None:
            kept = (line, extract(child, context, above))
        elif kept[0] != line:
            kept = (line, _moved(kept[1], line - kept[0]))
        if not fresh:
            self._kept[key] = kept
        self._take(whole, kept[1])

    def _add_piece(self, whole: Extract, piece: bytes, line: int, context: Context) -> None:
        """Adds a stretch of broken code that is parsed by itself."""
        alone = replace(context, source=Source(piece.decode("utf-8", "surrogatepass")))
        self._take(whole, _moved(extract(parse(piece).root_node, alone), line))

    def _take(self, whole: Extract, part: Extract) -> None:
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


def _pieces(broken: Node, data: bytes) -> list[tuple[int, bytes]]:
    """Broken code cut before each definition at the left margin: first line and text of each piece.

    An open bracket or quote would otherwise take everything after it along. Empty where there is
    nothing to cut.
    """
    start = broken.start_byte
    text = data[start : broken.end_byte]
    cuts = [0]
    for found in _MARGIN.finditer(text):
        above = text.rfind(b"\n", 0, max(found.start() - 1, 0)) + 1
        if found.start() and text[above : above + 1] != b"@":
            cuts.append(found.start())
    if len(cuts) == 1 or broken.start_point[1]:
        return []
    ends = [*cuts[1:], len(text)]
    first = broken.start_point[0]
    return [
        (first + text.count(b"\n", 0, begin), text[begin:end]) for begin, end in zip(cuts, ends, strict=True)
    ]


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


def _module_imports(
    root: Node, data: bytes, module: str, is_package: bool, by_place: dict[int, list[Import]]
) -> list[Import]:
    """Imports at the module's top level, those under if and try among them; `by_place` is filled too."""
    found: list[Import] = []
    todo = [root]
    while todo:
        for child in todo.pop().children:
            name = kind_name(child) or "block"
            if name in _IMPORTS:
                one = by_place[child.start_byte] = imports_of(child, data, module, is_package, False, False)
                found.extend(one)
            elif name in _BLOCKS:
                todo.append(child)
    return found


def import_block(text: str, module: str) -> tuple[int, int, int]:
    """Where a new import of `module` goes: the line that it takes, and blank lines before and after it.

    Behind the last import at the module's top level that begins like it, else behind the last one of
    the block that the file begins with, else behind the docstring and the comments at the top.
    """
    source = Source(text)
    root = parse(source.data).root_node
    last = best = header = -1
    nearest = 0
    for child in root.children:
        kind = kind_name(child)
        if kind in _IMPORTS:
            last = child.end_point[0]
            for one in imports_of(child, source.data, "", False, False, False):
                shared = _shared_parts(one.module, module)
                if shared and shared >= nearest:
                    nearest, best = shared, last
        elif kind == "comment" and last < 0:
            header = child.end_point[0]
        elif kind == "expression_statement" and last < 0 and child.named_child_count == 1:
            if kind_name(child.named_children[0]) != "string":
                break
            header = child.end_point[0]
        elif kind not in ("comment", "if_statement", "try_statement"):
            break
    if best >= 0 or last >= 0:
        return (best if best >= 0 else last) + 1, 0, 0
    return header + 1, 1 if header >= 0 else 0, 1 if header < 0 else 0


def _shared_parts(one: str, other: str) -> int:
    count = 0
    for first, second in zip(one.split("."), other.split("."), strict=False):
        if first != second:
            break
        count += 1
    return count
