"""CN605: tests that get a computed name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Finding, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.syntax import ModuleTree
from canonry.syntax.named import Call
from canonry.syntax.tree import ancestors

_TEST = re.compile(r"^[rRfFbBuU]*(?:\"\"\"|'''|\"|')test", re.IGNORECASE)
_STATEMENTS = ("expression_statement", "return_statement", "with_statement", "for_statement", "if_statement")


class ComputedTestName(Rule):
    """## What it does
    Finds tests that are attached to a class or module under a computed name: `setattr` with an f-string,
    `type(...)` with computed names, `globals()[f"test_{n}"] = ...`.

    ## Why is this bad?
    Nobody can search for such a test, run it from the editor, or see from its name where it stands; tools
    that read code do not know it. `pytest.mark.parametrize` and `subTest` give each case a name as well. No
    rule of ruff or pyright looks at it.

    ## Example
    ```python
    for size in (1, 2):
        setattr(TestBox, f"test_size_{size}", make_test(size))
    ```

    ## Use instead
    ```python
    class TestBox:
        @pytest.mark.parametrize("size", [1, 2])
        def test_size(self, size): ...
    ```

    ## When it stays silent
    - `parametrize`, `subTest`, `pytest_generate_tests`
    - a name that is written out, or that does not begin with `test`
    - modules that are no tests
    """

    code: ClassVar[str] = "CN605"
    name: ClassVar[str] = "computed-test-name"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P3
    INVALID: ClassVar = (
        Invalid(
            "setattr with an f-string",
            {
                "tests/test_box.py": """\
class TestBox:
    pass


for size in (1, 2):
    setattr(TestBox, f"test_size_{size}", lambda self: None)  # want: CN605 setattr
"""
            },
        ),
        Invalid(
            "the name is computed before",
            {
                "tests/test_box.py": """\
class TestBox:
    pass


def attach(cls, cases):
    for case in cases:
        name = "test_%s" % case
        setattr(cls, name, lambda self: case)  # want: CN605
        other = "test_" + case
        setattr(cls, "_".join(("test", case)), lambda self: case)  # want: CN605
        setattr(cls, other, lambda self: case)  # want: CN605
"""
            },
        ),
        Invalid(
            "a class with computed names",
            {
                "tests/test_box.py": """\
import unittest


def make(sizes):
    return type(  # want: CN605 type
        "BoxTest", (unittest.TestCase,), {f"test_{size}": lambda self: None for size in sizes}
    )


TestSmall = type(f"Test{make}", (unittest.TestCase,), {})  # want: CN605 type
"""
            },
        ),
        Invalid(
            "put among the names of the module",
            {
                "tests/test_box.py": """\
for size in (1, 2):
    globals()["test_{}".format(size)] = lambda: None  # want: CN605 globals
"""
            },
        ),
        Invalid(
            "a class that is made and put among the names of the module is one finding",
            {
                "tests/test_box.py": """for size in (1, 2):
    globals()[f"TestSize{size}"] = type(  # want: CN605 globals
        f"TestSize{size}", (), {f"test_{size}": lambda self: None}
    )
"""
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "parametrized",
            {
                "tests/test_box.py": """\
import pytest


@pytest.mark.parametrize("name", [f"test_{n}" for n in range(3)])
def test_box(name):
    assert name
"""
            },
        ),
        Valid(
            "a name that is written out",
            {
                "tests/test_box.py": """\
class TestBox:
    pass


setattr(TestBox, "test_size", lambda self: None)
"""
            },
        ),
        Valid(
            "no name of a test",
            {
                "tests/test_box.py": """\
def fill(box, names):
    for name in names:
        setattr(box, f"field_{name}", 1)
        setattr(box, name, 2)
"""
            },
        ),
        Valid(
            "type with one argument, and a class whose names are written out",
            {
                "tests/test_box.py": """\
Box = type("Box", (), {"size": 1})


def test_box():
    assert type(Box())
"""
            },
        ),
        Valid(
            "no test module",
            """\
def attach(cls, case):
    setattr(cls, f"test_{case}", None)
