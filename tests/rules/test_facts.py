"""What extractors find by quick looks is what the obvious way finds."""

from __future__ import annotations

import re

import hypothesis.strategies as st
from canonry.rules.facts.members import CLASSES
from canonry.syntax import parse_tree
from hypothesis import given

PARTS = ["self", "cls", ".", "x", "_y", " ", "my", "_", "é", "self.a", "cls.b", "(", "3"]


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_all_that_is_read_or_set_on_the_instance_is_a_member(text: str) -> None:
    module = f"class Shop:\n    door = 1\n    # {text}\n    wall = 2\n"
    expected = {one.decode() for one in re.findall(rb"\b(?:self|cls)\.(\w+)", module.encode())}

    (row,) = CLASSES.read(parse_tree(module))

    assert {*row.members} == {"door", "wall", *expected}


OUTSIDE = ["Shop", ".", "rate", "_y", " ", "\n", "\t", "=", ":", " int", "My", "é", "Shop.a = 1", "(", "3"]


@given(st.lists(st.sampled_from(OUTSIDE)).map("".join))
def test_what_statements_assign_to_a_class_is_a_member(text: str) -> None:
    module = f"class Shop:\n    door = 1\n\n'''\n{text}\n'''\n"
    assigned = re.findall(rb"(?m)^\s*Shop\.(\w+)\s*(?::[^=\n]*)?=(?!=)", module.encode())

    (row,) = CLASSES.read(parse_tree(module))

    assert {*row.members} == {"door", *(one.decode() for one in assigned)}
