"""Evidence that a definition does an existing one's job: one function a kind, all candidates at once.

Each takes a batch and gives a number from 0 to 1 for every candidate (or a bounded amount, where
said). What it means in words is in `explain`; what it weighs is in `model`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from canonry.index.segment import Floats
from canonry.match.batch import Batch
from canonry.model import SymbolKind, Trait
from canonry.syntax import Feature, feature_hash
from canonry.syntax.words import split_identifier, whole_name

SAME_NAME = 6.0
"""Nats of rarity from which on a name that is the same counts in full."""
NAMED = (Feature.CALL, Feature.ATTRIBUTE, Feature.IMPORTED, Feature.LITERAL)
"""What a body names."""
NAMED_AMOUNT = 40.0
"""Nats of its rarity from which on more makes no difference."""
IDENTICAL = (
    Feature.WORD,
    Feature.CALL,
    Feature.ATTRIBUTE,
    Feature.LITERAL,
    Feature.SHAPE,
    Feature.PARAMETER,
)
"""What has to be the same in what is the same."""


def search(batch: Batch) -> Floats:
    """The search's own cosine over all features."""
    return batch.cosine


def same_name(batch: Batch) -> Floats:
    """Where the names are the same (case and underscores aside) how rare the name is: 1 at 6 nats."""
    rarity: Floats = np.minimum(batch.common[:, Feature.WHOLE_NAME] / SAME_NAME, 1)
    return rarity


def name_words(batch: Batch) -> Floats:
    """Words of the names in common, synonyms folded."""
    return batch.cosine_of(Feature.NAME)


def name_spelling(batch: Batch) -> Floats:
    """How alike the names' words are as text, in any order."""
    mine = spelled(batch.query.definition.name)
    theirs = [spelled(one) for one in batch.names]
    scores = process.cdist([mine], theirs, scorer=fuzz.token_sort_ratio, dtype=np.float32)[0]
    found: Floats = scores / 100
    return found


@lru_cache(maxsize=200_000)
def spelled(name: str) -> str:
    """The words of a name as a text."""
    return " ".join(split_identifier(name))


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
    return batch.bodies


def body_names(batch: Batch) -> Floats:
    """Rarity of everything named in both bodies, up to 1 at 40 nats."""
    scores: Floats = np.minimum(batch.common_weight(*NAMED) / NAMED_AMOUNT, 1)
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


# What speaks against a match: siblings look alike by design.


def same_file(batch: Batch) -> Floats:
    """1 where both stand in one file: who writes there has just seen the other."""
    return batch.same_file.astype(np.float32)


def same_class(batch: Batch) -> Floats:
    """1 where both are methods of one class."""
    mine = batch.query.definition.local_name.rpartition(".")[0]
    if not mine or batch.query.definition.kind is not SymbolKind.METHOD:
        return np.zeros(len(batch.refs), np.float32)
    owners = [batch.snapshot.local_name(ref).rpartition(".")[0] for ref in batch.refs]
    same = np.array([one == mine for one in owners], np.bool_) & batch.same_file
    scores: Floats = same.astype(np.float32)
    return scores


def family(batch: Batch) -> Floats:
    """1 where the classes, or the methods' classes, have a base in common, or the one is the other's base."""
    query = batch.query
    mine = query.definition if query.definition.kind is SymbolKind.CLASS else query.owner
    scores = np.zeros(len(batch.refs), np.float32)
    if mine is None:
        return scores
    own = feature_hash(Feature.BASE, mine.name.encode())
    for at, (owner, theirs) in enumerate(zip(batch.owners, batch.families, strict=True)):
        if owner is not None:
            name = feature_hash(Feature.BASE, batch.snapshot.name(owner).encode())
            scores[at] = bool(query.family & theirs) or name in query.family or own in theirs
    return scores


def inherited(batch: Batch) -> Floats:
    """1 where a method has the name of one of its class's base."""
    query = batch.query
    scores = np.zeros(len(batch.refs), np.float32)
    if query.owner is None or query.definition.kind is not SymbolKind.METHOD:
        return scores
    for at, owner in enumerate(batch.owners):
        if owner is not None and batch.names[at] == query.definition.name:
            name = feature_hash(Feature.BASE, batch.snapshot.name(owner).encode())
            scores[at] = name in query.family
    return scores


