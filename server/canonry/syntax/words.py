"""Identifiers and prose to words: split, stemmed, abbreviations and synonyms folded."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from canonry.syntax.vocabulary import STOP_WORDS, SYNONYMS

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^\W\d_]+")
_PROSE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[^\W\d_]+")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=200_000)
def identifier_words(identifier: str) -> tuple[str, ...]:
    """The folded words of an identifier, in order: `getHTTPConfig` -> get, http, config."""
    return tuple(fold(part) for part in split_identifier(identifier))


@lru_cache(maxsize=200_000)
def split_identifier(identifier: str) -> tuple[str, ...]:
    """The lower-case parts of a snake_case, camelCase or mixed identifier; single digits are dropped."""
    parts = _PARTS.findall(identifier)
    return tuple(part.lower() for part in parts if not (part.isdigit() and len(part) == 1))


@lru_cache(maxsize=20_000)
def prose_words(text: str) -> tuple[str, ...]:
    """The folded words of a text without stop words; identifiers in it are split."""
    words: list[str] = []
    for token in _PROSE.findall(text):
        for part in split_identifier(token):
            if len(part) > 1 and part not in STOP_WORDS:
                words.append(fold(part))
    return tuple(words)


@cache
def fold(word: str) -> str:
    """One word to the form under which all its spellings and synonyms are indexed."""
    known = SYNONYMS.get(word)
    if known is not None:
        return known
    stemmed = stem(word)
    return SYNONYMS.get(stemmed, stemmed)


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
