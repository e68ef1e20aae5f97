"""Evidence that a definition does an existing one's job: one function a kind, all candidates at once.

Each takes a batch and gives a number from 0 to 1 for every candidate (or a bounded amount, where
said). What it means in words is in `explain`; what it weighs is in `model`.
"""

from __future__ import annotations

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from canonry.index.segment import Floats
from canonry.match.batch import Batch
from canonry.model import SymbolKind, Trait
from canonry.syntax import Feature
from canonry.syntax.words import split_identifier

MIN_SKELETON = 6
"""Shorter bodies are all alike."""


def search(batch: Batch) -> Floats:
    """The search's own cosine over all features."""
    return batch.cosine


def same_name(batch: Batch) -> Floats:
    """Where the names are the same (case and underscores aside) how rare the name is: 1 at 6 nats."""
    rarity: Floats = np.minimum(batch.common[:, Feature.WHOLE_NAME] / 6, 1)
    return rarity


def name_words(batch: Batch) -> Floats:
    """Words of the names in common, synonyms folded."""
    return batch.cosine_of(Feature.NAME)


def name_spelling(batch: Batch) -> Floats:
    """How alike the names' words are as text, in any order."""
    mine = " ".join(split_identifier(batch.query.definition.name))
    theirs = [" ".join(split_identifier(one)) for one in batch.names]
    scores = process.cdist([mine], theirs, scorer=fuzz.token_sort_ratio, dtype=np.float32)[0]
    spelled: Floats = scores / 100
    return spelled


def parameters(batch: Batch) -> Floats:
    """Parameter names in common."""
    return batch.cosine_of(Feature.PARAMETER)


def arity(batch: Batch) -> Floats:
    """1 where both take as many arguments, less for each more or fewer."""
    difference = np.abs(batch.counts[:, 0] - batch.query.parameter_count)
    scores: Floats = (1 / (1 + difference)).astype(np.float32)
    return scores


def types(batch: Batch) -> Floats:
    """Types of the signature in common."""
    return batch.cosine_of(Feature.ANNOTATION)


def calls(batch: Batch) -> Floats:
    """Called names in common."""
    return batch.cosine_of(Feature.CALL)


def imported(batch: Batch) -> Floats:
    """Imported things that both use."""
    return batch.cosine_of(Feature.IMPORTED)


def attributes(batch: Batch) -> Floats:
    """Attributes in common."""
    return batch.cosine_of(Feature.ATTRIBUTE)


def literals(batch: Batch) -> Floats:
    """Strings and numbers in common."""
    return batch.cosine_of(Feature.LITERAL)


def documentation(batch: Batch) -> Floats:
    """Words of the docstrings and comments in common."""
    return batch.cosine_of(Feature.DOC)


def vocabulary(batch: Batch) -> Floats:
    """Words from anywhere in common."""
    return batch.cosine_of(Feature.WORD)


def statements(batch: Batch) -> Floats:
    """Statements of the same shape in common."""
    return batch.cosine_of(Feature.SHAPE)


def exceptions(batch: Batch) -> Floats:
    """Exceptions raised or caught in common."""
    return batch.cosine_of(Feature.RAISES)


def bases(batch: Batch) -> Floats:
    """Base classes in common."""
    return batch.cosine_of(Feature.BASE)


def members(batch: Batch) -> Floats:
    """Methods in common."""
    return batch.cosine_of(Feature.MEMBER)


def body(batch: Batch) -> Floats:
    """How much of the normalised bodies is the same, names and literals aside (Indel similarity)."""
    mine = batch.query.definition.skeleton
    scores = np.zeros(len(batch.refs), np.float32)
    if len(mine) < MIN_SKELETON or batch.query.definition.kind is SymbolKind.CLASS:
        return scores
    for at, ref in enumerate(batch.refs):
        theirs = batch.snapshot.parts[ref.part].segment.skeleton_of(ref.at)
        if len(theirs) >= MIN_SKELETON:
            scores[at] = Indel.normalized_similarity(mine, theirs, score_cutoff=0.4)
    return scores


def body_names(batch: Batch) -> Floats:
    """Rarity of everything named in both bodies, up to 1 at 40 nats."""
    amount = batch.common_weight(Feature.CALL, Feature.ATTRIBUTE, Feature.IMPORTED, Feature.LITERAL)
    scores: Floats = np.minimum(amount / 40, 1)
    return scores


def same_kind(batch: Batch) -> Floats:
    """1 for function and function, 0.7 for function and method, 0 where one is a class."""
    mine = batch.query.definition.kind
    scores = [1.0 if one is mine else 0.0 if SymbolKind.CLASS in (one, mine) else 0.7 for one in batch.kinds]
    return np.array(scores, np.float32)


def same_color(batch: Batch) -> Floats:
    """1 where both are async or both are not."""
    mine = bool(batch.query.traits & Trait.ASYNC)
    scores: Floats = (((batch.traits & Trait.ASYNC) > 0) == mine).astype(np.float32)
    return scores
