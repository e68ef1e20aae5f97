"""Evidence of many pairs as intervals, and the most that the model can make of it.

What is not known of a kind of evidence is anything from 0 to 1, so a new kind costs the screen some of its
sharpness and no finding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import Floats
from canonry.match.rank import COPIED, GATE, KINDS
from canonry.match.trees import forest
from canonry.match.weights import BODY, INTERCEPT_BODY

ROUNDING = 1e-4
"""Of evidence: sums of floats depend on their order."""
SLACK = 1e-3
"""The same of the logit."""
PLACES = {kind: at for at, kind in enumerate(KINDS)}
TOGETHER = 500
"""Pairs that the trees are asked about at once: arrays of some megabytes."""

Values = NDArray[Any]
Some = Values | slice
"""Which of the pairs: their numbers, or a mask."""
EVERY = slice(None)


class Bounds:
    """For each pair the least and the most of each kind of evidence, once there is a body: kinds by pairs."""

    def __init__(self, least: Floats, most: Floats) -> None:
        self.least = least
        self.most = most

    @classmethod
    def unknown(cls, count: int) -> Bounds:
        """Those of pairs of which nothing is known."""
        shape = (len(KINDS), count)
        return cls(np.zeros(shape, np.float32), np.ones(shape, np.float32))

    def exactly(self, kind: str, values: Values | float, at: Some = EVERY) -> None:
        """A kind of evidence is known; `at` are the pairs of which it is."""
        self.least[PLACES[kind]][at] = values
        self.most[PLACES[kind]][at] = values

    def about(self, kind: str, values: Values, at: Some = EVERY) -> None:
        """The same of a number that has been summed up in another order."""
        self.between(kind, values, values, at)

    def between(self, kind: str, least: Values, most: Values, at: Some = EVERY) -> None:
        """The least and the most that it can be, but for rounding."""
        self.least[PLACES[kind]][at] = np.maximum(least - ROUNDING, 0)
        self.most[PLACES[kind]][at] = np.minimum(most + ROUNDING, 1)

    def at_most(self, kind: str, most: Values) -> None:
        """The most that it can be of all pairs, beside what is known."""
        row = self.most[PLACES[kind]]
        np.minimum(row, most + ROUNDING, out=row)

    def linear(self, some: Some = EVERY) -> Floats:
        """The most that the linear model's logit of some pairs can be, one after the other."""
        weights: Floats = np.array([BODY.get(kind, 0.0) for kind in KINDS], np.float32)
        most, least = self.most[:, some], self.least[:, some]
        logits: Floats = np.maximum(weights, 0) @ most
        logits += np.minimum(weights, 0) @ least + np.float32(INTERCEPT_BODY)
        return logits

    def may_be_copies(self, some: Some = EVERY) -> NDArray[np.bool_]:
        """Which of some pairs can be copies, as `rank.are_copies` has it."""
        found: NDArray[np.bool_] = self.least[PLACES["versions"]][some] <= 0
        for kind, least in COPIED:
            found &= self.most[PLACES[kind]][some] >= least
        return found

    def reaches(self, logit: float, some: Values, linear: Floats) -> NDArray[np.bool_]:
        """Which of some pairs can have a logit: what `rank.probabilities` makes of them, trees and all.

        `linear` is the most that the linear model makes of each.
        """
        linear, trees = linear + SLACK, forest(KINDS)
        # Below the gate the linear model decides alone.
        found: NDArray[np.bool_] = np.minimum(linear, GATE) >= logit
        gated = np.flatnonzero(~found & (linear >= GATE))
        for first in range(0, len(gated), TOGETHER):
            part = gated[first : first + TOGETHER]
            at = some[part]
            most = (linear[part] + trees.most(self.least[:, at].T, self.most[:, at].T) + SLACK) / 2
            found[part] = most >= logit
        return found
