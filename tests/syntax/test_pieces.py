"""A text in pieces: the parts of the whole text's tree, and errors that stay where they are."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from canonry.syntax.grammar import parse
from canonry.syntax.pieces import Piece, cuts, pieces_of
from hypothesis import given, settings
from tree_sitter import Node

BLOCKS = [
    '"""Doc."""\nimport json\n',
    "def first(a, b=1):\n    return json.loads(a)\n",
    "# above\n@cache\n@other(\n    1,\n)\nasync def second(): ...\n",
    "class Box(Base):\n    size = 1\n\n    def open(self):\n        def inner(): ...\n        return inner\n",
    "# one\n# two\nclass Empty: pass\n",
    'TEMPLATE = """\ndef not_one():\n    pass\n@nor\nclass This:\n"""\n',
    "TEMPLATE = '''\n\"\"\"\ndef not_one(): ...\n'''\n",
    'p = r"\\\\"; q = "it\'s"\n',
    "product = (a\n@ b\n@ c)\n",
    "def third():\n    '''\nclass In: the text\n'''\n",
    "if True:\n    def nested(): ...\n",
    "x = 1  # 'open\n",
    "\n\n",
]


def shown(node: Node) -> Iterator[tuple[object, ...]]:
    for child in node.children:
        yield child.type, child.start_byte, child.end_byte, child.start_point, child.end_point
        yield from shown(child)


def found(pieces: dict[object, Piece]) -> list[tuple[object, ...]]:
    return [one for piece in pieces.values() for one in shown(piece.root)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=8))
def test_a_text_without_errors_has_the_trees_of_its_pieces(blocks: list[str]) -> None:
    data = "".join(blocks).encode()
    whole = parse(data).root_node
    assert not whole.has_error

    pieces = pieces_of(data)

    assert not any(one.broken for one in pieces.values())
    assert found(pieces) == [*shown(whole)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*BLOCKS, "def f(:\n", "x = (\n", '"""\n', "@\n"]), max_size=8), st.data())
def test_pieces_cover_the_text_and_do_not_depend_on_what_was_known(blocks: list[str], data: st.DataObject):
    before = "".join(blocks).encode()
    known = pieces_of(before)
    at = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(at, min(at + 30, len(before))))
    typed = data.draw(st.sampled_from([b"", b"\n", b"(", b'"""', b"# x\n", b"def g():\n"]))
    text = before[:at] + typed + before[end:]

    pieces = pieces_of(text, known.get)

    assert b"".join(one.data for one in pieces.values()) == text
    assert [(one.start, one.line) for one in pieces.values()] == [
        (sum(len(each.data) for each in [*pieces.values()][:number]), text[: one.start].count(b"\n"))
        for number, one in enumerate(pieces.values())
    ]
    assert found(pieces) == found(pieces_of(text))


@pytest.mark.parametrize("opened", ["x = foo(\n", 'x = """\n', "x = '\n", "class\n", "@\n\n"])
def test_an_error_stays_in_its_piece(opened: str) -> None:
    text = f"def before(): ...\n\n\ndef typed():\n    {opened}\n\ndef after():\n    return 1\n"

    pieces = [*pieces_of(text.encode()).values()]

    assert [one.broken for one in pieces] == [False, True, False]


def test_decorators_and_the_comment_above_belong_to_a_definition() -> None:
    text = b"x = 1\n# c\n@a\n@b(\n    1,\n)\nclass A: ...\n# d\n\ndef f(): ...\n"

    assert [text[at:].split(b"\n")[0] for at in cuts(text)] == [b"x = 1", b"# c", b"def f(): ..."]


def test_what_is_known_is_not_parsed_again() -> None:
    text = b"def f(): ...\ndef g(): ...\n"
    known = pieces_of(text)

    again = pieces_of(text + b"def h(): ...\n", known.get)

    assert [*again.values()][:2] == [*known.values()]
