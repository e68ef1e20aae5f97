"""Finding existing definitions by a description in prose."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from canonry.index.segment import Floats, Ints, Segment
from canonry.index.snapshot import Part, Ref, Snapshot, rarity
from canonry.match.silence import NEVER_OFFERED
from canonry.model import Trait
from canonry.syntax import Feature, feature_hash
from canonry.syntax.words import prose_words

SATURATION: Final = 2.0
"""k1 of BM25: how slowly the second place in which a word stands counts less than the first."""
LENGTH_SHARE: Final = 0.85
"""b of BM25: how much a long definition, which has many words anyway, must have more of them."""
IN_CODE: Final = 1.0
IN_DOCUMENTATION: Final = 0.5
IN_NAME: Final = 2.0
USE: Final = 0.05
"""What each e-fold of uses by other modules adds, up to MOST_USED."""
MOST_USED: Final = 3.0
TEST_WORDS = frozenset(("test", "tests", "testing", "fixture", "mock"))


def find_text(text: str, snapshot: Snapshot, limit: int) -> list[tuple[Ref, float]]:
    """The definitions that a description fits best, best first, each with a score from 0 to 1.

    Okapi BM25 (Robertson and Zaragoza 2009) over the folded words of a definition; a word's frequency is
    the places it stands in (anywhere, documentation, name). In the description a word that is said again
    counts more. The score is a share of what a definition would have that has every word everywhere.
    """
    words = Counter(prose_words(text))
    if not words:
        return []
    wanted = {
        kind: np.array([feature_hash(kind, word.encode()) for word in words], np.uint32)
        for kind in (Feature.WORD, Feature.DOC, Feature.NAME)
    }
    counts = snapshot.statistics.counts(wanted[Feature.WORD])
    weights = rarity(counts, snapshot.statistics.total) * (1 + np.log(list(words.values())))
    never = NEVER_OFFERED if TEST_WORDS.intersection(text.lower().split()) else NEVER_OFFERED | Trait.TEST
    average = _average_length(snapshot)
    most = float(weights.sum()) or 1.0
    found: list[tuple[float, Ref]] = []
    for number, part in enumerate(snapshot.parts):
        if not part.segment.size:
            continue
        scores = _scores(part, wanted, weights, average) / most
        scores[(part.segment.symbol_traits & int(never)) != 0] = 0
        scores[~part.alive] = 0
        rows = np.flatnonzero(scores > 0)
        if len(rows) > limit:
            rows = rows[np.argpartition(scores[rows], len(rows) - limit)[len(rows) - limit :]]
        found.extend((float(scores[row]), Ref(number, row)) for row in rows.tolist())
    found.sort(key=lambda one: (-one[0], one[1].part, one[1].at))
    return [(ref, min(score, 1.0)) for score, ref in found[:limit]]


def _scores(part: Part, wanted: dict[Feature, np.ndarray], weights: Floats, average: float) -> Floats:
    segment = part.segment
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * segment.word_counts / average)
    scores = np.zeros(segment.size, np.float32)
    postings = {kind: _postings(segment, hashes) for kind, hashes in wanted.items()}
    places = ((Feature.WORD, IN_CODE), (Feature.DOC, IN_DOCUMENTATION), (Feature.NAME, IN_NAME))
    for at, weight in enumerate(weights.tolist()):
        rows = np.unique(np.concatenate([postings[kind][at] for kind, _ in places]))
        frequency = np.zeros(len(rows), np.float32)
        for kind, amount in places:
            frequency[np.searchsorted(rows, postings[kind][at])] += amount
        scores[rows] += weight * frequency / (frequency + norm[rows])
    uses = np.minimum(np.log1p(segment.symbol_uses), MOST_USED)
    weighed: Floats = (scores * (1 + USE * uses)).astype(np.float32)
    return weighed


def _postings(segment: Segment, hashes: np.ndarray) -> list[Ints]:
    """The definitions that have each of some features."""
    found: list[Ints] = []
    for one in hashes:
        at = int(np.searchsorted(segment.vocabulary, one))
        has = at < len(segment.vocabulary) and segment.vocabulary[at] == one
        start, end = (segment.postings_at[at], segment.postings_at[at + 1]) if has else (0, 0)
        found.append(segment.postings[start:end])
    return found


def _average_length(snapshot: Snapshot) -> float:
    """The mean number of different words in a definition, from the largest part."""
    largest = max((part.segment for part in snapshot.parts), key=lambda one: one.size, default=None)
    return max(1.0, float(largest.word_counts.mean())) if largest is not None and largest.size else 1.0
