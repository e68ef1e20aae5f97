"""Identifiers and prose to words: split, stemmed, abbreviations and synonyms folded."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from canonry.syntax.vocabulary import STOP_WORDS, SYNONYMS

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^\W\d_]+")
PROSE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[^\W\d_]+")
"""What counts as a word of a text; identifiers are split further."""
_DIGIT = re.compile(r"[0-9]").search
_SPACED = "".join(chr(at) if chr(at).isalnum() or chr(at) == "_" else " " for at in range(128))
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=200_000)
def identifier_words(identifier: str) -> tuple[str, ...]:
    """The folded words of an identifier, in order: `getHTTPConfig` -> get, http, config."""
    return tuple(fold(part) for part in split_identifier(identifier))


@lru_cache(maxsize=200_000)
def split_identifier(identifier: str) -> tuple[str, ...]:
    """The lower-case parts of a snake_case, camelCase or mixed identifier; single digits are dropped."""
    return tuple(parts_of(identifier))


def parts_of(identifier: str) -> list[str]:
    """The same for those who keep what they make of it."""
    plain = identifier.replace("_", "")
    if plain.isascii() and plain.islower() and plain.isalpha():
        return [part for part in identifier.split("_") if part]  # most are so, and need no pattern
    parts = _PARTS.findall(identifier)
    return [part.lower() for part in parts if len(part) > 1 or not part.isdigit()]


def whole_name(name: str) -> str:
    """A name without case and underscores, under which it is indexed as a whole."""
    return name.replace("_", "").lower()


def prose_words(text: str) -> tuple[str, ...]:
    """The folded words of a text without stop words; identifiers in it are split."""
    return tuple(word for token in prose_tokens(text) for word in token_words(token))


def prose_tokens(text: str) -> list[str]:
    """All matches of PROSE in a text."""
    if not text.isascii() or _DIGIT(text):
        return PROSE.findall(text)
    return text.translate(_SPACED).split()  # three times as fast


def token_words(token: str) -> list[str]:
    """The folded words of one match of PROSE."""
    return [fold(part) for part in parts_of(token) if len(part) > 1 and part not in STOP_WORDS]


@cache
def fold(word: str) -> str:
    """One word to the form under which all its spellings and synonyms are indexed."""
    stemmed = stem(word)
    known = SYNONYMS.get(word) or SYNONYMS.get(stemmed)
    if known is None and stemmed != word:
        known = SYNONYMS.get(f"{stemmed}e")  # a stem has lost its -e: `creates` and `created` are `create`
    return known or stemmed


def stem(word: str) -> str:
    """A light English stemmer: plurals, -ing, -ed, -er/-or, -ation, -ly; never under three letters.

    Lighter than Porter's on purpose: identifiers are short, and over-stemming joins what differs
    (`string`, `sting`).
    """
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ization", "isation"):
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            return word[: -len(suffix)] + "ize"
    if word.endswith("ise") and len(word) > 5:
        word = word[:-3] + "ize"
    for suffix, kept in (("ation", 4), ("ition", 4), ("ment", 4), ("ing", 3), ("ed", 3), ("ly", 4)):
        if word.endswith(suffix) and len(word) - len(suffix) >= kept:
            return _restored(word[: -len(suffix)])
    for suffix in ("er", "or"):
        if word.endswith(suffix) and len(word) - 2 >= 4:
            return _restored(word[:-2])
    if word.endswith("e") and len(word) > 4:
        return word[:-1]
    return word


def _restored(base: str) -> str:
    """The base of a word whose ending is gone: doubled consonants single, a final e never kept."""
    if not _VOWELS.intersection(base):
        return base
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    if base.endswith("e") and len(base) > 4:
        return base[:-1]
    return base
