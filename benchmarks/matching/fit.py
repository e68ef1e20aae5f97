"""Fits the model on rows that collect.py has written, and says how well it does on packages unseen.

    python benchmarks/matching/fit.py rows.npz [more.npz ...] [--rewrites 0 4] [--unread 2 3] [--write]

Of the files of rows some are of rewrites (told by their place), whose alarms are definitions of other
packages; some nobody has read, so that they are learned from and say nothing about how honest a
probability is.

Logistic regression with an L2 penalty (Newton's method), weights of most evidence kept at or above zero
(more of it never makes a match less likely), one model for definitions with a body and one for headers.
Of a project's own other definitions, which nobody has read, those that a first round takes for duplicates
are left out of the second: many are. For definitions with a body small boosted trees beside it
(scikit-learn, in the group `fit` of dependencies), whose logit is averaged with the linear one; they rise
with the same evidence. Two numbers for each then stretch the logit, so that a probability is honest for the
best candidate. Every figure printed is cross-validated: each package is scored
by a model that has not seen it (ten groups of packages). --write puts the model, fitted on everything, into
server/canonry/match/weights.py and trees.json.
"""

from __future__ import annotations

import argparse
import json
import os
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # scikit-learn's threads wait for each other on a busy machine

import numpy as np
from canonry.match.rank import GATE

WEIGHTS = Path(__file__).parents[2] / "server" / "canonry" / "match" / "weights.py"
TREES = WEIGHTS.with_name("trees.json")
FOLDS = 10
NEAREST = 12
"""Candidates a case that are fitted on, nearest first: what is farther teaches nothing new."""
ROUNDS, RATE, LEAVES, LEAST_IN_LEAF, PENALTY_OF_TREES = 100, 0.08, 8, 40, 5.0
STAGES = ("header", "half", "full")
FREE = {
    "alike-length",
    "length",
    "inherited",
    "same-file",
    "same-class",
    "family",
    "same-method",
    "convention",
    "crowd",
    "counterpart",
    "test-code",
    "same-kind",
    "arity",
    "lead",
    "same-name",
    "name-words",
    "name-spelling",
    "variant",
    "versions",
    "opposite",
    "same-folder",
    "shared-place",
    "copies",
    "nearest-words",
    "nearest-name",
    "nearest-calls",
    "nearest-form",
    "covering",
    "rare-in-common",
    "private",
    "aside",
    "sibling-role",
    "same-class-name",
    "called",
    "calls-it",
    "called-by-it",
    "their-length",
    "rarest",
    "amount-of-literals",
    "amount-of-imported",
    "amount-of-documentation",
    "amount-of-calls",
    "amount-of-form",
    "is-method",
    "is-class",
    "common-name",
    "their-common-name",
    "same-file-name",
    "one-folder-apart",
    "ahead-in-words",
    "ahead-in-all",
    "placed",
    "amount-placed",
    "parallel",
    "twin-files",
}
"""Evidence that may speak against a match; all other weights are zero or more."""
COPY, SAID = 0.9, 0.25
"""Of a body's form, and of `identical`: from both on a candidate is a copy."""
TWINS = 0.3
"""Of `twin-files`: from there on two files are variants of one another, and copies in them are there by design."""
SUSPECT = 0.4
"""A probability, cross-validated: what is said of a project's own definitions from here on may well be true."""


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, penalty: float, signed: np.ndarray) -> np.ndarray:
    """Weights with the intercept first: penalised maximum likelihood, by projected Newton steps.

    `signed` says which weights may be below zero.
    """
    design = np.c_[np.ones(len(x)), x]
    beta = np.zeros(design.shape[1])
    beta[0] = -5.0
    ridge = np.full(len(beta), penalty)
    ridge[0] = 0.0

    def loss(b: np.ndarray) -> float:
        z = design @ b
        return float(np.sum(weight * (np.logaddexp(0, z) - y * z)) + 0.5 * np.sum(ridge * b * b))

    current = loss(beta)
    for _ in range(200):
        z = design @ beta
        p = 1 / (1 + np.exp(-z))
        gradient = design.T @ (weight * (p - y)) + ridge * beta
        free = (beta > 1e-9) | (gradient < 0)
        free[0] = True
        free[1:] |= signed
        hessian = (design[:, free] * (weight * p * (1 - p))[:, None]).T @ design[:, free] + np.diag(
            ridge[free] + 1e-6
        )
        step = np.zeros_like(beta)
        step[free] = np.linalg.solve(hessian, gradient[free])
        size = 1.0
        while size > 1e-6:
            candidate = beta - size * step
            candidate[1:] = np.where(signed, candidate[1:], np.maximum(candidate[1:], 0))
            value = loss(candidate)
            if value < current - 1e-9:
                break
            size /= 2
        else:
            break
        gained, beta, current = current - value, candidate, value
        if gained < 1e-3:
            break
    return beta


