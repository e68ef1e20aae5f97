"""Evidence of kinship: definitions that look alike by design, and copies that are the one to keep.

Functions of the same kind as in `evidence`: one a kind, all candidates at once, 0 to 1.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import Floats, Ints
from canonry.match.batch import Batch
from canonry.match.evidence import inherited, same_method
from canonry.match.opposites import OPPOSITES
from canonry.match.places import place_words
from canonry.model import SymbolKind
from canonry.syntax import Feature, feature_hash
from canonry.syntax.dotted import common_start
from canonry.syntax.words import fold, split_identifier

SHARED_PLACES = frozenset(
    (
        *(
            "base",
            "bases",
            "common",
            "commons",
            "compat",
            "core",
            "generic",
            "helper",
            "helpers",
            "lib",
            "libs",
        ),
        *("mixin", "mixins", "shared", "tool", "tools", "util", "utils", "utility", "utilities"),
    )
)
"""Words of a path where a project keeps what everyone uses."""
VERSION_WORDS = frozenset(
    ("v", "legacy", "old", "new", "deprecated", "compat", "beta", "alpha", "next", "previous", "original")
)
"""Words of a path that stand for another version of the same thing."""
EXAMPLES = frozenset(
    (
        *(
            "benchmark",
            "benchmarks",
            "demo",
            "demos",
            "doc",
            "docs",
            "example",
            "examples",
            "sample",
            "samples",
        ),
        *("script", "scripts", "tutorial", "tutorials"),
    )
)
"""Folders of scripts and examples."""
ASIDE = EXAMPLES | {"template", "templates", "contrib", "experimental"}
"""Folders of code that nothing else is meant to import."""
MANY_USES = 30
"""Of a definition that more modules use than this, one more makes no difference."""
MANY_CALLS = 8
"""With so many callers a name is used all over; one more makes no difference."""
COPY = 0.9
"""Bodies at least this much alike are copies of one another."""


def variant(batch: Batch) -> Floats:
    """1 where the names differ by just what the places differ: `DDPPlugin` in ddp.py, `DDPSpawnPlugin` in
    ddp_spawn.py. One is made for each place, on purpose.
    """
    query = batch.query
    owner = query.owner.name if query.owner else ""
    scores = [
        are_variants(query.definition.name, query.path, owner, name, path, theirs)
        for name, path, theirs in zip(batch.names, batch.paths, batch.owner_names, strict=True)
    ]
    return np.array(scores, np.float32)


def are_variants(name: str, path: str, owner: str, other: str, other_path: str, other_owner: str) -> bool:
    """Whether two names differ by just what their places (paths and classes) differ."""
    mine, theirs = _distinct_words(name), _distinct_words(other)
    if mine == theirs or mine.isdisjoint(theirs):
        return False
    here, there = place_words(path, owner), place_words(other_path, other_owner)
    return mine - theirs <= here - there and theirs - mine <= there - here


@lru_cache(maxsize=50_000)
def _distinct_words(name: str) -> frozenset[str]:
    return frozenset(split_identifier(name))


def versions(batch: Batch) -> Floats:
    """1 where the paths differ in a word for another version alone: `api/v1/x.py`, `api/v2/x.py`."""
    own, stable = path_words(batch.query.path)
    split = [path_words(path) for path in batch.paths]
    return np.array([rest == stable and words != own for words, rest in split], np.float32)


@lru_cache(maxsize=50_000)
def path_words(path: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words of a path with their numbers, which tell versions apart; and those that tell of no version."""
    parts = path.removesuffix(".py").replace("_", "/").replace("-", "/").lower().split("/")
    words = frozenset(part.rstrip("0123456789") or part for part in parts) | {
        "".join(char for char in part if char.isdigit()) for part in parts if part[-1:].isdigit()
    }
    return words, frozenset(one for one in words if not _is_of_a_version(one))


def _is_of_a_version(word: str) -> bool:
    return word in VERSION_WORDS or word.strip("v").isdigit()


def opposite(batch: Batch) -> Floats:
    """1 where one name has a word and the other its opposite: encode, decode; request, response."""
    mine = batch.query.definition.name
    return np.array([are_opposite(mine, name) for name in batch.names], np.float32)


def are_opposite(name: str, other: str) -> bool:
    """Whether one name has the opposite of a word that the other has."""
    mine = split_identifier(name)
    wanted = frozenset(one for word in mine for one in OPPOSITES.get(word, ())).difference(mine)
    return bool(wanted) and not wanted.isdisjoint(split_identifier(other))


