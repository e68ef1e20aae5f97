"""What the place of a definition says: the words of its file's path and of its class."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from canonry.index.segment import Hashes
from canonry.syntax import Feature, feature_hash
from canonry.syntax.words import fold, split_identifier

MOST_PLACES = 50_000
"""Kept; a workspace of a million lines has about 25,000 files and classes."""


@lru_cache(maxsize=MOST_PLACES)
def place_words(path: str, owner: str) -> frozenset[str]:
    """The words of a file's path and of the class that something stands in."""
    words = {word for part in path.removesuffix(".py").split("/") for word in split_identifier(part)}
    return frozenset(words.union(split_identifier(owner)))


@lru_cache(maxsize=MOST_PLACES)
def place_features(path: str, owner: str) -> Hashes:
    """The same words, folded, as features, ascending."""
    found = {feature_hash(Feature.WORD, fold(one).encode()) for one in place_words(path, owner)}
    features = np.array(sorted(found), np.uint32)
    features.flags.writeable = False
    return features
