"""A text cut into pieces that are parsed each by itself, so that what is typed costs its own piece.

A piece begins at a definition at the left margin, with its decorators and the comment above it. Invariants:

- Pieces depend on the text alone, never on what it was before.
- A text without errors has no piece with one, and the pieces' trees are the parts of the whole text's tree.
- An error stays in its piece: an open bracket or quote takes nothing along of what follows. In a class it
  stays in its member, which the tree then does not have.
- Positions in a piece's tree are those of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from tree_sitter import Node, Parser, Tree

from canonry.syntax.grammar import ERROR_KIND, LANGUAGE, kind_name
from canonry.syntax.kinds import NAMING, SCOPE, SCOPE_KINDS, captures
from canonry.syntax.members import Lost, without_broken_members, without_last_lines
from canonry.syntax.signs import AnyOf, Sign

_MARGIN = re.compile(rb"\n(?:#[^\n]*\n)*(?:(@)|(?:async[ \t]+)?def\b|class\b)")
"""Begins with the line's end before it: a pattern that begins with a letter is looked for much faster."""
_TOKEN = re.compile(
    rb"#[^\n]*"
    rb"|(?P<quote>\"\"\"|''')"
    rb"|\"(?:[^\"\\\n]|\\.)*\"?"
    rb"|'(?:[^'\\\n]|\\.)*'?"
    rb"|(?P<open>[(\[{])"
    rb"|(?P<close>[)\]}])",
    re.DOTALL,
)
_ENDS = {
    quote: re.compile(rb"(?:[^\\]|\\.)*?" + quote, re.DOTALL) for quote in (b'"""', b"'''")
}  # a backslash keeps the quote behind it from ending the string, in raw strings too


