"""What names and calls stand for in a tree."""

from __future__ import annotations

import gc
import weakref
from textwrap import dedent

import hypothesis.strategies as st
import pytest
from canonry.syntax import ModuleTree, parse_tree
from hypothesis import given, settings


def tree(code: str, module: str = "app.mod") -> ModuleTree:
    return parse_tree(dedent(code), module)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import asyncio\nasyncio.run()", "asyncio.run"),
        ("import asyncio as aio\naio.run()", "asyncio.run"),
        ("from asyncio import run as go\ngo()", "asyncio.run"),
        ("import a.b.c\na.b.c.d()", "a.b.c.d"),
        ("import redis.asyncio as redis\nredis.from_url()", "redis.asyncio.from_url"),
        ("def f():\n    import a.b as a\n    a.c()", "a.b.c"),
        ("from . import x\nx.y()", "app.x.y"),
        ("from .x import y\ny()", "app.x.y"),
        ("from ..x import y\ny()", "..x.y"),
        ("def f(): ...\nf()", "app.mod.f"),
        ("class A: ...\nA.make()", "app.mod.A.make"),
        ("client = 1\nclient.get()", "app.mod.client.get"),
        ("print()", "builtins.print"),
        ("nobody()", ""),
        ("f()()", ""),
        ("x[0].y()", ""),
        ("import asyncio\ndef f(asyncio):\n    asyncio.run()", ""),
        ("import asyncio\ndef f(*, asyncio: int = 1):\n    asyncio.run()", ""),
        ("import asyncio\ndef f():\n    for asyncio in x: pass\n    asyncio.run()", ""),
        ("import asyncio\ndef f():\n    with x as asyncio:\n        asyncio.run()", ""),
        ("import asyncio\ndef f():\n    global asyncio\n    asyncio = 1\n    asyncio.run()", "asyncio.run"),
        ("import asyncio\ng = lambda asyncio: asyncio.run()", ""),
        ("import asyncio\n[asyncio.run() for asyncio in x]", ""),
        ("import asyncio\n[asyncio.run() for y in x]", "asyncio.run"),
        ("def f():\n    import asyncio\n    def g():\n        asyncio.run()", "asyncio.run"),
        ("class A:\n    run = 1\n    def f(self):\n        run()", ""),
        ("class A:\n    def f(self):\n        self.g()", "app.mod.A.g"),
        ("class A:\n    def f(self):\n        def h():\n            self.g()", "app.mod.A.g"),
        ("class A:\n    def f(self, other):\n        other.g()", ""),
        ("def f():\n    def g(): ...\n    g()", "app.mod.f.<locals>.g"),
        ("try:\n    import ujson as json\nexcept ImportError:\n    json = None\njson.loads()", "ujson.loads"),
        ("match x:\n    case [asyncio]:\n        asyncio.run()", "app.mod.asyncio.run"),
    ],
)
def test_names_of_calls(code: str, name: str) -> None:
    last = tree(code).calls[0 if code.startswith("f()()") else -1]

    assert last.name == name


def test_a_script_has_a_name_of_its_own() -> None:
    assert tree("def f(): ...\nf()", "").calls[0].name == "__main__.f"


def test_scopes_know_their_functions_and_classes() -> None:
    found = tree("""
        async def f():
            [g() for x in y]
            lambda: h()

        class A:
            i()
            def m(self):
                j()
        """)
    told = [
        (call.last, call.scope.local_name, call.scope.function and call.scope.function.is_async)
        for call in found.calls
    ]

    assert told == [("g", "f", True), ("h", "f", True), ("i", "A", None), ("j", "A.m", False)]
    assert found.calls[3].scope.enclosing_class is found.calls[2].scope


def test_type_checking_and_main_blocks() -> None:
    found = tree("""
        if typing.TYPE_CHECKING:
            a()
        else:
            b()
        if __name__ == "__main__":
            c()
        """)

    assert [found.under_type_checking(call.node) for call in found.calls] == [True, False, False]
    assert [found.under_main(call.node) for call in found.calls] == [False, False, True]


def test_arguments() -> None:
    module = tree("f(1, *rest, 2, key=3, **more)")
    call = module.calls[0]

    def text(node):
        return node and module.text(node).encode()

    assert text(call.argument(0)) == b"1"
    assert call.argument(1) is None
    assert text(call.argument(1, "key")) == b"3"


def test_a_tree_goes_without_a_search_for_cycles() -> None:
    gc.collect()
    gc.disable()  # as worker processes do
    try:
        read = tree("import a\n\n\nclass B:\n    def f(self):\n        return [a.b(x) for x in self.f()]\n")
        assert read.calls
        assert read.nodes("comment") == []
        pieces = [weakref.ref(one) for one in read.pieces]
        del read

        assert [one() for one in pieces] == [None, None]
    finally:
        gc.enable()


def test_positions_are_code_points() -> None:
    found = tree("x = '😀'; f('é')")

    assert found.range(found.calls[0].node).start.column == 9
    assert found.string(found.calls[0].argument(0)) == "é"


def test_headers_end_with_their_colon() -> None:
    found = tree("try:\n    f()\nexcept (A,\n        B) as e:  # no: comment\n    pass\n")
    header = found.header(found.nodes("except_clause")[0])

    assert (header.end.line, header.end.column) == (3, 16)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "def f(a):",
                "class A",
                "\n",
                "    ",
                "lambda x: ",
                "import a",
                " as b",
                "[x for ",
                "(",
                "f()",
                "global a",
                "😀",
                "'''",
                "with a as b:",
                "self.x()",
                "= 1",
                "\0",
            ]
        )
    ).map("".join)
)
def test_no_text_makes_it_raise(text: str) -> None:
    found = parse_tree(text, "a.b")
    for call in found.calls:
        assert call.scope.local_name is not None
        call.argument(0, "x")
    for node in found.nodes("string", "function_definition", "except_clause"):
        found.header(node)
        found.literal(node)
    assert found.import_statements is not None
