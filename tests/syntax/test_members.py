"""An error in a method stays in the method."""

from __future__ import annotations

import pytest
from canonry.model import SymbolKind
from canonry.syntax import parse_module, parse_tree
from canonry.syntax.facts import Definition

CLASS = '''import json


class Box(Base):
    """Things."""

    size = 1

    def first(self, a):
        return json.loads(a)

    @property
    def typed(self):
        {typed}

    async def last(self):
        def inner(): ...
        return inner


def after(): ...
'''


def described(one: Definition) -> tuple[object, ...]:
    return one.local_name, one.kind, one.start_line, one.end_line, one.parameters, one.features, one.parent


OPEN = ["return (", "x = '", 'x = """', "if", "return [1 for", "class", "yield from", "f({"]


@pytest.mark.parametrize("typed", OPEN)
def test_the_other_methods_are_read_as_ever(typed: str) -> None:
    whole = {one.local_name: one for one in parse_module(CLASS.format(typed="return 1")).definitions}

    broken = parse_module(CLASS.format(typed=typed)).definitions

    names = [one.local_name for one in broken]
    assert sorted(names) == sorted(whole)
    for one in broken:
        if one.local_name in ("Box.first", "Box.last", "after"):
            assert described(one)[:-1] == described(whole[one.local_name])[:-1]
        owner = one.local_name.rpartition(".<locals>.")[0] or one.local_name.rpartition(".")[0]
        assert (names[one.parent] if one.parent >= 0 else "") == owner
    method = next(one for one in broken if one.local_name == "Box.typed")
    assert (method.kind, method.start_line, method.start_column) == (SymbolKind.METHOD, 11, 4)
    assert (method.name_line, method.name_column, method.decorators) == (12, 8, ("property",))


def test_the_tree_has_the_class_without_it() -> None:
    tree = parse_tree(CLASS.format(typed="return ("), "pkg.mod")

    assert tree.broken
    assert [one.local_name for one in tree.scopes.all() if one.name] == [
        "Box",
        "Box.first",
        "Box.last",
        "Box.last.<locals>.inner",
        "after",
    ]
    assert [call.name for call in tree.calls] == ["json.loads"]
