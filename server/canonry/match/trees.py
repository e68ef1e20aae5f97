"""Small regression trees over evidence: what kinds of evidence mean together that they do not mean alone.

The trees stand in `trees.json`, which `benchmarks/matching/fit.py` writes; ADR 0009 has the reason for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from canonry.index.segment import Floats, Ints


class Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tree, a list entry for each node: a leaf is its own child."""

    evidence: list[str]
    """What a node asks about; empty for a leaf."""
    at_most: list[float]
    """The score up to which a candidate goes to `yes`."""
    yes: list[int]
    no: list[int]
    value: list[float]
    """What a leaf adds to the logit."""


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of trees."""

    intercept: float
    trees: list[Tree]


@dataclass(frozen=True)
class Forest:
    """Trees as arrays: a row a tree, a column a node."""

    intercept: float
    evidence: Ints
    at_most: Floats
    yes: Ints
    no: Ints
    value: Floats
    depth: int

    @classmethod
    def of(cls, written: Written, kinds: tuple[str, ...]) -> Forest:
        """The trees for a table of evidence with these columns. Raises ValueError for evidence not there."""
        size = max((len(tree.value) for tree in written.trees), default=1)
        shape = (len(written.trees), size)
        evidence, yes, no = (np.zeros(shape, np.int32) for _ in range(3))
        at_most, value = np.full(shape, np.inf, np.float32), np.zeros(shape, np.float32)
        depth = 0
        for row, tree in enumerate(written.trees):
            for at, kind in enumerate(tree.evidence):
                if kind and kind not in kinds:
                    raise ValueError(f"trees.json asks for evidence that does not exist: {kind}")
                evidence[row, at] = kinds.index(kind) if kind else 0
                at_most[row, at] = tree.at_most[at] if kind else np.inf
                yes[row, at], no[row, at], value[row, at] = tree.yes[at], tree.no[at], tree.value[at]
                if kind and min(tree.yes[at], tree.no[at]) <= at:
                    raise ValueError("trees.json has a node before the one that leads to it")
            depth = max(depth, _depth(tree, 0))
        return cls(written.intercept, evidence, at_most, yes, no, value, depth)

    def logits(self, table: Floats) -> Floats:
        """What all trees say of each candidate (a row of the table) together."""
        rows = np.arange(len(table))[:, None]
        trees = np.arange(len(self.value))[None, :]
        node = np.zeros((len(table), len(self.value)), np.int32)
        for _ in range(self.depth):
            goes = table[rows, self.evidence[trees, node]] <= self.at_most[trees, node]
            node = np.where(goes, self.yes[trees, node], self.no[trees, node])
        total: Floats = (self.intercept + self.value[trees, node].sum(1)).astype(np.float32)
        return total

    def most(self, least: Floats, most: Floats) -> Floats:
        """The most that all trees can say together of candidates whose scores lie between two tables."""
        # Nodes of all trees by candidates: what is taken for a node is one run of memory.
        best = np.repeat(self.value.reshape(-1, 1), len(least), 1)
        for level in self._levels:
            may_be_yes = least.T[level.evidence] <= level.at_most
            may_be_no = most.T[level.evidence] > level.at_most
            after_yes = np.where(may_be_yes, best[level.yes], -np.inf)
            best[level.at] = np.maximum(after_yes, np.where(may_be_no, best[level.no], -np.inf))
        roots = best[:: self.value.shape[1]]
        total: Floats = (self.intercept + roots.sum(0)).astype(np.float32)
        return total

    @cached_property
    def _levels(self) -> list[_Level]:
        """The nodes that ask, of all trees together, in levels: what follows a node is in a level before."""
        size = self.value.shape[1]
        height = np.zeros(self.value.shape, np.int32)
        trees = np.arange(len(self.value))
        for node in reversed(range(size)):  # what follows a node stands behind it
            inner = trees[self.yes[:, node] != node]
            after = np.maximum(height[inner, self.yes[inner, node]], height[inner, self.no[inner, node]])
            height[inner, node] = after + 1
        found: list[_Level] = []
        for level in range(1, int(height.max(initial=0)) + 1):
            tree, at = np.nonzero(height == level)
            first = tree * size
            yes, no = first + self.yes[tree, at], first + self.no[tree, at]
            found.append(
                _Level(first + at, self.evidence[tree, at], self.at_most[tree, at][:, None], yes, no)
            )
        return found


@dataclass(frozen=True)
class _Level:
    """Some nodes, numbered through all trees."""

    at: NDArray[np.intp]
    evidence: Ints
    at_most: Floats
    yes: NDArray[np.intp]
    no: NDArray[np.intp]


def _depth(tree: Tree, at: int) -> int:
    if not tree.evidence[at]:
        return 0
    return 1 + max(_depth(tree, tree.yes[at]), _depth(tree, tree.no[at]))


@cache
def forest(kinds: tuple[str, ...]) -> Forest:
    """The trees that come with Canonry."""
    text = files("canonry.match").joinpath("trees.json").read_bytes()
    return Forest.of(msgspec.json.decode(text, type=Written), kinds)