class Piece:
    """A stretch of whole lines, and its tree. Never changed: at another place it is another piece.

    What is found in it is kept with it, so that a piece that stays where it is costs nothing again. It holds
    nothing that refers back to it: worker processes do not look for reference cycles.
    """

    def __init__(
        self,
        data: bytes,
        start: int,
        line: int,
        tree: Tree,
        lost: tuple[Lost, ...] = (),
        broken: bool = False,
    ) -> None:
        """`broken`: the tree is not of all of the text, which has an error."""
        self.data = data
        self.start = start
        """Offset of its first byte in the text."""
        self.line = line
        self.root = tree.root_node
        self.lost = lost
        """Members with errors, which the tree does not have."""
        self.mended = broken
        """Whether the tree is that of its text without what is broken."""
        self.broken = broken or self.root.has_error
        """Whether there is a syntax error in it."""
        self.outer: tuple[Sequence[str], Sequence[str]] | None = None
        """What `scopes.outer_names` has found in it."""
        self._tree = tree
        self._ordered: dict[str, list[Node]] = {}
        self._starts: dict[str, list[int]] = {}
        self._held: dict[object, bool] = {}
        self._spans: dict[re.Pattern[bytes] | AnyOf, tuple[tuple[int, int], ...]] = {}
        self._texts: dict[re.Pattern[bytes], frozenset[bytes]] = {}

    def moved(self, start: int, line: int) -> Piece:
        """The same at another place."""
        if start == self.start and line == self.line:
            return self
        tree = _shifted(self._tree.copy(), (self.start, self.line), (start, line))
        there = Piece(self.data, start, line, tree, self.lost, self.broken)
        # These are of the text alone.
        there._held, there._spans, there._texts = self._held, self._spans, self._texts
        there.outer = self.outer
        return there

    def nodes(self, kind: str) -> list[Node]:
        """The nodes of one of `KINDS`, or the places that `kinds` has names for, in order."""
        known = self._ordered.get(kind)
        if known is None:
            if kind in SCOPE_KINDS:
                known = [one for one in self.nodes(SCOPE) if kind_name(one) == kind]
            else:
                known = (self._naming if kind in NAMING else self._others).get(kind, [])
            self._ordered[kind] = known
        return known

    def has(self, naming: Mapping[str, list[Node]]) -> None:
        """Takes the nodes of NAMING from who has passed them all, in order: no query need look for them."""
        self.__dict__["_naming"] = naming

    def starts(self, kind: str) -> list[int]:
        """The offsets of the same."""
        known = self._starts.get(kind)
        if known is None:
            known = self._starts[kind] = [one.start_byte for one in self.nodes(kind)]
        return known

    def text(self, node: Node) -> bytes:
        """The source of one of its nodes."""
        return self.data[node.start_byte - self.start : node.end_byte - self.start]

    def knows(self, sign: Sign) -> bool:
        """Whether `sign` has been looked for."""
        return sign in self._held

    def lacks(self, sign: Sign) -> None:
        """Takes from who knows that `sign` finds nothing."""
        self._held[sign] = False

    def holds(self, sign: Sign) -> bool:
        """Whether `sign` finds something in its text; asked once."""
        known = self._held.get(sign)
        if known is None:
            known = self._held[sign] = bool(sign(self.data))
        return known

    def spans(self, pattern: re.Pattern[bytes] | AnyOf) -> Iterator[tuple[int, int]]:
        """Where a pattern or some words are found in its text, as offsets in the whole; looked for once."""
        known = self._spans.get(pattern)
        if known is None:
            if isinstance(pattern, AnyOf):
                known = tuple(sorted(pattern.spans(self.data)))
            else:
                known = tuple(one.span() for one in pattern.finditer(self.data))
            self._spans[pattern] = known
        return ((start + self.start, end + self.start) for start, end in known)

    def texts(self, pattern: re.Pattern[bytes]) -> frozenset[bytes]:
        """What a pattern finds in its text, each once; looked for once."""
        known = self._texts.get(pattern)
        if known is None:
            known = self._texts[pattern] = frozenset(one[0] for one in pattern.finditer(self.data))
        return known

    @cached_property
    def conditions(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Bodies of `if TYPE_CHECKING` and of `if __name__ == "__main__"`: where each begins and ends."""
        checking: list[tuple[int, int]] = []
        main: list[tuple[int, int]] = []
        for node in self.nodes("if_statement"):
            condition, body = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
            if condition is None or body is None:
                continue
            text = self.text(condition)
            if text.endswith(b"TYPE_CHECKING"):
                if not text.startswith(b"not"):
                    checking.append((body.start_byte, body.end_byte))
            elif text.startswith(b"__name__") or text.endswith(b"__name__"):
                main.append((body.start_byte, body.end_byte))
        return checking, main

    @cached_property
    def _naming(self) -> Mapping[str, list[Node]]:
        return captures(self.root, naming=True)

    @cached_property
    def _others(self) -> Mapping[str, list[Node]]:
        return captures(self.root, naming=False)


def start_of(node: Node) -> int:
    """Where a node begins."""
    return node.start_byte


Key = tuple[bytes, int]
"""A piece's text, and how many pieces before it have the same."""


def pieces_of(data: bytes, known: Callable[[Key], Piece | None] = lambda key: None) -> dict[Key, Piece]:
    """The pieces of a text in order of place; those that are `known`, wherever, are not parsed again."""
    return _Cutting(data, known).pieces()


def cuts(data: bytes) -> list[int]:
    """Where definitions at the left margin begin, decorators and comments right above with them; 0 first."""
    found = [0]
    decorated = False
    for match in _MARGIN.finditer(b"\n" + data):
        if match[1]:
            if not decorated and match.start():
                found.append(match.start())
            decorated = True
        elif decorated:
            decorated = False
        elif match.start():
            found.append(match.start())
    return found


class _Cutting:
    def __init__(self, data: bytes, known: Callable[[Key], Piece | None]) -> None:
        self._data = data
        self._known = known
        self._seen: dict[bytes, int] = {}
        self._parser = Parser(LANGUAGE)

    def pieces(self) -> dict[Key, Piece]:
        data = self._data
        starts = cuts(data)
        texts = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
        found: dict[Key, Piece] = {}
        at = start = line = 0
        while at < len(texts):
            text = texts[at]
            key, piece = self._piece(text, start, line)
            if piece.broken:
                longer = self._joined(texts, at, start, line)
                if longer is not None:
                    (key, piece), at = longer
                    text = piece.data
                elif not piece.mended:
                    piece = _mended(piece)
            found[key] = piece
            self._seen[text] = key[1] + 1
            start += len(text)
            line += text.count(b"\n")
            at += 1
        return found

    def _joined(
        self, texts: list[bytes], at: int, start: int, line: int
    ) -> tuple[tuple[Key, Piece], int] | None:
        """A piece with those after it that belong to it, and the last one's place, where that has no error.

        A string over several lines may hold what looks like a definition, and brackets an operator `@` at the
        margin.
        """
        for last in _closing(texts, at):
            one = self._piece(b"".join(texts[at : last + 1]), start, line)
            if not one[1].broken:
                return one, last
        return None

    def _piece(self, text: bytes, start: int, line: int) -> tuple[Key, Piece]:
        key = (text, self._seen.get(text, 0))
        known = self._known(key)
        if known is not None:
            return key, known.moved(start, line)
        tree = _shifted(self._parser.parse(text), (0, 0), (start, line))
        return key, Piece(text, start, line, tree)


def _mended(piece: Piece) -> Piece:
    """A broken piece without the members of its class that are, where the rest of it is whole; one of which
    nothing could be read without its last lines.
    """
    tree, lost = without_broken_members(piece.data) or (None, ())
    if tree is None and piece.root.kind_id == ERROR_KIND:
        tree = without_last_lines(piece.data)
    if tree is None:
        return piece
    tree = _shifted(tree, (0, 0), (piece.start, piece.line))
    return Piece(piece.data, piece.start, piece.line, tree, lost, broken=True)


def _shifted(tree: Tree, before: tuple[int, int], after: tuple[int, int]) -> Tree:
    """The tree with all nodes moved from one place (byte and line) to another.

    What is before the first token counts as the root's padding: making that longer or shorter moves every
    node. Nodes of such a tree have no `text`.
    """
    tree.edit(
        start_byte=0,
        old_end_byte=before[0],
        new_end_byte=after[0],
        start_point=(0, 0),
        old_end_point=(before[1], 0),
        new_end_point=(after[1], 0),
    )
    return tree


def _closing(texts: list[bytes], at: int) -> Iterator[int]:
    """The pieces behind one with which the quotes and brackets that it leaves open may be closed."""
    quote, depth = _left_open(texts[at], b"", 0)
    for last in range(at + 1, len(texts)):
        if not quote and not (depth > 0 and texts[last][:1] == b"@"):
            return
        quote, depth = _left_open(texts[last], quote, depth)
        if not quote and depth <= 0:
            yield last


def _left_open(text: bytes, quote: bytes, depth: int) -> tuple[bytes, int]:
    """The quote that is open at the end of a text, and how many brackets; given those at its beginning."""
    at = 0
    while True:
        if quote:
            end = _ENDS[quote].match(text, at) if quote in text[at:] else None
            if end is None:
                return quote, depth
            quote, at = b"", end.end()
        token = _TOKEN.search(text, at)
        if token is None:
            return b"", depth
        at = token.end()
        if token["quote"]:
            quote = token["quote"]
        elif token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
