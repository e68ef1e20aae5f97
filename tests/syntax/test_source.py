"""Bytes to text: encodings, byte order marks, line ends."""

from __future__ import annotations

import pytest
from canonry.syntax import UnreadableSource, parse_module, read_source


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("x = 'é'".encode(), "x = 'é'"),
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'", "# -*- coding: latin-1 -*-\nx = 'é'"),
        (
            b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n\x80",
            "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n€",
        ),
        (b"x = '\xe9'", "x = 'é'"),
        ("x = 1".encode("utf-16"), "x = 1"),
    ],
)
def test_encodings(data, text):
    assert read_source(data) == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"# coding: klingon\n", "unknown encoding 'klingon'"),
        (b"# coding: ascii\nx = '\xe9'\n", "not ascii text: byte 21"),
        (b"\x00\x01\xff\xfe binary", "not utf-8 text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, told):
    with pytest.raises(UnreadableSource, match=told):
        read_source(data)


def test_a_declaration_after_code_is_none():
    assert read_source(b"x = 1\n# coding: klingon\n") == "x = 1\n# coding: klingon\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_an_editor(end):
    found = parse_module(end.join(["x = 1", "def f():", "    return 2", ""])).definitions[0]

    assert (found.start_line, found.end_line, found.end_column) == (1, 2, 12)


def test_a_nul_byte_does_not_end_the_file():
    assert [one.name for one in parse_module("x = '\0'\ndef f(): return 1\n").definitions] == ["f"]