def predict(beta: np.ndarray, x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(beta[0] + x @ beta[1:])))


def load(paths: list[Path]) -> dict[str, np.ndarray]:
    shift = 0
    data: dict[str, list[np.ndarray]] = {}
    for source, path in enumerate(paths):
        part = np.load(path)
        for key in ("x", "y", "stage", "package"):
            data.setdefault(key, []).append(part[key])
        data.setdefault("case", []).append(part["case"] + shift)
        data.setdefault("source", []).append(np.full(len(part["y"]), source))
        typed = set(part["case"][part["stage"] != STAGES.index("full")].tolist())
        real = part.get("real", np.isin(part["case"], sorted(typed)))  # others were typed in full only
        data.setdefault("real", []).append(real)
        for key in ("silent", "aside"):
            missing = np.zeros(len(part["y"]), bool)
            data.setdefault(key, []).append(part.get(key, missing))
        shift += int(part["case"].max()) + 1
    joined = {key: np.concatenate(values) for key, values in data.items()}
    joined["kinds"] = np.load(paths[0])["kinds"]
    return joined


def usable(kinds: np.ndarray, header: bool) -> np.ndarray:
    """Which evidence a model may use: a bare header has no body."""
    body_only = {
        "calls",
        "imported",
        "attributes",
        "literals",
        "statements",
        "exceptions",
        "members",
        "body",
        "body-names",
    }
    return np.array([not (header and kind in body_only) for kind in kinds])


def tops(
    data: dict[str, np.ndarray], scores: np.ndarray, source: int
) -> tuple[dict[int, list], dict[int, list[float]]]:
    """Of one file of rows: for each stage the candidates of each case best first, and the alarms' best scores.

    What is found for a case that is no duplicate is an alarm. Those in tests are there to be learned from, not
    to be counted.
    """
    cases: dict[tuple[int, int], list[tuple[float, bool, bool]]] = {}
    mine = data["source"] == source
    rows = zip(
        data["case"][mine],
        data["stage"][mine],
        scores[mine],
        data["y"][mine],
        data["silent"][mine],
        strict=True,
    )
    beside = set(data["case"][mine & data["aside"]].tolist())
    for case, stage, score, label, silent in rows:
        if case not in beside:
            cases.setdefault((int(case), int(stage)), []).append((float(score), bool(label), bool(silent)))
    real = set(data["case"][mine & data["real"]].tolist())
    found: dict[int, list] = {0: [], 1: [], 2: []}
    alarms: dict[int, list[float]] = {0: [], 1: [], 2: []}
    for (case, stage), some in cases.items():
        some.sort(reverse=True)
        if case in real:
            found[stage].append(some)
        else:
            alarms[stage].append(0.0 if some[0][2] else some[0][0])
    return found, alarms


