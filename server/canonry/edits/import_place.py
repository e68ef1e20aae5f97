"""Where a new import goes in a text, also one that does not parse: for what is computed without libcst."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from canonry.edits.ordering import forced_key, line_key
from canonry.syntax.dotted import common_start
from canonry.syntax.grammar import kind_name, parse
from canonry.syntax.source import Source

_STATEMENT = re.compile(
    r"(?P<head>from|import)\s+(?P<level>\.*)(?P<module>[\w.]*)(?:\s+import\s+\(?\s*(?P<member>\w+))?"
)
_DEFINITION = re.compile(r"\s*(?:@|(?:async\s+)?def\b|class\b)")
_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")


@dataclass(frozen=True, slots=True)
class _Line:
    """An import at a module's top level. Lines are zero-based, `end` is the last one."""

    start: int
    end: int
    is_from: bool
    level: int
    module: str
    member: str

    def key(self, forced: bool) -> tuple[object, ...]:
        return (forced_key if forced else line_key)(self.is_from, self.level, self.module, self.member)


def import_place(text: str, statement: str, own: str = "") -> tuple[int, int, int]:
    """Where a new import statement goes: the line that it takes, and blank lines before and after it.

    `own` is the dotted name of the module itself. Among the imports of its kind at the head of the file
    (standard library, others, the own package), in their order if they have one; without any behind the
    docstring and the comments at the top.
    """
    new = _read(statement, 0, 0)
    lines, header = _head(text)
    groups = _groups(lines, text.split("\n"))
    usable = [one for one in groups if any(line.module != "__future__" for line in one)]
    if new is None or not groups:
        if header >= 0:
            return header + 1, 1, 0
        return 0, 0, 2 if _DEFINITION.match(text) else 1
    root = own.partition(".")[0]
    group = _group_for(new, usable, root)
    if group is None:
        before = [one for one in groups if max(_section(line, root) for line in one) < _section(new, root)]
        return (before[-1][-1].end + 1, 1, 0) if before else (groups[0][0].start, 0, 1)
    for forced in (False, True):
        keys = [one.key(forced) for one in group]
        if keys == sorted(keys):
            at = sum(one <= new.key(forced) for one in keys)
            return (group[at].start if at < len(group) else group[-1].end + 1), 0, 0
    return max(group, key=lambda one: (_nearness(one, new), one.start)).end + 1, 0, 0


def _group_for(new: _Line, groups: Sequence[list[_Line]], root: str) -> list[_Line] | None:
    """The imports among which a new one goes; None where it begins a group of its own."""
    nearest = max(groups, key=lambda group: max(_nearness(one, new) for one in group), default=None)
    if nearest is not None and any(_nearness(one, new) for one in nearest):
        return nearest
    for group in groups:
        if any(_section(one, root) == _section(new, root) for one in group):
            return group
    mixed = len(groups) == 1 and len({_section(one, root) for one in groups[0]}) > 1
    return groups[0] if mixed else None


def _nearness(one: _Line, other: _Line) -> int:
    """How many packages two imports have in common."""
    if bool(one.level) != bool(other.level):
        return 0
    return common_start(one.module.split("."), other.module.split("."))


def _section(one: _Line, root: str) -> int:
    """isort's sections, in their order: `__future__`, standard library, others, the own package, relative."""
    first = one.module.partition(".")[0]
    if one.level:
        return 4
    if first == "__future__":
        return 0
    if first and first == root:
        return 3
    return 1 if first in sys.stdlib_module_names else 2


def _read(statement: str, start: int, end: int) -> _Line | None:
    found = _STATEMENT.match(statement)
    if found is None:
        return None
    is_from = found["head"] == "from"
    return _Line(start, end, is_from, len(found["level"]), found["module"], found["member"] or "")


def _head(text: str) -> tuple[list[_Line], int]:
    """The imports that a file begins with, and the last line of what stands before them; -1 for none."""
    source = Source(text)
    lines: list[_Line] = []
    header = -1
    for child in parse(source.data).root_node.children:
        kind = kind_name(child)
        if kind in _IMPORTS:
            said = source.data[child.start_byte : child.end_byte].decode("utf-8", "replace")
            one = _read(said, child.start_point[0], child.end_point[0])
            lines.extend([one] if one is not None else [])
        elif lines and kind in ("comment", "if_statement", "try_statement"):
            continue
        elif kind == "comment" or _is_docstring(child):
            header = child.end_point[0]
        elif kind not in ("if_statement", "try_statement"):
            break
    return lines, header


def _is_docstring(node: Node) -> bool:
    if kind_name(node) != "expression_statement" or node.named_child_count != 1:
        return False
    return kind_name(node.named_children[0]) == "string"


def _groups(lines: Sequence[_Line], written: Sequence[str]) -> list[list[_Line]]:
    """The runs of imports with nothing but comments between them."""
    found: list[list[_Line]] = []
    for line in lines:
        if found and _is_run(found[-1][-1], line, written):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _is_run(one: _Line, following: _Line, written: Sequence[str]) -> bool:
    return all(text.startswith("#") for text in _between(one, following, written))


def _between(one: _Line, following: _Line, written: Sequence[str]) -> Iterator[str]:
    return iter(written[one.end + 1 : following.start])
