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