def report(
    data: dict[str, np.ndarray], scores: np.ndarray, names: list[str], args: argparse.Namespace
) -> None:
    reliable: list[tuple[float, bool]] = []
    counts = args.cases or [0] * len(names)
    limits = []
    for source, name in enumerate(names):
        found, alarms = tops(data, scores, source)
        total = counts[source] or len(found[2]) or 1
        for stage, title in enumerate(STAGES):
            some = found[stage]
            first = sum(one[0][1] for one in some) / total
            three = sum(any(label for _, label, _ in one[:3]) for one in some) / total
            print(f"{name} {title:7} first {first:.0%}  three {three:.0%}  of {total}")
            reliable += [one[0][:2] for one in some if source not in args.unread and not one[0][2]]
        if source not in args.unread:
            reliable += [(score, False) for some in alarms.values() for score in some if score]
        ordered = sorted(alarms[2], reverse=True)
        for share in (0.01, 0.02, 0.05, 0.1):
            limit = ordered[int(share * len(ordered))] if ordered else 0.5
            shown = [one for one in found[2] if one[0][0] > limit and not one[0][2]]
            first = sum(one[0][1] for one in shown) / total
            three = sum(any(label for _, label, _ in one[:3]) for one in shown) / total
            print(
                f"{name} at {share:.0%} alarms (p > {limit:.3f}): shown and first {first:.0%}, among three {three:.0%}"
            )
            if source not in args.unread and share == (0.02 if source in args.rewrites else 0.05):
                limits.append(limit)
    limit = args.threshold or max(limits)
    print(f"one threshold for all, {limit:.3f}:")
    for source, name in enumerate(names):
        found, alarms = tops(data, scores, source)
        total = counts[source] or len(found[2]) or 1
        shown = [one for one in found[2] if one[0][0] > limit and not one[0][2]]
        first = sum(one[0][1] for one in shown) / total
        three = sum(any(label for _, label, _ in one[:3]) for one in shown) / total
        shares = [
            f"{sum(score > limit for score in some) / len(some):.1%} of {len(some)} ({STAGES[stage]})"
            for stage, some in alarms.items()
            if some
        ]
        print(f"  {name}: shown and first {first:.0%}, among three {three:.0%}; alarms {', '.join(shares)}")
    print("reliability of the best match: predicted, observed, cases")
    edges = np.linspace(0, 1, 11)
    for low, high in pairwise(edges):
        inside = [(score, label) for score, label in reliable if low <= score < high or score == high == 1]
        if inside:
            predicted = np.mean([score for score, _ in inside])
            observed = np.mean([label for _, label in inside])
            print(f"  {predicted:.2f}  {observed:.2f}  {len(inside)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument(
        "--cases", type=int, nargs="*", help="how many real cases each file has, found or not"
    )
    parser.add_argument("--rewrites", type=int, nargs="*", default=[0], help="files of rewrites, by place")
    parser.add_argument("--unread", type=int, nargs="*", default=[2, 3], help="files that nobody has read")
    parser.add_argument("--threshold", type=float, help="the one threshold that is reported on")
    parser.add_argument("--emphasis", type=float, default=3.0, help="weight of the rewrites' real cases")
    parser.add_argument("--scores", type=Path, help="a .npy for the cross-validated probabilities")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    data = load(args.rows)
    learned = teaches(data, args.rewrites)
    first, _ = cross_validated(data, learned, args)
    own = ~np.isin(data["source"], args.rewrites) & ~data["y"].astype(bool)
    scores, models = cross_validated(data, learned & ~(own & (first >= SUSPECT)), args)
    report(data, scores, [path.stem for path in args.rows], args)
    if args.scores:
        np.save(args.scores, scores)
    for name, (model, stretch) in models.items():
        print(name, round(model.intercept, 2), {k: round(v, 2) for k, v in model.weights.items()}, stretch)
    if args.write:
        WEIGHTS.write_text(render(models))
        TREES.write_text(render_trees(models["body"][0]))
        print(f"written: {WEIGHTS.name}, {TREES.name}")


def cross_validated(
    data: dict[str, np.ndarray], learned: np.ndarray, args: argparse.Namespace
) -> tuple[np.ndarray, dict[str, tuple[Model, tuple[float, float]]]]:
    """Each row's probability by a model that has not seen its package; models of all rows, with their stretch."""
    scores = np.zeros(len(data["y"]))
    models = {}
    header = data["stage"] == 0
    for name, part in (("body", np.flatnonzero(~header)), ("header", np.flatnonzero(header))):
        some = {key: data[key][part] for key in ("x", "y", "source", "package", "stage", "case", "aside")}
        use = usable(data["kinds"], name == "header")
        logits = np.zeros(len(part))
        fold = folds_of(some["package"])
        for number in range(FOLDS):
            out = fold == number
            if out.any():
                model = Model.fitted(some, learned[part] & ~out, use, data["kinds"], args, name == "body")
                logits[out] = model.logits(some["x"][out])
        stretch = calibration(some, logits, args.unread)
        scores[part] = predict(np.array([stretch[1], stretch[0]]), logits[:, None])
        models[name] = Model.fitted(some, learned[part], use, data["kinds"], args, name == "body"), stretch
    return scores, models


def teaches(data: dict[str, np.ndarray], rewrites: list[int]) -> np.ndarray:
    """The rows to fit on: the nearest candidates of each case and the right one, without copies of the right one.

    A copy of the right answer, of its name and with its body, is not wrong, only not the one that was asked for.
    Nor is a copy that a project has to this day, unless its whole file is a variant of the other: those are kept
    apart on purpose.
    """
    at = {kind: number for number, kind in enumerate(data["kinds"].tolist())}
    x, y = data["x"], data["y"].astype(bool)
    group = data["case"] * len(STAGES) + data["stage"]
    chosen = np.zeros(len(y), bool)
    order = np.lexsort((-x[:, at["search"]], group))
    rank = np.arange(len(y)) - np.maximum.accumulate(
        np.where(np.r_[True, np.diff(group[order]) != 0], np.arange(len(y)), 0)
    )
    chosen[order] = rank < NEAREST
    right = {int(group[row]): row for row in np.flatnonzero(y)}
    for row in np.flatnonzero(~y):
        target = right.get(int(group[row]))
        if target is not None:
            alike = min(x[row, at["body"]], x[target, at["body"]]) >= 0.9
            if alike and x[row, at["same-name"]] == x[target, at["same-name"]]:
                chosen[row] = False
    copies = (x[:, at["body"]] >= COPY) & (x[:, at["identical"]] >= SAID) & (x[:, at["twin-files"]] < TWINS)
    return (chosen & ~(copies & ~np.isin(data["source"], rewrites))) | y


