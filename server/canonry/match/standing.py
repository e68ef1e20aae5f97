"""Evidence of where a candidate stands: among the other candidates, and towards the query itself.

Functions of the same kind as in `evidence.py`: one a kind, all candidates at once, 0 to 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import FEATURE_KINDS, Floats, Hashes, Ints
from canonry.match.batch import Batch
from canonry.match.evidence import identical, members, same_form
from canonry.model import SymbolKind
from canonry.syntax import Feature, feature_hash
from canonry.syntax.features import KIND_SHIFT
from canonry.syntax.words import whole_name

RAREST = 12
"""So many of a definition's rarest features tell what it is about."""
SAYS_NOTHING = np.isin(
    np.arange(FEATURE_KINDS), [Feature.WHOLE_NAME, Feature.SHAPE, Feature.OPERATION, Feature.MEMBER]
)
"""Kinds of features that are no words of what a definition is about."""
MANY_OF_A_NAME = 30
ENOUGH = 7
"""With fewer other candidates there is little to be ahead of, and it counts in proportion."""
AMOUNT = 20.0
"""Nats of rarity from which on more in common makes no difference."""


def calls_it(batch: Batch) -> Floats:
    """1 where the query calls something of the candidate's name: it uses what is there."""
    called = np.array([feature_hash(Feature.CALL, name.encode()) for name in batch.names], np.uint32)
    mine = batch.query.features
    if not len(mine):
        return np.zeros(len(called), np.float32)
    at = np.searchsorted(mine, called)
    at[at == len(mine)] = 0
    found: Floats = (mine[at] == called).astype(np.float32)
    return found


def called_by_it(batch: Batch) -> Floats:
    """1 where the candidate calls something of the query's name."""
    mine = np.uint32(feature_hash(Feature.CALL, batch.query.definition.name.encode()))
    return batch.count_of(batch.flat == mine).astype(np.float32)


def their_length(batch: Batch) -> Floats:
    """How long the candidate's body is: 1 at twenty statements."""
    amount: Floats = np.minimum(batch.counts[:, 2] / 20, 1).astype(np.float32)
    return amount


def rarest(batch: Batch) -> Floats:
    """How many of what is rarest in the query is in the candidate."""
    features = batch.query.features
    chosen = np.zeros(len(features) + 1, np.bool_)
    chosen[:-1] = rarest_of(features, batch.snapshot.statistics.counts(features))
    share: Floats = (batch.count_of(chosen[batch.place]) / max(int(chosen.sum()), 1)).astype(np.float32)
    return share


def rarest_of(features: Hashes, counts: Ints) -> NDArray[np.bool_]:
    """Which of a definition's features are the rarest that tell what it is about; `counts` have each."""
    kinds = features >> np.uint32(KIND_SHIFT)
    # What stands nowhere else tells nothing, nor does what is no word of anyone.
    told = np.flatnonzero((counts > 0) & ~SAYS_NOTHING[kinds])
    chosen = np.zeros(len(features), np.bool_)
    chosen[told[np.argsort(counts[told], kind="stable")[:RAREST]]] = True
    return chosen


def amount_of_literals(batch: Batch) -> Floats:
    """The rarity of the constants in common."""
    return _amount(batch, Feature.LITERAL)


def amount_of_imported(batch: Batch) -> Floats:
    """The rarity of the imported things in common."""
    return _amount(batch, Feature.IMPORTED)


def amount_of_documentation(batch: Batch) -> Floats:
    """The rarity of the documentation's words in common."""
    return _amount(batch, Feature.DOC)


def amount_of_calls(batch: Batch) -> Floats:
    """The rarity of the calls in common."""
    return _amount(batch, Feature.CALL)


def amount_of_form(batch: Batch) -> Floats:
    """The rarity of the forms of statements in common."""
    return _amount(batch, Feature.SHAPE)


def _amount(batch: Batch, *kinds: Feature) -> Floats:
    scores: Floats = np.minimum(batch.common_weight(*kinds) / AMOUNT, 1).astype(np.float32)
    return scores


def is_method(batch: Batch) -> Floats:
    """1 where the query is a method."""
    return np.full(len(batch.refs), batch.query.definition.kind is SymbolKind.METHOD, np.float32)


def is_class(batch: Batch) -> Floats:
    """1 where the query is a class."""
    return np.full(len(batch.refs), batch.query.definition.kind is SymbolKind.CLASS, np.float32)


def common_name(batch: Batch) -> Floats:
    """How many definitions have the query's name: 0 for one, 1 for thirty."""
    return np.repeat(_conventional(batch, [batch.query.definition.name]), len(batch.refs))


def their_common_name(batch: Batch) -> Floats:
    """How many definitions have the candidate's name: 0 for one, 1 for thirty."""
    return _conventional(batch, batch.names)


def _conventional(batch: Batch, names: list[str]) -> Floats:
    wholes = [feature_hash(Feature.WHOLE_NAME, whole_name(one).encode()) for one in names]
    return conventional(batch.snapshot.statistics.counts(np.array(wholes, np.uint32)))


