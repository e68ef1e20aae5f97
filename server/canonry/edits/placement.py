"""Where a new import goes, as isort and ruff would put it, and how it is written there."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import libcst as cst

from canonry.edits.definitions import is_docstring, statements
from canonry.edits.imports import ImportLine, Unused, drop_imports, import_lines
from canonry.edits.merging import NewImport, Style, in_parentheses, merge_import
from canonry.edits.names import Names
from canonry.edits.ordering import forced_key, line_key
from canonry.edits.sources import SourceFile, relative_module
from canonry.edits.text import Lines, Splice, join_deletions, splice_text
from canonry.edits.tree import Tree, dotted
from canonry.syntax.dotted import common_start


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
            return [*drop_imports(tree, names, unused, but=node), *merge_import(tree, node, new, style, gone)]
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
        for key in (line_key, forced_key):
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
                between = self._staying(groups[-1][-1].end, line.start)
                if all(one.strip(" \t").startswith("#") for one in _content_lines(between)):
                    groups[-1].append(line)
                    continue
            groups.append([line])
        return groups

    def _staying(self, start: int, end: int) -> str:
        """The text between two offsets without what goes."""
        inside = [one for one in self.removed if start <= one.start and one.end <= end]
        cuts = [Splice(one.start - start, one.end - start, one.new) for one in inside]
        return splice_text(self.tree.text[start:end], cuts)

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
            between = _content_lines(self._staying(block[-1][-1].end, group[0].start))
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
            return head + in_parentheses(self.tree, [self.new.member], offset) + ending
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
