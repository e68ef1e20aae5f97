"""Features: what a definition is looked up and weighed by, each a 32-bit hash that carries its kind.

The kind takes the upper four bits, a CRC-32 of the token the lower 28: the same in every process
and on every machine (unlike `hash`), and about one collision among a thousand features at the
vocabulary of a million-line workspace.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from zlib import crc32

KIND_SHIFT = 28
TOKEN_MASK = (1 << KIND_SHIFT) - 1


class Feature(IntEnum):
    """Kinds of features."""

    NAME = 0
    """A word of the definition's own name, synonyms folded."""
    PARAMETER = 1
    """A parameter's whole name (without self and cls)."""
    ANNOTATION = 2
    """A type named in the signature."""
    CALL = 3
    """The last part of a called name."""
    ATTRIBUTE = 4
    """An attribute that is read or set."""
    LITERAL = 5
    """A string or number, as it stands."""
    DOC = 6
    """A word of the docstring or of the comment above."""
    WORD = 7
    """A word from anywhere in the definition: names, docstring, literals, comments."""
    SHAPE = 8
    """One statement's normalised tree."""
    DECORATOR = 9
    BASE = 10
    """A base class's last name part."""
    MEMBER = 11
    """A method of a class."""
    IMPORTED = 12
    """An imported thing that is used, by its absolute dotted name."""
    WHOLE_NAME = 13
    """The whole name without underscores and case."""
    RAISES = 14
    """An exception that is raised or caught."""
    OPERATION = 15
    """A notable construct: yield, await, with, a comprehension's kind, slicing, an operator."""


@lru_cache(maxsize=50_000)
def feature_hash(kind: Feature, token: bytes) -> int:
    """The hash of a token (UTF-8) of a kind."""
    return (kind << KIND_SHIFT) | (crc32(token) & TOKEN_MASK)