def conventional(counts: Ints) -> Floats:
    """How common names are that so many definitions have: 0 for one, 1 for thirty."""
    amount: Floats = np.minimum(np.log(np.maximum(counts, 1)) / np.log(MANY_OF_A_NAME), 1).astype(np.float32)
    return amount


def same_file_name(batch: Batch) -> Floats:
    """1 where the files have one name in different folders: one for each plug-in, on purpose."""
    own, _, name = batch.query.path.rpartition("/")
    scores = [path.rpartition("/")[2] == name and path.rpartition("/")[0] != own for path in batch.paths]
    return np.array(scores, np.float32)


def one_folder_apart(batch: Batch) -> Floats:
    """1 where the paths differ in one part alone: modules or packages side by side."""
    own = batch.query.path.split("/")
    scores = np.zeros(len(batch.refs), np.float32)
    for at, path in enumerate(batch.paths):
        theirs = path.split("/")
        scores[at] = len(own) == len(theirs) and sum(a != b for a, b in zip(own, theirs, strict=True)) == 1
    return scores


def ahead_in_words(batch: Batch) -> Floats:
    """The words in common against those of the best candidate of another name: 0.5 as many, 1 twice."""
    return _ahead(batch, batch.cosine_of(Feature.WORD))


def ahead_in_all(batch: Batch) -> Floats:
    """The same of the search's cosine."""
    return _ahead(batch, batch.cosine)


def _ahead(batch: Batch, scores: Floats) -> Floats:
    if not len(scores):
        return scores
    names = np.array(batch.names)
    best = int(np.argmax(scores))
    others = scores[names != names[best]]
    second = float(others.max()) if len(others) else 0.0
    rival = np.where(names == names[best], second, float(scores[best]))
    share: Floats = np.where(rival > 0, np.minimum(0.5 * scores / np.maximum(rival, 1e-6), 1), 1)
    return (share * min(1.0, (len(names) - 1) / ENOUGH)).astype(np.float32)


def placed(batch: Batch) -> Floats:
    """Of the words that only one of the two has, how many are words of its place: its file, its class.

    `mysql` in mysql.py where the other has `postgres`: one is made for its place after the other's pattern.
    """
    made, all_of_them = batch.placed
    share: Floats = np.where(all_of_them > 0, np.minimum(made / np.maximum(all_of_them, 1e-6), 1), 0)
    return share.astype(np.float32)


def amount_placed(batch: Batch) -> Floats:
    """The rarity of those words."""
    scores: Floats = np.minimum(batch.placed[0] / AMOUNT, 1).astype(np.float32)
    return scores


def parallel(batch: Batch) -> Floats:
    """How many methods' names the two methods' classes have in common on disk, of all that either has.

    What is not saved does not count: a method is weighed again when it changes, not when its neighbours do.
    """
    owner = batch.query.owner
    scores = np.zeros(len(batch.refs), np.float32)
    if owner is None:
        return scores
    snapshot, own = batch.snapshot, batch.query.definition.name
    mine = snapshot.members_on_disk(batch.query.path, owner.local_name) - {own}
    if not mine:
        return scores
    for at, theirs in enumerate(batch.owners):
        if theirs is not None:
            others = snapshot.members_on_disk(batch.paths[at], snapshot.local_name(theirs))
            scores[at] = overlap(mine, others, batch.names[at])
    return scores


def overlap(mine: frozenset[str], theirs: frozenset[str], left_out: str) -> float:
    """How many of all names, one of theirs left out, are in both."""
    common = len(mine & theirs) - (left_out in mine and left_out in theirs)
    return common / max(len(mine) + len(theirs) - (left_out in theirs) - common, 1)


def twin_files(batch: Batch) -> Floats:
    """How many names of definitions both files have on disk, of all that either has: 1 for variants of one.

    The name of what is typed is left out; what is not saved yet does not count.
    """
    own = batch.query.definition.local_name
    mine = batch.snapshot.names_on_disk(batch.query.path) - {own}
    known: dict[str, float] = {batch.query.path: 0.0}
    for path in batch.paths:
        if path not in known:
            known[path] = overlap(mine, batch.snapshot.names_on_disk(path), own) if mine else 0.0
    return np.array([known[path] for path in batch.paths], np.float32)


def copy(batch: Batch) -> Floats:
    """How near it is to being the same code: 0 at 0.8 of the form or of what is said, 1 at all of both."""
    form = np.clip((batch.bodies - 0.8) / 0.2, 0, 1)
    near: Floats = (form * np.sqrt(identical(batch))).astype(np.float32)
    return near


def class_copy(batch: Batch) -> Floats:
    """How near a class is to being there twice: of one form with all its methods, and of the same methods.

    Whatever it is called: in a small workspace hardly a word is common, and the names alone part the two.
    """
    if batch.query.definition.kind is not SymbolKind.CLASS:
        return np.zeros(len(batch.refs), np.float32)
    near: Floats = (same_form(batch) * members(batch)).astype(np.float32)
    return near


def named_copy(batch: Batch) -> Floats:
    """The same where the names are the same too."""
    found: Floats = copy(batch) * (batch.common[:, Feature.WHOLE_NAME] > 0)
    return found
