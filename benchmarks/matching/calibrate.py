"""How honest the model's probabilities are in workspaces of different sizes, and what makes them so.

    python benchmarks/matching/calibrate.py rewrites.npz pairs.npz 4.npz 12.npz 40.npz 200.npz

The files are rows that collect.py (with --shrink for small workspaces) and collect_pairs.py have written. The
model is the one that is shipped; its weights stay. The best match of each case and stage once there is a body is
right or wrong: logistic regression of that on the model's logit, on `smallness` and on both together gives
slope and shift of the logit, and what `rank.SMALL` adds. Then, by size, what is said at the default threshold.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from canonry.config import Settings
from canonry.match import rank
from fit import fit

SIZES = (0, 8, 25, 100, 600, 5000, 10**9)
"""Definitions of workspaces that are told of together."""


def best_of(path: Path) -> list[tuple[float, int, bool, bool, bool]]:
    """Of each case and stage: the best match's logit, the workspace's size, whether it is right, was a copy, and
    whether there was something to find."""
    rows = np.load(path)
    if tuple(rows["kinds"].tolist()) != rank.KINDS:
        raise SystemExit(f"{path}: the rows are of other kinds of evidence; collect them again")
    body = rows["stage"] > 0
    x, y, size = rows["x"][body], rows["y"][body], rows["definitions"][body]
    group = rows["case"][body] * 3 + rows["stage"][body]
    real = np.isin(group // 3, rows["case"][rows["y"]])
    parts = np.array_split(
        x.astype(np.float32), len(x) // 20_000 + 1
    )  # the trees look at all of a table at once
    logits = np.concatenate([rank.body_logits(part) for part in parts])
    order = np.lexsort((-logits, group))
    first = order[np.r_[True, np.diff(group[order]) != 0]]
    copies = rank.are_copies(x)
    return [(float(logits[at]), int(size[at]), bool(y[at]), bool(copies[at]), bool(real[at])) for at in first]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path, nargs="+")
    args = parser.parse_args()
    told = [one for path in args.rows for one in best_of(path)]
    logit = np.array([one[0] for one in told])
    small = np.array([rank.smallness(one[1]) for one in told])
    right = np.array([one[2] for one in told], float)
    free = np.array([True] * 3)
    shift, slope, more_slope, more_shift = fit(
        np.c_[logit, logit * small, small], right, np.ones(len(right)), 1e-3, free
    )
    print(f"slope {slope:.2f}, shift {shift:.2f}; in the smallest {more_slope:+.2f}, {more_shift:+.2f}")
    least = Settings().reuse.minimum_probability
    sizes = np.array([one[1] for one in told])
    real = np.array([one[4] for one in told])
    slope, shift = rank.CALIBRATION_BODY
    for title, more in (("as it is", rank.SMALL), ("without", 0)):
        p = 1 / (1 + np.exp(-(slope * logit + shift + more * small)))
        p = np.where([one[3] for one in told], np.maximum(p, rank.LEAST_OF_COPIES), p)
        print(
            f"{title}: said and right of those there, said of the others; predicted/right (cases) by tenths"
        )
        for low, high in pairwise(SIZES):
            some = (sizes >= low) & (sizes < high)
            if not some.any():
                continue
            hit = np.mean((p >= least)[some & real] & (right > 0)[some & real])
            alarm = np.mean((p >= least)[some & ~real]) if (some & ~real).any() else 0
            bins = [some & (p >= edge) & (p < edge + 0.1) for edge in np.arange(0, 1, 0.1)]
            honest = " ".join(
                f"{p[one].mean():.2f}/{right[one].mean():.2f}({one.sum()})" for one in bins if one.sum() >= 20
            )
            print(
                f"  {low:5} to {high:10}: {hit:.0%} of {(some & real).sum()}, {alarm:.1%} of {(some & ~real).sum()}; {honest}"
            )


if __name__ == "__main__":
    main()
