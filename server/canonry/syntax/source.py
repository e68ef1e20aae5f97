"""Bytes of a file to the text and the UTF-8 that the parser reads, with code point columns.

Invariant: every offset that the parser reports can be turned into a line and a code point
column of the text as an editor shows it, whatever its encoding and line endings.
"""

from __future__ import annotations

import codecs
import re
from functools import cached_property

from canonry.syntax.signs import Vocabulary

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_LONE_CARRIAGE_RETURN = re.compile(rb"\r(?!\n)")


class UnreadableSource(ValueError):
    """The bytes are no text in the encoding that they declare."""


class Source:
    """One text, parsed as UTF-8 with `\\n` where a lone `\\r` ends a line.

    Replacing a byte by a byte keeps all offsets, so positions stay those of the original.
    """

    __slots__ = ("__dict__", "data")

    def __init__(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        if b"\r" in data:
            data = _LONE_CARRIAGE_RETURN.sub(b"\n", data)
        if b"\0" in data:
            # The parser ends at a NUL; a space there keeps the rest of the file.
            data = data.replace(b"\0", b" ")
        self.data = data

    @cached_property
    def ascii(self) -> bool:
        """Whether byte columns are code point columns everywhere."""
        return self.data.isascii()

    @cached_property
    def line_starts(self) -> list[int]:
        """Byte offset of each line's first byte."""
        starts = [0]
        find = self.data.find
        at = find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = find(b"\n", at + 1)
        return starts

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        return Vocabulary(self.data)

    def column(self, line: int, byte_column: int) -> int:
        """The code point column of a byte column of a line."""
        if self.ascii:
            return byte_column
        start = self.line_starts[line]
        return len(self.data[start : start + byte_column].decode("utf-8", "replace"))


def read_source(data: bytes) -> str:
    """The text of a Python file: byte order mark, PEP 263 declaration, else UTF-8.

    Raises UnreadableSource naming the encoding and the offset. Bytes that are not UTF-8 in a
    file without a declaration are read as Latin-1, which is what such files mostly are, when
    they hold no NUL (a binary file under a Python name is refused).
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
        encoding = "utf-8"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = declared_encoding(data)
    try:
        return data.decode(encoding)
    except LookupError:
        raise UnreadableSource(f"unknown encoding {encoding!r} in the coding comment") from None
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and b"\0" not in data:
            return data.decode("latin-1")
        raise UnreadableSource(f"not {encoding} text: byte {error.start} cannot be decoded") from None
    except (UnicodeError, ValueError) as error:
        raise UnreadableSource(f"not {encoding} text: {error}") from None


def declared_encoding(data: bytes) -> str:
    """The encoding that one of the first two lines declares (PEP 263), else `utf-8`."""
    for line in data.split(b"\n", 2)[:2]:
        found = _CODING.match(line)
        if found:
            name = found.group(1).decode("ascii", "replace").lower()
            try:
                # Codecs such as rot13 or hex map text to text; they are no source encodings.
                return name if codecs.lookup(name)._is_text_encoding else "utf-8"
            except LookupError:
                return name
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return "utf-8"