def derived(batch: Batch) -> NDArray[np.bool_]:
    """Which classes the query inherits from, or inherit from it (by their names): nothing to put in place."""
    own = feature_hash(Feature.BASE, batch.query.definition.name.encode())
    bases = batch.query.family
    found = [
        feature_hash(Feature.BASE, name.encode()) in bases or own in theirs
        for name, theirs in zip(batch.names, batch.families, strict=True)
    ]
    return np.array(found, np.bool_)


def called(batch: Batch) -> Floats:
    """How many definitions on disk call something of the query's name: 0 for none, 1 from MANY_CALLS on.

    What is new is called by nobody yet; what is called has its place, and asks for more evidence.
    """
    name = np.array([feature_hash(Feature.CALL, batch.query.definition.name.encode())], np.uint32)
    return np.repeat(calling(batch.snapshot.statistics.counts(name)), len(batch.refs))


def calling(counts: Ints) -> Floats:
    """The same for numbers of definitions that call a name."""
    return _logarithmic(counts, MANY_CALLS)


def same_folder(batch: Batch) -> Floats:
    """1 where both files stand in one folder, less for each folder between them."""
    own = batch.query.path.split("/")[:-1]
    scores = np.zeros(len(batch.refs), np.float32)
    for at, path in enumerate(batch.paths):
        theirs = path.split("/")[:-1]
        common = common_start(own, theirs)
        scores[at] = 1 / (1 + len(own) + len(theirs) - 2 * common)
    return scores


def used(batch: Batch) -> Floats:
    """How many modules use it, logarithmic: 0 for none, 1 from MANY_USES on."""
    return usage(batch.uses)


def usage(uses: Ints) -> Floats:
    """The same for numbers of modules that use something."""
    return _logarithmic(uses, MANY_USES)


def _logarithmic(counts: Ints, many: int) -> Floats:
    scores: Floats = np.minimum(np.log1p(counts) / np.log1p(many), 1).astype(np.float32)
    return scores


def shared_place(batch: Batch) -> Floats:
    """1 where it stands among what everyone uses (a `utils`, `common`, `base`), and the query does not."""
    if is_shared(batch.query.path):
        return np.zeros(len(batch.refs), np.float32)
    return np.array([is_shared(path) for path in batch.paths], np.float32)


@lru_cache(maxsize=50_000)
def is_shared(path: str) -> bool:
    """Whether a file is where a project keeps what everyone uses."""
    return any(
        word in SHARED_PLACES
        for part in path.removesuffix(".py").split("/")
        for word in split_identifier(part)
    )


def copies(batch: Batch) -> Floats:
    """How many candidates of its name are copies of the query: 0 for none beside it, 1 for four."""
    scores = np.zeros(len(batch.refs), np.float32)
    near: dict[str, int] = {}
    are_copies = (batch.bodies >= COPY).tolist()
    for name, is_copy in zip(batch.names, are_copies, strict=True):
        near[name] = near.get(name, 0) + is_copy
    for at, name in enumerate(batch.names):
        if are_copies[at]:
            scores[at] = min(1.0, (near[name] - 1) / 4)
    return scores


def repeats_inherited(batch: Batch) -> Floats:
    """How near a method is to what its class inherits under its name: 0 at 0.8 of the form, 1 at all."""
    return inherited(batch) * near_form(batch.bodies)


def same_method_same_form(batch: Batch) -> Floats:
    """How near two methods of one name are: 0 at 0.8 of the form, 1 at all. Copies, not an interface."""
    return same_method(batch) * near_form(batch.bodies)


def near_form(bodies: NDArray[Any]) -> Floats:
    """How near bodies are to having one form: 0 at 0.8, 1 at all."""
    near: Floats = np.clip((bodies.astype(np.float64) - 0.8) / 0.2, 0, 1).astype(np.float32)
    return near


def covered(batch: Batch) -> Floats:
    """How much of what the query names is in the candidate."""
    return _share(batch, batch.ours[STRONG].sum())


def covering(batch: Batch) -> Floats:
    """How much of what the candidate names is in the query."""
    return _share(batch, batch.theirs[:, STRONG].sum(1))


STRONG = [
    Feature.NAME,
    Feature.PARAMETER,
    Feature.CALL,
    Feature.ATTRIBUTE,
    Feature.LITERAL,
    Feature.WORD,
    Feature.IMPORTED,
    Feature.MEMBER,
]
"""Features that say what a definition is about."""
RARE = 80.0
"""Nats of rarity in common from which on it can be no chance."""


