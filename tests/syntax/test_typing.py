"""Text that is being typed: broken everywhere, read all the same, and as if read for the first time."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from canonry.syntax import ModuleParser, parse_module
from hypothesis import given, settings

MODULE = '''"""Doc."""
import json
from app.money import round_half_up as up

# above
@cache
def first(a, *, b=1):
    """Words."""
    return json.loads(up(a, b))


class Box(Base):
    size = 1

    async def open(self):
        def inner(x):
            import os
            return os.path.join(x, "😀")
        return inner(self.size)


if TYPE_CHECKING:
    def only(): ...
__all__ = ["first"]
'''


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def foo(a, b):\n", ["foo"]),
        ("def foo(a, b):\n    ", ["foo"]),
        ("def foo(a):\n    if a:\n\n\ndef bar(c):\n    return c\n", ["foo", "bar"]),
        ("class Foo(Bar):\n    def m(self):\n        \n    def n(self): return 2\n", ["Foo", "m", "n"]),
        ("def foo(a):\n    s = 'abc\n    return s\n\ndef bar():\n    pass\n", ["foo", "bar"]),
        ("def foo(a):\n    x = bar(\n\n\ndef baz(c):\n    return c\n", ["foo", "baz"]),
        ("def foo(a):\n    return [a for\n\n\nclass Baz:\n    def m(self): return 1\n", ["foo", "Baz", "m"]),
    ],
)
def test_a_header_or_half_a_body_is_a_definition(code, names):
    assert [one.name for one in parse_module(code).definitions] == names


def test_every_prefix_of_a_module_is_read_as_by_a_new_parser():
    parser = ModuleParser("pkg.mod")

    for end in range(len(MODULE) + 1):
        text = MODULE[:end]
        assert parser.read(text) == parse_module(text, "pkg.mod")


lines = st.sampled_from(
    [*MODULE.splitlines(keepends=True), "\n", "    x = (\n", "'''\n", "\r\n", "\x0c\n", "é = 1\n"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["insert", "delete"]), lines), max_size=12))
def test_any_edits_are_read_as_by_a_new_parser(edits):
    parser = ModuleParser("pkg.mod")
    current = MODULE.splitlines(keepends=True)
    for at, what, line in edits:
        if what == "insert":
            current.insert(min(at, len(current)), line)
        elif current:
            del current[min(at, len(current) - 1)]
        text = "".join(current)
        assert parser.read(text) == parse_module(text, "pkg.mod")


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=400))
def test_any_text_is_read(text):
    facts = parse_module(text, "pkg.mod")

    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for one in facts.definitions:
        assert 0 <= one.start_line <= one.name_line <= one.end_line < count


def test_deep_nesting_and_huge_lines_are_read():
    assert parse_module("x = " + "[" * 10_000 + "]" * 10_000 + "\ndef f(): return 1\n").definitions
    assert parse_module("x = '" + "a" * 3_000_000 + "'\ndef f(): return 1\n").definitions[0].name == "f"
    deep = "".join("    " * at + f"def f{at}():\n" for at in range(150)) + "    " * 150 + "return 1\n"
    assert parse_module(deep).definitions[0].name == "f0"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(MODULE)), st.integers(0, 30), st.text("ab():= \n'\"#é😀", max_size=6)),
        max_size=10,
    )
)
def test_any_replaced_stretches_are_read_as_by_a_new_parser(edits):
    parser = ModuleParser("pkg.mod")
    text = MODULE
    for at, length, typed in edits:
        text = text[:at] + typed + text[at + length :]
        assert parser.read(text) == parse_module(text, "pkg.mod")