def folds_of(packages: np.ndarray) -> np.ndarray:
    """Which fold each row is in; all rows of a package in one, whether they are of its wheel or its repository."""
    packages = np.array([_bare(one) for one in packages.tolist()])
    names = np.unique(packages)
    fold = dict(zip(names.tolist(), np.random.RandomState(0).permutation(len(names)) % FOLDS, strict=True))
    return np.array([fold[one] for one in packages.tolist()])


def _bare(package: str) -> str:
    name = package.replace("+", "/").rsplit("/", 1)[-1].lower().replace("-", "_")
    return name.removesuffix("_core").removesuffix("_chat").removeprefix("matrix_").removeprefix("apache_")


def calibration(some: dict[str, np.ndarray], logits: np.ndarray, unread: list[int]) -> tuple[float, float]:
    """Slope and shift that make the best candidate's probability honest (Platt 1999), on unseen packages."""
    group = some["case"] * len(STAGES) + some["stage"]
    order = np.lexsort((-logits, group))
    best = order[np.r_[True, np.diff(group[order]) != 0]]
    best = best[~np.isin(some["source"][best], unread) & ~some["aside"][best]]
    x, y = logits[best, None], some["y"][best].astype(float)
    shift, slope = fit(x, y, np.ones(len(y)), 1e-3, np.array([False]))
    return round(float(slope), 4), round(float(shift), 4)


class Model:
    """A linear model, with trees beside it or not."""

    def __init__(self, intercept: float, weights: dict[str, float], kinds: list[str], trees: object) -> None:
        self.intercept, self.weights, self.kinds, self.trees = intercept, weights, kinds, trees

    @classmethod
    def fitted(cls, some, rows, use, kinds, args, with_trees: bool) -> Model:
        x, y = some["x"][rows].astype(float), some["y"][rows].astype(float)
        weight = np.where(np.isin(some["source"][rows], args.rewrites) & (y > 0), args.emphasis, 1.0)
        signed = np.array([kind in FREE for kind in kinds[use]])
        beta = fit(x[:, use], y, weight, args.penalty, signed)
        weights = dict(zip(kinds[use].tolist(), beta[1:].tolist(), strict=True))
        trees = None
        if with_trees:
            from sklearn.ensemble import HistGradientBoostingClassifier

            trees = HistGradientBoostingClassifier(
                max_iter=ROUNDS,
                learning_rate=RATE,
                max_leaf_nodes=LEAVES,
                min_samples_leaf=LEAST_IN_LEAF,
                l2_regularization=PENALTY_OF_TREES,
                early_stopping=False,
                random_state=0,
                monotonic_cst=[0 if kind in FREE else 1 for kind in kinds],
            ).fit(x, y, sample_weight=weight)
        return cls(float(beta[0]), weights, kinds.tolist(), trees)

    def logits(self, x: np.ndarray) -> np.ndarray:
        vector = np.array([self.weights.get(kind, 0.0) for kind in self.kinds])
        linear = x @ vector + self.intercept
        if self.trees is None:
            return linear
        both = (linear + self.trees.decision_function(x.astype(float))) / 2
        return np.where(linear >= GATE, both, linear)


def render_trees(model: Model) -> str:
    """The trees as the file that `match/trees.py` reads."""
    trees = []
    for (tree,) in model.trees._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "evidence": ["" if leaf[at] else model.kinds[n["feature_idx"]] for at, n in enumerate(nodes)],
                "at_most": [
                    0.0 if leaf[at] else round(float(n["num_threshold"]), 5) for at, n in enumerate(nodes)
                ],
                "yes": [at if leaf[at] else int(n["left"]) for at, n in enumerate(nodes)],
                "no": [at if leaf[at] else int(n["right"]) for at, n in enumerate(nodes)],
                "value": [round(float(n["value"]), 4) if leaf[at] else 0.0 for at, n in enumerate(nodes)],
            }
        )
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    start = float(np.ravel(model.trees._baseline_prediction)[0])
    return f'{{"intercept": {start:.4f}, "trees": [\n{lines}\n]}}\n'


def render(models: dict[str, tuple[float, dict[str, float]]]) -> str:
    lines = [
        '"""The model\'s weights: evidence by evidence, for definitions with a body and for bare headers.',
        "",
        "Written by benchmarks/matching/fit.py; what they were fitted on and how well they do is in",
        'docs/matching.md."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
    ]
    for name, (model, (slope, shift)) in models.items():
        lines += [
            "",
            f"INTERCEPT_{name.upper()}: Final = {model.intercept:.4f}",
            f"CALIBRATION_{name.upper()}: Final = ({slope}, {shift})",
            '"""Slope and shift of the logit."""',
            f"{name.upper()}: Final[dict[str, float]] = {{",
        ]
        lines += [
            f'    "{kind}": {weight:.4f},' for kind, weight in model.weights.items() if abs(weight) > 5e-5
        ]
        lines.append("}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