""",
        ),
        Valid(
            "a dictionary of its own",
            {
                "tests/test_box.py": """\
def test_box():
    found = {}
    for n in range(3):
        found[f"test_{n}"] = n
    assert found
"""
            },
        ),
        Valid(
            "monkeypatch gives it back",
            {
                "tests/test_box.py": """\
def test_box(monkeypatch, box):
    monkeypatch.setattr(box, f"test_{box}", 1)
"""
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each statement that attaches a test."""
        if not module.is_test:
            return
        seen: set[int] = set()
        for call in _attaching(module):
            statement = next(ancestors(call.node, *_STATEMENTS), call.node)
            place = statement if statement.type in ("expression_statement", "return_statement") else call.node
            if place.id in seen:
                continue  # a class that is made and put among the names in one go
            seen.add(place.id)
            yield self.finding(
                module,
                place,
                f"A test gets a computed name by `{call.last}`; parametrize it, so that it can be searched "
                "for and run",
            )


def _attaching(module: Module) -> Iterator[Call]:
    """The calls by which a test gets a computed name: `setattr`, `globals` and the like, `type`."""
    tree = module.tree
    for call in tree.calls_to("builtins.setattr"):
        if len(call.arguments) == 3 and _is_computed(call.arguments[1], call, module):
            yield call
    for call in tree.calls_to("builtins.globals", "builtins.vars", "builtins.locals"):
        above = call.node.parent
        if above is None or above.type != "subscript" or above.child_by_field_name("value") != call.node:
            continue
        holder = above.parent
        index = above.child_by_field_name("subscript")
        is_set = (
            holder is not None and holder.type == "assignment" and holder.child_by_field_name("left") == above
        )
        if is_set and index is not None and _is_computed(index, call, module):
            yield call
    for call in tree.calls_to("builtins.type"):
        if len(call.arguments) == 3 and _makes_tests(call, module):
            yield call


def _is_computed(node: Node, call: Call, module: Module) -> bool:
    """Whether an expression is a name that begins with `test` and is put together."""
    tree = module.tree
    if node.type == "identifier":
        values = tree.binders(tree.text(node), call.scope)
        assigned = [
            one.parent for one in values if one.parent is not None and one.parent.type == "assignment"
        ]
        last = assigned[-1].child_by_field_name("right") if assigned else None
        return last is not None and last.type != "identifier" and _is_computed(last, call, module)
    if node.type == "string":
        return bool(_TEST.match(tree.text(node))) and any(
            one.type == "interpolation" for one in node.children
        )
    if node.type == "binary_operator":
        left = node.child_by_field_name("left")
        while left is not None and left.type == "binary_operator":
            left = left.child_by_field_name("left")
        return left is not None and left.type == "string" and bool(_TEST.match(tree.text(left)))
    if node.type == "call":
        function = node.child_by_field_name("function")
        held = function.child_by_field_name("object") if function is not None else None
        last = function.child_by_field_name("attribute") if function is not None else None
        if held is None or last is None or held.type != "string":
            return False
        if tree.text(last) == "join":
            return _first_joined(node, tree)
        return tree.text(last) == "format" and bool(_TEST.match(tree.text(held)))
    return False


def _first_joined(node: Node, tree: ModuleTree) -> bool:
    """Whether a call of `join` is given a list that begins with `test` and has something computed in it."""
    held = node.child_by_field_name("arguments")
    given = held.named_children[0] if held is not None and held.named_child_count == 1 else None
    if given is None or given.type not in ("tuple", "list") or not given.named_children:
        return False
    first, *others = given.named_children
    return (
        first.type == "string"
        and bool(_TEST.match(tree.text(first)))
        and any(one.type != "string" for one in others)
    )


def _makes_tests(call: Call, module: Module) -> bool:
    name, _, members = call.arguments
    if _is_computed(name, call, module):
        return True
    keys = [one.child_by_field_name("key") for one in members.named_children if one.type == "pair"]
    return any(one is not None and _is_computed(one, call, module) for one in keys)