def same_method(batch: Batch) -> Floats:
    """1 where both are methods of the same name: an interface, unless they do the same."""
    mine = batch.query.definition
    if mine.kind is not SymbolKind.METHOD:
        return np.zeros(len(batch.refs), np.float32)
    scores = [
        kind is SymbolKind.METHOD and name == mine.name
        for kind, name in zip(batch.kinds, batch.names, strict=True)
    ]
    return np.array(scores, np.float32)


def convention(batch: Batch) -> Floats:
    """How many definitions have the query's name, where the candidate has it too: 0 for one, 1 for thirty."""
    whole = whole_name(batch.query.definition.name).encode()
    feature = np.array([feature_hash(Feature.WHOLE_NAME, whole)], np.uint32)
    count = int(batch.snapshot.statistics.counts(feature)[0])
    amount = min(1.0, np.log(max(count, 1)) / np.log(30))
    scores: Floats = (amount * (batch.common[:, Feature.WHOLE_NAME] > 0)).astype(np.float32)
    return scores


def crowd(batch: Batch) -> Floats:
    """How many others are nearly as near: 0 for none, 1 for eight or more. A family, not a twin."""
    near = ((batch.cosine[None, :] >= 0.75 * batch.cosine[:, None]).sum(1) - 1).astype(np.float32)
    scores: Floats = np.minimum(near / 8, 1)
    return scores


def counterpart(batch: Batch) -> Floats:
    """1 where the names differ in one word of several: `encode_header`, `decode_header`."""
    mine = split_identifier(batch.query.definition.name)
    scores = np.zeros(len(batch.refs), np.float32)
    for at, name in enumerate(batch.names):
        theirs = split_identifier(name)
        if len(theirs) == len(mine) > 1 and sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1:
            scores[at] = 1
    return scores


def identical(batch: Batch) -> Floats:
    """How near everything is to being the same: 0 at 0.8 of all words, calls and constants, 1 at all."""
    return near_all(batch.cosine_of(*IDENTICAL))


def near_all(alike: NDArray[Any]) -> NDArray[Any]:
    """How near a likeness is to being all: 0 at 0.8, 1 at 1."""
    scores: NDArray[Any] = np.clip((alike - 0.8) / 0.2, 0, 1)
    return scores


def same_form(batch: Batch) -> Floats:
    """How near the bodies are to having the same form: 0 at 0.85, 1 at the very same."""
    return near_same_form(batch.bodies)


def near_same_form(bodies: NDArray[Any]) -> NDArray[Any]:
    """The same of how alike bodies are."""
    scores: NDArray[Any] = np.clip((bodies - 0.85) / 0.15, 0, 1)
    return scores


def length(batch: Batch) -> Floats:
    """How long the query's body is: 1 at twenty statements."""
    amount = min(1.0, batch.query.definition.statements / 20)
    return np.full(len(batch.refs), amount, np.float32)


def alike_length(batch: Batch) -> Floats:
    """The shorter body's statements as a share of the longer one's."""
    mine = batch.query.definition.statements + 1
    theirs = batch.counts[:, 2] + 1
    scores: Floats = (np.minimum(mine, theirs) / np.maximum(mine, theirs)).astype(np.float32)
    return scores


def in_tests(batch: Batch) -> Floats:
    """1 where the query is test code: fixtures and helpers repeat each other by habit."""
    return np.full(len(batch.refs), float(bool(batch.query.traits & Trait.TEST)), np.float32)


def lead(batch: Batch) -> Floats:
    """How far ahead of the next best a candidate is, in the search's cosine; 0 for all but the best."""
    scores = np.zeros(len(batch.refs), np.float32)
    if len(scores):
        order = np.argsort(-batch.cosine)
        second = batch.cosine[order[1]] if len(order) > 1 else 0.0
        scores[order[0]] = 1 - second / max(float(batch.cosine[order[0]]), 1e-6)
    return scores
