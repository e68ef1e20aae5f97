"""Places of keys in TOML."""

from __future__ import annotations

import tomllib

import tomlkit
from canonry.config.positions import KeyPath, Mark, Span, key_positions, nearest_place
from hypothesis import given
from hypothesis import strategies as st

TEXT = '''\
# a = "comment"
title = "x = 1 # no comment \\" [no.table]"
multi = """
[not.a.table]
key = 3""""
raw = \'\'\'
it's [[not]] one\'\'\'
"quoted key" . \'second.part\' = 2020-01-01 07:00:00  # c = 1
list = [ 1, "two, [three]", [4], # five = 5
  { six = 6, "se\\u0076en" = 7 },
]

[a."b.c".d]
e.f = { g = [], h = {} }

[[people]]
name = "x"
[[people.pets]]
kind = "cat"
[[people.pets]]
kind = "dog"
[[people]]
[people.address]
street = "y"
'''


def span(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(Mark(line, column), Mark(end_line, end_column))


def place(path: KeyPath) -> str:
    found = key_positions(TEXT)[path]
    assert found.start.line == found.end.line
    return TEXT.split("\n")[found.start.line][found.start.column : found.end.column]


def test_keys_of_every_form_are_found() -> None:
    positions = key_positions(TEXT)

    assert positions[("title",)] == span(1, 0, 1, 5)
    assert positions[("multi",)].start.line == 2
    assert positions[("raw",)].start.line == 5
    assert place(("quoted key",)) == '"quoted key"'
    assert place(("quoted key", "second.part")) == "'second.part'"
    assert place(("list", 1)) == '"two, [three]"'
    assert place(("list", 2, 0)) == "4"
    assert place(("list", 3, "six")) == "six"
    assert place(("list", 3, "seven")) == '"se\\u0076en"'
    assert place(("a", "b.c", "d")) == "d"
    assert place(("a", "b.c", "d", "e", "f", "h")) == "h"
    assert positions[("people", 0)].start.line == 15
    assert positions[("people", 0, "pets", 1, "kind")].start.line == 20
    assert positions[("people", 1)].start.line == 21
    assert positions[("people", 1, "address", "street")].start.line == 23


def test_windows_line_ends_and_code_points_count() -> None:
    positions = key_positions('a = "😀"\r\n\r\nb = { "ключ" = 1 }\r\n')

    assert positions[("b",)] == span(2, 0, 2, 1)
    assert positions[("b", "ключ")] == span(2, 6, 2, 12)


def test_the_nearest_place_is_the_closest_table_around() -> None:
    positions = key_positions("[a]\nb = 1\n")

    assert nearest_place(positions, ("a", "b", "c", 3)) == span(1, 0, 1, 1)
    assert nearest_place(positions, ("a", "x")) == span(0, 1, 0, 2)
    assert nearest_place(positions, ("x",)) == span(0, 0, 0, 0)


def key_paths(value: object, path: KeyPath = ()) -> set[KeyPath]:
    """Slow and obvious: the ways to all values that tomllib read."""
    found: set[KeyPath] = {path} if path else set()
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        found |= key_paths(inner, (*path, key))
    return found


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12)
values = st.recursive(
    st.one_of(
        st.integers(-1000, 1000), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), texts
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=12,
)


@given(st.dictionaries(names, values, max_size=4))
def test_the_keys_found_are_those_that_tomllib_reads(tree: dict[str, object]) -> None:
    text = tomlkit.dumps(tree)

    assert set(key_positions(text)) == key_paths(tomllib.loads(text))