def _share(batch: Batch, total: Floats | np.float32) -> Floats:
    common = batch.common[:, STRONG].sum(1)
    share: Floats = np.where(total > 0, common / np.maximum(total, 1e-6), 0).astype(np.float32)
    return share


def nearest_words(batch: Batch) -> Floats:
    """The words in common, as a share of the best candidate's."""
    return _relative(batch.cosine_of(Feature.WORD))


def nearest_name(batch: Batch) -> Floats:
    """The words of the names in common, as a share of the best candidate's."""
    return _relative(batch.cosine_of(Feature.NAME))


def nearest_calls(batch: Batch) -> Floats:
    """The calls in common, as a share of the best candidate's."""
    return _relative(batch.cosine_of(Feature.CALL, Feature.IMPORTED))


def nearest_form(batch: Batch) -> Floats:
    """The likeness of the bodies, as a share of the best candidate's."""
    return _relative(batch.bodies)


def _relative(scores: Floats) -> Floats:
    best = scores.max() if len(scores) else 0.0
    share: Floats = (scores / best).astype(np.float32) if best > 0 else np.zeros_like(scores)
    return share


def operations(batch: Batch) -> Floats:
    """Notable constructs in common: yield, await, with, comprehensions, operators."""
    return batch.cosine_of(Feature.OPERATION)


def decorators(batch: Batch) -> Floats:
    """Decorators in common."""
    return batch.cosine_of(Feature.DECORATOR)


def rare_in_common(batch: Batch) -> Floats:
    """The rarity of all that is in common, up to 1 at RARE nats: chance makes little in common."""
    scores: Floats = np.minimum(batch.common[:, STRONG].sum(1) / RARE, 1).astype(np.float32)
    return scores


def private(batch: Batch) -> Floats:
    """1 where it, or its class, is private (`_name`) and stands in another file: not meant for others."""
    scores = [
        bool(not same and any(part.startswith("_") for part in (name, owner)))
        for name, owner, same in zip(batch.names, batch.owner_names, batch.same_file.tolist(), strict=True)
    ]
    return np.array(scores, np.float32)


def aside(batch: Batch) -> Floats:
    """1 where it stands in a script, an example, a benchmark or the like, and the query does not."""
    own = is_aside(batch.query.path)
    return np.array([not own and is_aside(path) for path in batch.paths], np.float32)


@lru_cache(maxsize=50_000)
def is_aside(path: str) -> bool:
    """Whether a file is a script, an example or the like."""
    return any(part in ASIDE for part in path.lower().split("/")[:-1])


def is_example(path: str) -> bool:
    """Whether a file is a script or an example for sure: what stands there is no place to import from."""
    return any(part in EXAMPLES for part in path.lower().split("/")[:-1])


def sibling_role(batch: Batch) -> Floats:
    """1 where the classes have one role and other names: `SearchRecorder`, `UploadRecorder`. A family."""
    query = batch.query
    mine = query.definition if query.definition.kind is SymbolKind.CLASS else query.owner
    scores = np.zeros(len(batch.refs), np.float32)
    if mine is None:
        return scores
    for at, owner in enumerate(batch.owner_names):
        scores[at] = share_role(mine.name, owner)
    return scores


def share_role(one: str, other: str) -> bool:
    """Whether two class names end in one word and are not the same."""
    mine, theirs = split_identifier(one), split_identifier(other)
    return bool(mine and theirs and mine != theirs and mine[-1] == theirs[-1])


def apart(batch: Batch) -> NDArray[np.bool_]:
    """Which classes are of one role for other things: `ContactRepository`, `InvoiceRepository`.

    Each name has a word of its own, synonyms folded. Such classes are made after one pattern.
    """
    mine = _folded(batch.query.definition.name)
    found = np.zeros(len(batch.refs), np.bool_)
    if batch.query.definition.kind is not SymbolKind.CLASS:
        return found
    for at, name in enumerate(batch.names):
        theirs = _folded(name)
        found[at] = (
            mine[-1:] == theirs[-1:] and bool(set(mine) - set(theirs)) and bool(set(theirs) - set(mine))
        )
    return found


def _folded(name: str) -> list[str]:
    return [fold(word) for word in split_identifier(name)]


def same_class_name(batch: Batch) -> Floats:
    """1 where two methods' classes have the same name in other files: the class is there twice."""
    owner = batch.query.owner
    if owner is None:
        return np.zeros(len(batch.refs), np.float32)
    scores = [
        name == owner.name and not same
        for name, same in zip(batch.owner_names, batch.same_file.tolist(), strict=True)
    ]
    return np.array(scores, np.float32)
