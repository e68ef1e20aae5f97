"""A class with an error in some of its methods: which ones, so that the others are read as ever.

While a method is typed its class is broken most of the time, and the parser's recovery takes the methods
around it along. So a broken class is read without those methods, and they are read by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tree_sitter import Tree

from canonry.syntax.grammar import parse

_CLASS = re.compile(rb"^class[ \t]+(\w+)[^\n]*\n", re.MULTILINE)
_MEMBER = re.compile(rb"^([ \t]+)(@|(?:async[ \t]+)?def\b|class\b)", re.MULTILINE)
MOST_BLANK = 4
"""Lines at the end of a broken definition without which it is looked at."""
_NOT_BLANK = re.compile(rb"[^\n]")


@dataclass(frozen=True, slots=True)
class Lost:
    """A member of a class that is left out of the class's tree."""

    owner: str
    """The name of the class."""
    line: int
    """Its first line, counted from that of the piece."""
    data: bytes
    """Its text without the indentation."""
    indentation: int
    """How many code points that is."""


def without_broken_members(text: bytes) -> tuple[Tree, tuple[Lost, ...]] | None:
    """The tree of a class whose broken members are blank, all other places as they are, and those members.

    `text` has the class at its left margin. None where there is no class, or an error elsewhere in it.
    """
    found = _CLASS.search(text)
    if found is None:
        return None
    cuts, indentation = _cuts(text, found.end())
    blank: list[bytes] = []
    lost: list[Lost] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        member = text[start:end]
        if start != cuts[0] and _is_broken(member):
            owner, line = found[1].decode("utf-8", "replace"), text.count(b"\n", 0, start)
            lost.append(Lost(owner, line, _dedented(member, indentation), len(indentation)))
            member = _NOT_BLANK.sub(b" ", member)
        blank.append(member)
    if not lost:
        return None
    tree = parse(b"".join(blank))
    return None if tree.root_node.has_error else (tree, tuple(lost))


def _cuts(text: bytes, start: int) -> tuple[list[int], bytes]:
    """Where members begin, decorators with them, and their indentation; the first is the class itself."""
    found, indentation, decorated = [0], b"", False
    for match in _MEMBER.finditer(text, start):
        indentation = indentation or match[1]
        if match[1] != indentation:
            continue
        if not decorated:
            found.append(match.start())
        decorated = match[2] == b"@"
    return found, indentation


def _dedented(member: bytes, indentation: bytes) -> bytes:
    return b"\n".join(line.removeprefix(indentation) for line in member.split(b"\n"))


def without_last_lines(text: bytes) -> Tree | None:
    """The tree of a definition without the line that is being typed at its end, or a few; None where there
    is no better one. Of an open bracket or quote the parser makes one error of the whole definition.
    """
    lines = text.split(b"\n")
    written = [at for at, line in enumerate(lines) if line.strip()]
    for at in reversed(written[-MOST_BLANK:]):
        lines[at] = b" " * len(lines[at])
        tree = parse(b"\n".join(lines))
        if not tree.root_node.has_error:
            return tree
    return None


@lru_cache(maxsize=4_000)
def _is_broken(member: bytes) -> bool:
    return parse(b"class _:\n" + member).root_node.has_error
