"""Fits the model's weights on rows that collect.py has written, and says how well it does on packages unseen.

    python benchmarks/matching/fit.py rows.npz [more.npz ...] [--write]

Logistic regression with an L2 penalty (Newton's method), weights of evidence kept at or above zero
(more of an evidence never makes a match less likely), one model for definitions with a body and one
for headers. Every figure printed is cross-validated: each package is scored by a model that has not
seen it. --write puts the weights, fitted on everything, into server/canonry/match/weights.py.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).parents[2] / "server" / "canonry" / "match" / "weights.py"
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
}
"""Evidence that may speak against a match; all other weights are zero or more."""


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
        beta, current = candidate, value
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
        silent = part["silent"] if "silent" in part else np.zeros(len(part["y"]), bool)
        data.setdefault("silent", []).append(silent)
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


def tops(data: dict[str, np.ndarray], scores: np.ndarray, source: int) -> tuple[dict[int, list], list[float]]:
    """Of one file of rows: for each stage the candidates of each case best first, and the alarms' best scores.

    A case that is typed in full only is no duplicate: what is found for it is an alarm.
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
    for case, stage, score, label, silent in rows:
        cases.setdefault((int(case), int(stage)), []).append((float(score), bool(label), bool(silent)))
    real = {case for case, stage in cases if stage != 2}
    found: dict[int, list] = {0: [], 1: [], 2: []}
    alarms: list[float] = []
    for (case, stage), some in cases.items():
        some.sort(reverse=True)
        if case in real:
            found[stage].append(some)
        elif stage == 2:
            alarms.append(0.0 if some[0][2] else some[0][0])
    return found, alarms


def report(data: dict[str, np.ndarray], scores: np.ndarray, names: list[str], counts: list[int]) -> None:
    reliable: list[tuple[float, bool]] = []
    limits = []
    for source, name in enumerate(names):
        found, alarms = tops(data, scores, source)
        total = counts[source] or len(found[2])
        for stage, title in enumerate(STAGES):
            some = found[stage]
            first = sum(one[0][1] for one in some) / total
            three = sum(any(label for _, label, _ in one[:3]) for one in some) / total
            print(f"{name} {title:7} first {first:.0%}  three {three:.0%}  of {total}")
            reliable += [one[0][:2] for one in some if not one[0][2]]
        reliable += [(score, False) for score in alarms if score]
        ordered = sorted(alarms, reverse=True)
        for share in (0.01, 0.02, 0.05, 0.1):
            limit = ordered[int(share * len(ordered))] if ordered else 0.5
            shown = [one for one in found[2] if one[0][0] > limit and not one[0][2]]
            first = sum(one[0][1] for one in shown) / total
            three = sum(any(label for _, label, _ in one[:3]) for one in shown) / total
            print(
                f"{name} at {share:.0%} alarms (p > {limit:.3f}): shown and first {first:.0%}, among three {three:.0%}"
            )
            if share == (0.02 if source == 0 else 0.05):
                limits.append(limit)
    limit = max(limits)
    print(f"one threshold for all, {limit:.3f}:")
    for source, name in enumerate(names):
        found, alarms = tops(data, scores, source)
        total = counts[source] or len(found[2])
        shown = [one for one in found[2] if one[0][0] > limit and not one[0][2]]
        first = sum(one[0][1] for one in shown) / total
        three = sum(any(label for _, label, _ in one[:3]) for one in shown) / total
        share = sum(score > limit for score in alarms) / max(len(alarms), 1)
        print(
            f"  {name}: shown and first {first:.0%}, among three {three:.0%}; alarms {share:.1%} of {len(alarms)}"
        )
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
    parser.add_argument("--emphasis", type=float, default=3.0, help="weight of the first file's real cases")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    data = load(args.rows)
    scores = np.zeros(len(data["y"]))
    models = {}
    header = data["stage"] == 0
    for name, part in (("body", ~header), ("header", header)):
        use = usable(data["kinds"], name == "header")
        x, y = data["x"][part][:, use].astype(float), data["y"][part].astype(float)
        weight = np.where((data["source"][part] == 0) & (y > 0), args.emphasis, 1.0)
        signed = np.array([kind in FREE for kind in data["kinds"][use]])
        fitted = np.zeros(len(y))
        packages = data["package"][part]
        for package in np.unique(packages):
            out = packages == package
            fitted[out] = predict(fit(x[~out], y[~out], weight[~out], args.penalty, signed), x[out])
        scores[part] = fitted
        beta = fit(x, y, weight, args.penalty, signed)
        models[name] = (beta[0], dict(zip(data["kinds"][use].tolist(), beta[1:].tolist(), strict=True)))
    report(data, scores, [path.stem for path in args.rows], args.cases or [0] * len(args.rows))
    for name, (intercept, weights) in models.items():
        print(name, round(intercept, 2), {k: round(v, 2) for k, v in weights.items()})
    if args.write:
        WEIGHTS.write_text(render(models))
        print(f"written: {WEIGHTS.name}")


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
    for name, (intercept, weights) in models.items():
        lines += [
            "",
            f"INTERCEPT_{name.upper()}: Final = {intercept:.4f}",
            f"{name.upper()}: Final[dict[str, float]] = {{",
        ]
        lines += [f'    "{kind}": {weight:.4f},' for kind, weight in weights.items() if abs(weight) > 1e-6]
        lines.append("}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
