"""Where a new import goes, as isort and ruff would put it, and how it is written there."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import libcst as cst

from canonry.edits.definitions import is_docstring, statements
from canonry.edits.imports import ImportLine, Unused, alias_span, drop_imports, import_lines
from canonry.edits.names import Names
from canonry.edits.sources import SourceFile, relative_module
from canonry.edits.text import Lines, Splice, join_deletions, splice_text
from canonry.edits.tree import Tree, dotted
from canonry.syntax.dotted import common_start


@dataclass(frozen=True, slots=True)
class NewImport:
    """`from module import name as alias`."""

    module: str
    """Absolute."""
    name: str
    alias: str = ""
    """The name that it binds, where that is another."""

    @property
    def member(self) -> str:
        """What stands behind `import`."""
        return f"{self.name} as {self.alias}" if self.alias else self.name


@dataclass(frozen=True, slots=True)
class Style:
    """How a workspace writes its imports."""

    first_party: frozenset[str] = frozenset()
    relative: bool | None = None
    """Whether modules of the same package are imported relatively; None: as the file does it."""
    line_length: int = 88


def place_import(
    tree: Tree,
    names: Names,
    file: SourceFile,
    new: NewImport,
    style: Style,
    before: int,
    unused: Unused,
    removed: Sequence[Splice],
) -> list[Splice]:
    """The edits that add an import to a module, and take out those that are unused.

    It will stand before the offset `before`, behind the last star import there is before it, so that none
    of these takes its name away. `removed` are other edits of the same text.
    """
    lines = [
        one
        for one in import_lines(tree, file)
        if one.end <= before
        and not all(
            part in unused.names and len(unused.names[part]) == _count(part) for part in one.statement.body
        )
    ]
    stars = [one.end for one in lines if _count(one.node) == 0]
    behind = max(stars, default=0)
    usable = [one for one in lines if one.start >= behind and not one.is_future]
    for line in usable:
        node = line.node
        if line.module == new.module and isinstance(node, cst.ImportFrom) and len(line.statement.body) == 1:
            if new.alias and not _combines_aliases(lines):
                continue
            gone = unused.names.get(node, [])
            return [*drop_imports(tree, names, unused, but=node), *_merge(tree, node, new, style, gone)]
    dropped = list(drop_imports(tree, names, unused))
    writer = _LineWriter(tree, file, new, style, lines, join_deletions([*removed, *dropped]))
    if usable:
        return [*dropped, writer.beside(usable)]
    if stars:
        return [*dropped, writer.line_at(behind)]
    return [*dropped, writer.below([one.end for one in lines])]


def _count(node: cst.CSTNode) -> int:
    """How many names an import has; none stands for the star."""
    found = getattr(node, "names", ())
    return 0 if isinstance(found, cst.ImportStar) else len(found)


def _combines_aliases(lines: Sequence[ImportLine]) -> bool:
    """Whether the file writes `from m import a, b as c` on one line."""
    for line in lines:
        if isinstance(line.node, cst.ImportFrom) and not isinstance(line.node.names, cst.ImportStar):
            names = line.node.names
            if len(names) > 1 and any(one.asname for one in names):
                return True
    return False


def module_spelling(file: SourceFile, module: str, relative: bool | None, lines: Sequence[ImportLine]) -> str:
    """How a file names a module in `from ... import`: relatively where it does so itself, or is told to."""
    spelled = relative_module(file.package, module)
    if relative is None:
        own = file.module.partition(".")[0]
        absolute = any(not one.level and one.module.partition(".")[0] == own for one in lines)
        relative = any(one.level for one in lines) and not absolute
    return spelled if spelled and relative else module


# Into an import that is there


def _merge(
    tree: Tree, node: cst.ImportFrom, new: NewImport, style: Style, gone: Sequence[cst.ImportAlias]
) -> list[Splice]:
    assert not isinstance(node.names, cst.ImportStar)
    if "#" in tree.source(node):
        gone = []  # writing the names anew would lose a comment
    members = [one for one in node.names if one not in gone]
    at = _sorted_place([dotted(one.name) for one in members], new.name, _MEMBER_KEYS)
    spans = [alias_span(tree, one) for one in members]
    first, last = (tree.lines.line_of(offset) for offset in tree.span(node))
    line = tree.lines.content(first)
    too_long = first == last and len(line) + len(new.member) + 2 > style.line_length >= len(line)
    if gone or (too_long and "#" not in line):
        texts = [tree.text[start:end] for start, end in spans]
        return [_rewritten(tree, node, [*texts[:at], new.member, *texts[at:]], style)]
    if at < len(members):
        start = spans[at][0]
        indent = _own_line_indent(tree.lines, start) if node.lpar is not None else None
        text = f"{new.member}, " if indent is None else _next_line(tree, start, new, indent)
        return [Splice(start, start, text)]
    return _append(tree, node, spans[-1], new)


def _rewritten(tree: Tree, node: cst.ImportFrom, members: Sequence[str], style: Style) -> Splice:
    """All names anew: on one line where they fit and stood so, else one a line in parentheses."""
    assert not isinstance(node.names, cst.ImportStar)
    start = tree.span(node.lpar)[0] if node.lpar else alias_span(tree, node.names[0])[0]
    end = tree.span(node)[1]
    lines = tree.lines
    joined = ", ".join(members)
    length = start - lines.starts[lines.line_of(start)] + len(joined)
    if lines.line_of(start) == lines.line_of(end) and length <= style.line_length:
        return Splice(start, end, f"({joined})" if node.lpar else joined)
    return Splice(start, end, _in_parentheses(tree, members, start))


def _next_line(tree: Tree, offset: int, new: NewImport, indent: str) -> str:
    return f"{new.member},{tree.lines.ending(tree.lines.line_of(offset))}{indent}"


def _append(tree: Tree, node: cst.ImportFrom, last: tuple[int, int], new: NewImport) -> list[Splice]:
    end = last[1]
    comma = _comma_after(tree.text, end) if node.rpar is not None else None
    indent = _own_line_indent(tree.lines, last[0]) if node.rpar is not None else None
    if indent is None:
        if comma is None:
            return [Splice(end, end, f", {new.member}")]
        return [Splice(comma, comma, f" {new.member},")]
    line = tree.lines.line_of(end if comma is None else comma)
    ending = tree.lines.ending(line)
    if tree.lines.line_of(tree.span(node)[1]) == line:
        if comma is None:
            return [Splice(end, end, f",{ending}{indent}{new.member}")]
        return [Splice(comma, comma, f"{ending}{indent}{new.member},")]
    at = tree.lines.ends[line]
    if comma is None:
        return [Splice(end, end, ","), Splice(at, at, f"{ending}{indent}{new.member}")]
    return [Splice(at, at, f"{ending}{indent}{new.member},")]


def _in_parentheses(tree: Tree, texts: Sequence[str], offset: int) -> str:
    ending = tree.lines.ending(tree.lines.line_of(offset))
    indent = tree.module.default_indent
    return f"({ending}" + "".join(f"{indent}{one},{ending}" for one in texts) + ")"


def _own_line_indent(lines: Lines, offset: int) -> str | None:
    """The blanks before an offset, where nothing else stands before it on its line; else None."""
    before = lines.text[lines.starts[lines.line_of(offset)] : offset]
    return before if not before.strip(" \t\f") else None


_GAP = re.compile(r"(?:[ \t\f\r\n]|#[^\r\n]*|\\(?:\r\n|\r|\n))*")


def _comma_after(text: str, offset: int) -> int | None:
    """The offset behind the comma that follows, across blanks and comments; None where none does."""
    gap = _GAP.match(text, offset)
    at = gap.end() if gap else offset
    return at + 1 if text[at : at + 1] == "," else None


# A line of its own


class _LineWriter:
    def __init__(
        self,
        tree: Tree,
        file: SourceFile,
        new: NewImport,
        style: Style,
        lines: Sequence[ImportLine],
        removed: Sequence[Splice],
    ) -> None:
        self.tree = tree
        self.file = file
        self.new = new
        self.style = style
        self.removed = removed
        self.module = module_spelling(file, new.module, style.relative, lines)
        self.level = len(self.module) - len(self.module.lstrip("."))
        roots = {new.module.partition(".")[0], file.module.partition(".")[0]} | style.first_party
        self.first_party = roots - {""}

    def beside(self, lines: Sequence[ImportLine]) -> Splice:
        """The edit that puts the line among others, of which there is at least one."""
        groups = self._groups(lines)
        group = self._group(groups)
        if group is None:
            return self._new_group(groups)
        for key in (_line_key, _forced_key):
            keys = [key(one.is_from, one.level, one.spelled, _first_member(one)) for one in group]
            if keys == sorted(keys):
                mine = key(True, self.level, self.module.lstrip("."), self.new.name)
                at = sum(one <= mine for one in keys)
                return self.line_at(group[at].start) if at < len(group) else self.line_at(group[-1].end)
        nearest = max(group, key=lambda one: (self._nearness(one), one.start))
        return self.line_at(nearest.end)

    def _groups(self, lines: Sequence[ImportLine]) -> list[list[ImportLine]]:
        """The runs of imports with no blank line between them."""
        groups: list[list[ImportLine]] = []
        for line in lines:
            if groups:
                between = self.tree.text[groups[-1][-1].end : line.start]
                if all(one.strip(" \t").startswith("#") for one in _content_lines(between)):
                    groups[-1].append(line)
                    continue
            groups.append([line])
        return groups

    def _group(self, groups: Sequence[list[ImportLine]]) -> list[ImportLine] | None:
        def closeness(group: Sequence[ImportLine]) -> int:
            same_kind = [one for one in group if bool(one.level) == bool(self.level)]
            return max((self._nearness(one) for one in same_kind), default=0)

        best = max(groups, key=closeness)
        if closeness(best):
            return best
        kinds = [self._kind(one) for group in groups for one in group]
        wanted = "relative" if self.level else "first party"
        for group in reversed(groups):
            if any(self._kind(one) == wanted for one in group):
                return group
        mixed = len(groups) == 1 and len(set(kinds)) > 1
        return groups[0] if mixed else None

    def _nearness(self, line: ImportLine) -> int:
        """How many packages an import shares with the new one."""
        return common_start(line.module.split("."), self.new.module.split("."))

    def _kind(self, line: ImportLine) -> str:
        root = line.module.partition(".")[0]
        if line.level:
            return "relative"
        if root in self.first_party:
            return "first party"
        return "stdlib" if root in sys.stdlib_module_names else "third party"

    def _new_group(self, groups: Sequence[list[ImportLine]]) -> Splice:
        """A group of its own, behind all but the relative imports of the first block."""
        block = [groups[0]]
        for group in groups[1:]:
            between = _content_lines(self.tree.text[block[-1][-1].end : group[0].start])
            if any(one.strip() and not one.startswith("#") for one in between):
                break
            block.append(group)
        absolute = [one for one in block if not all(line.level for line in one)]
        if not absolute:
            first = block[0][0].start
            return Splice(first, first, self._text(first) + self._ending(first))
        end = absolute[-1][-1].end
        ending = self._ending(end - 1)
        return Splice(end, end, ("" if self._ends_line(end) else ending) + ending + self._text(end))

    def below(self, ends: Sequence[int]) -> Splice:
        """The edit for a file without other imports: behind `__future__`, the docstring, the head."""
        at = max([self._head_end(), *ends])
        text = splice_text(self.tree.text, self.removed)
        moved = at + sum(
            len(one.new) - (min(one.end, at) - one.start) for one in self.removed if one.start < at
        )
        after = Lines(text)
        line = after.line_of(moved)
        following = line
        while following < len(after.starts) and not after.content(following).strip(" \t\f\ufeff"):
            following += 1
        ending = self._ending(max(at - 1, 0))
        before = "" if not text[:moved].strip("\ufeff \t\r\n") else ending
        if before and not self._ends_line(at):
            before += ending
        tail = ""
        if following < len(after.starts):
            wanted = 2 if _DEFINITION.match(_code_below(after, following)) else 1
            tail = ending * max(wanted - (following - line), 0)
        return Splice(at, at, before + self._text(at) + tail)

    def _head_end(self) -> int:
        tree = self.tree
        body = list(statements(tree.module))
        if body and is_docstring(body[0]):
            return tree.lines.after(tree.lines.line_of(tree.span(tree.module.body[0])[1]))
        last = 0
        at = 0
        while at < len(tree.lines.starts) and not self._is_gap(at):
            content = tree.lines.content(at).removeprefix("\ufeff")
            if not content.startswith("#"):
                break
            at += 1
            if _MAGIC.match(content):
                last = at
        if at and (at >= len(tree.lines.starts) or self._is_gap(at)):
            last = at
        return tree.line_start(last) if last < len(tree.lines.starts) else len(tree.text)

    def _is_gap(self, line: int) -> bool:
        """Whether nothing stands in a line, or what stands there goes."""
        start = self.tree.lines.starts[line]
        return not self.tree.lines.content(line).strip(" \t\f") or any(
            cut.start <= start < cut.end and not cut.new for cut in self.removed
        )

    def line_at(self, offset: int) -> Splice:
        """The edit that puts the line at an offset."""
        start = "" if self._ends_line(offset) else self._ending(offset)
        return Splice(offset, offset, start + self._text(offset))

    def _text(self, offset: int) -> str:
        ending = self._ending(max(offset - 1, 0))
        head = f"from {self.module} import "
        if len(head) + len(self.new.member) > self.style.line_length:
            return head + _in_parentheses(self.tree, [self.new.member], offset) + ending
        return head + self.new.member + ending

    def _ending(self, offset: int) -> str:
        return self.tree.lines.ending(self.tree.lines.line_of(offset))

    def _ends_line(self, offset: int) -> bool:
        """Whether a new line begins at an offset."""
        return (
            offset in (0, len("\ufeff") if self.tree.text.startswith("\ufeff") else 0)
            or self.tree.text[offset - 1] in "\r\n"
        )


_MAGIC = re.compile(r"#!|#.*?coding[:=]")
_DEFINITION = re.compile(r"@|(?:async\s+)?def\b|class\b")


def _code_below(lines: Lines, line: int) -> str:
    """The code in a line, or right below the comments that begin there; "" where a blank line parts them."""
    while line < len(lines.starts):
        content = lines.content(line).removeprefix("\ufeff")
        if not content.startswith("#"):
            return content
        line += 1
    return ""


def _content_lines(text: str) -> list[str]:
    lines = Lines(text)
    return [lines.content(at) for at, start in enumerate(lines.starts) if start < len(text)]


def _first_member(line: ImportLine) -> str:
    node = line.node
    if isinstance(node, cst.ImportFrom):
        return "*" if isinstance(node.names, cst.ImportStar) else dotted(node.names[0].name)
    return ""


# Orders


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Digits by their value, letters without case."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part.lower()) for part in re.split(r"(\d+)", text) if part
    )


def _line_key(is_from: bool, level: int, module: str, member: str) -> tuple[object, ...]:
    return is_from, *_module_key(level, module), *_typed_key(member)


def _forced_key(is_from: bool, level: int, module: str, member: str) -> tuple[object, ...]:
    return *_module_key(level, module), is_from, *_typed_key(member)


def _module_key(level: int, module: str) -> tuple[object, ...]:
    return (-level if level else -1000), tuple(_natural(part) for part in module.lower().split("."))


def _typed_key(name: str) -> tuple[object, ...]:
    """Constants, classes, the rest: isort's `order_by_type`."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, _natural(name)


_MEMBER_KEYS: tuple[Callable[[str], object], ...] = (_typed_key, _natural, str)


def _sorted_place(members: Sequence[str], name: str, keys: Sequence[Callable[[str], object]]) -> int:
    """Where a name keeps the order of the others, by the first order that they have; else at the end."""
    for key in keys:
        have = [key(one) for one in members]
        if have == sorted(have):  # type: ignore[type-var]
            mine = key(name)
            return sum(one <= mine for one in have)  # type: ignore[operator]
    return len(members)
