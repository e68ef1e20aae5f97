"""What a definition has in it, as far as is told by the features that are stored of it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from canonry.rules.facts.state import Kind, Place
from canonry.syntax import Definition
from canonry.syntax.features import Feature, feature_hash
from canonry.syntax.words import identifier_words


def mentions(one: Definition, name: str) -> bool:
    """Whether a definition has all words of a name in it. What is stored of it does not tell more."""
    words = [word for word in identifier_words(name) if len(word) > 1]
    return bool(words) and all(has_feature(one, Feature.WORD, word) for word in words)


def calls(one: Definition, name: str) -> bool:
    """Whether a definition calls something of that last name."""
    return has_feature(one, Feature.CALL, name)


def imports(one: Definition, dotted: str) -> bool:
    """Whether a definition uses something that its module imports, by its dotted name."""
    return has_feature(one, Feature.IMPORTED, dotted)


def speaks_of(one: Definition, place: Place) -> bool:
    """Whether a definition names a place: its attribute, its variable, or the key as a text."""
    if place.kind is Kind.KEY:
        return has_feature(one, Feature.LITERAL, place.part) or has_feature(one, Feature.ATTRIBUTE, "environ")
    if place.kind is Kind.ATTRIBUTE:
        return has_feature(one, Feature.ATTRIBUTE, place.part) or mentions(one, place.part)
    return mentions(one, place.holder.rpartition(".")[2])


def has_feature(one: Definition, kind: Feature, token: str) -> bool:
    """Whether a definition has a token in it as a feature of a kind."""
    return feature_hash(kind, token.encode()) in _features(one.features)


@lru_cache(maxsize=512)
def _features(data: bytes) -> frozenset[int]:
    return frozenset(np.frombuffer(data, "<u4").tolist())
