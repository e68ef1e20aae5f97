"""The nodes that the walk notes are those that the query finds."""

from __future__ import annotations

import textwrap

import hypothesis.strategies as st
from canonry.syntax import parse_tree
from canonry.syntax.kinds import captures
from hypothesis import given, settings
from tree_sitter import Node

STATEMENTS = [
    "a = b = f(c)",
    "a: Annotated[int, Field(gt=0)] = 1",
    "a, (b, *c), [d] = x",
    "self.a, b = x",
    "a += g()",
    "(a := f())",
    'f"{(a := f(b))} {[x for x in y]}"',
    '"""Text with {braces}."""',
    "[x for x, (y, *z) in w if (a := x)]",
    "{k: v for k, v in m.items()}",
    "g = (x async for x in y)",
    "k = lambda a, *b, c=d(), **e: {x for x in a}",
    "global a, b",
    "import a.b, c as d",
    "from a import (b as c, d)",
    "from __future__ import annotations",
    "del a[f(b)]",
    "assert f(a), g[b]",
    "raise E(a) from b",
    "return f(a)(b).c(d)",
    "x.y(a).z(b)(c)",
    "yield (yield a)",
    "await f(*a, **b)",
    "print(a, end=f(b))",
    "type A[T: f] = list[T]",
]
BLOCKS = [
    "if a:",
    "for a in f(b):",
    "for a, b in c:",
    "while (a := f()):",
    "with f(a) as b, g() as (c, d):",
    "with f() as (a, (b, *c), [d, e]), g() as [h, (i, j)]:",
    "try:\n    pass\nexcept (A, b.C) as e:",
    "@a\n@b.c(lambda x: f(x), [y for y in z])\nclass A(B, metaclass=f(C)):",
    "@property\ndef f(self, /, a, *, b: int = 1, c=2, **d: Any) -> g[a]:",
    "async def f(a: Callable[[x], y] = lambda b: b, *c: int, d=[x for x in y]) -> Annotated[int, f(1)]:",
    "def f(a=(b := c), *args, **kwargs):",
    "def f(platform, informed: dict[str, int] = {}):",
    "match a:\n  case b:\n    pass\n  case C(d, e=f) | [*h] | {'i': j, **k} if l(m):\n    pass\n  case a.b:",
    "class A[T]:",
]


@st.composite
def texts(draw: st.DrawFn, depth: int = 0) -> str:
    """Statements and blocks in blocks."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        if depth < 3 and draw(st.booleans()):
            head = draw(st.sampled_from(BLOCKS))
            by = "      " if head.startswith("match") else "    "
            lines += [head, textwrap.indent(draw(texts(depth + 1)), by)]
        else:
            lines.append(draw(st.sampled_from(STATEMENTS)))
    return "\n".join(lines) + "\n"


@settings(max_examples=300, deadline=None)
@given(texts())
def test_the_walk_notes_what_the_query_finds(text: str) -> None:
    for piece in parse_tree(text, "app").pieces:
        expected = captures(piece.root, naming=True)

        for kind in {*expected, "call", "bind", "outer", "scope", "assignment"}:
            assert [*map(place, piece.nodes(kind))] == [*map(place, expected.get(kind, []))], kind


def test_what_is_nested_deeper_than_the_walk_goes_is_noted_too() -> None:
    text = f"x = {'[' * 600}f(lambda a: a){']' * 600}\n"
    (piece,) = parse_tree(text, "app").pieces

    assert [piece.text(one) for one in piece.nodes("call")] == [b"f(lambda a: a)"]
    assert len(piece.nodes("lambda")) == 1


def place(node: Node) -> tuple[int, int, str]:
    return node.start_byte, -node.end_byte, node.type
