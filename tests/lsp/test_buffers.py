"""Open documents: what lines are, and that an edit does to them what it does to the text."""

import re

import pytest
from canonry.lsp.buffers import Buffer, Buffers, FileTexts, split_lines
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

ENCODINGS = list(types.PositionEncodingKind)
HALF = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")

# Every kind of line ending and what only looks like one; one to four bytes wide; two UTF-16 units wide.
ALPHABET = [
    "a",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\f",
    "\x1c",
    "\u2028",
    "é",
    "漢",
    "😀",
    "\U0001f468\u200d\U0001f469",
]
texts = st.lists(st.sampled_from(ALPHABET), max_size=12).map("".join)


def units(text: str, encoding: str) -> int:
    """How many code units a text has: the slow way, character by character."""
    if encoding == types.PositionEncodingKind.Utf8:
        return sum(len(character.encode()) for character in text)
    if encoding == types.PositionEncodingKind.Utf16:
        return sum(1 + (ord(character) > 0xFFFF) for character in text)
    return len(text)


def places(text: str, encoding: str) -> dict[tuple[int, int], int]:
    """Each position of a text that a client may name, and its offset."""
    found: dict[tuple[int, int], int] = {}
    at = 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text)):
        for column in range(len(line) + 1):
            found[number, units(line[:column], encoding)] = at + column
        at += len(line)
        at += 2 if text.startswith("\r\n", at) else 1
    return found


def test_lines_end_where_the_protocol_says_and_nowhere_else():
    assert split_lines("a\nb\r\nc\rd\fe\u2028f\x85") == ["a\n", "b\r\n", "c\r", "d\fe\u2028f\x85"]
    assert split_lines("") == [""]
    assert split_lines("\n") == ["\n", ""]
    assert split_lines("\r") == ["\r", ""]


@given(texts)
def test_joined_lines_are_the_text_and_the_last_has_no_ending(text):
    lines = split_lines(text)

    assert "".join(lines) == text
    assert [line.rstrip("\r\n") for line in lines] == re.split(r"\r\n|\n|\r", text)
    assert all(line.endswith(("\n", "\r")) for line in lines[:-1])


@given(texts, texts, st.sampled_from(ENCODINGS), st.data())
def test_an_edit_of_the_lines_is_the_edit_of_the_text(text, new, encoding, data):
    offsets = places(text, encoding)
    start, end = sorted(
        (data.draw(st.sampled_from(sorted(offsets))) for _ in range(2)), key=lambda place: offsets[place]
    )
    change = types.TextDocumentContentChangePartial(
        range=types.Range(types.Position(*start), types.Position(*end)), text=new
    )

    changed = Buffer("file:///a.py", 1, split_lines(text)).changed([change], 2, encoding)

    expected = text[: offsets[start]] + new + text[offsets[end] :]
    assert changed.text == expected
    assert changed.lines == split_lines(expected)
    assert changed.version == 2


@given(
    texts,
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30), st.integers(0, 9), st.integers(0, 30), texts)),
)
def test_any_sequence_of_edits_anywhere_leaves_lines_that_are_those_of_the_text(text, edits):
    buffer = Buffer("file:///a.py", 0, split_lines(text))
    for version, (line, column, other_line, other_column, new) in enumerate(edits, 1):
        ends = types.Range(types.Position(line, column), types.Position(other_line, other_column))
        change = types.TextDocumentContentChangePartial(range=ends, text=new)
        buffer = buffer.changed([change], version, types.PositionEncodingKind.Utf16)

        assert buffer.lines == split_lines(buffer.text)


def test_changes_of_one_notification_build_on_each_other_and_a_whole_text_replaces():
    def insert(line: int, column: int, text: str) -> types.TextDocumentContentChangePartial:
        at = types.Position(line, column)
        return types.TextDocumentContentChangePartial(range=types.Range(at, at), text=text)

    buffer = Buffer("file:///a.py", 1, split_lines("one\n"))

    assert buffer.changed([insert(0, 3, "\ntwo"), insert(1, 3, "!")], 2, "utf-16").text == "one\ntwo!\n"
    whole = types.TextDocumentContentChangeWholeDocument("new\n")
    assert buffer.changed([insert(0, 0, "x"), whole, insert(0, 3, "er")], 2, "utf-16").text == "newer\n"
    assert buffer.text == "one\n"


def test_half_a_surrogate_pair_is_replaced_by_what_is_as_wide():
    buffers = Buffers()
    buffers.open("file:///a.py", "a\ud83db", 1)

    opened = buffers.get("file:///a.py")

    assert opened is not None
    assert opened.text == "a\ufffdb"
    at = types.Range(types.Position(0, 2), types.Position(0, 3))
    change = types.TextDocumentContentChangePartial(range=at, text="\ude00")
    assert opened.changed([change], 2, "utf-16").text == "a\ufffd\ufffd"


def test_a_document_that_is_not_open_cannot_be_changed():
    buffers = Buffers()

    assert (
        buffers.change("file:///a.py", [types.TextDocumentContentChangeWholeDocument("x")], 2, "utf-16")
        is None
    )
    assert list(buffers) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\nb", ["a\n", "b"]),
        ("\ufeffé\n".encode(), ["é\n", ""]),
        ("# coding: latin-1\né".encode("latin-1"), ["# coding: latin-1\n", "é"]),
        (b"\0\xff\xfe", ()),
    ],
)
def test_a_file_reads_as_an_editor_shows_it(tmp_path, data, expected):
    path = tmp_path / "a.py"
    path.write_bytes(data)

    assert FileTexts().lines(path) == expected


def test_a_file_is_read_again_when_it_has_changed_and_is_empty_when_it_is_gone(tmp_path):
    texts, path = FileTexts(), tmp_path / "a.py"
    path.write_text("one")
    first = texts.lines(path)
    path.write_text("three")
    second = texts.lines(path)
    path.unlink()

    assert (first, second, texts.lines(path)) == (["one"], ["three"], ())


def halves(text: str) -> str:
    """A text as editors hold it: one character for each UTF-16 code unit."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))


@given(
    texts.filter(lambda text: "\r" not in text),
    st.sampled_from(["", "x", "\ude00", "\ud83d", "😀"]),
    st.data(),
)
def test_an_end_within_a_surrogate_pair_leaves_half_of_it(text, new, data):
    held = halves(text)
    start, end = sorted(data.draw(st.integers(0, len(held))) for _ in range(2))

    def place(at: int) -> types.Position:
        return types.Position(held.count("\n", 0, at), at - held.rfind("\n", 0, at) - 1)

    change = types.TextDocumentContentChangePartial(range=types.Range(place(end), place(start)), text=new)

    changed = Buffer("file:///a.py", 1, split_lines(text)).changed([change], 2, "utf-16")

    pieces = (held[:start], halves(new), held[end:])
    assert halves(changed.text) == "".join(HALF.sub("\ufffd", piece) for piece in pieces)
