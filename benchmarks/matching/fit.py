"""Fits the model's weights on rows that collect.py has written, and says how well it does on packages unseen.

    python benchmarks/matching/fit.py rows.npz [more.npz ...] [--write]

Logistic regression with an L2 penalty (Newton's method), weights of evidence kept at or above zero
(more of an evidence never makes a match less likely), one model for definitions with a body and one
for headers. Every figure printed is cross-validated: each package is scored by a model that has not
seen it. --write puts the weights, fitted on everything, into server/canonry/match/weights.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).parents[2] / "server" / "canonry" / "match" / "weights.py"
STAGES = ("header", "half", "full")


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, penalty: float) -> np.ndarray:
    """Weights with the intercept first: penalised maximum likelihood under non-negativity, by projected Newton."""
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
        hessian = (design[:, free] * (weight * p * (1 - p))[:, None]).T @ design[:, free] + np.diag(ridge[free] + 1e-6)
        step = np.zeros_like(beta)
        step[free] = np.linalg.solve(hessian, gradient[free])
        size = 1.0
        while size > 1e-6:
            candidate = beta - size * step
            candidate[1:] = np.maximum(candidate[1:], 0)
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
    parts = [np.load(path) for path in paths]
    shift = 0
    data: dict[str, list[np.ndarray]] = {}
    for part in parts:
        for key in ("x", "y", "case", "stage", "package"):
            values = part[key]
            if key == "case":
                values = values + shift
            data.setdefault(key, []).append(values)
        shift += int(part["case"].max()) + 1
    joined = {key: np.concatenate(values) for key, values in data.items()}
    joined["kinds"] = parts[0]["kinds"]
    return joined


def usable(kinds: np.ndarray, header: bool) -> np.ndarray:
    """Which evidence a model may use: a bare header has no body."""
    body_only = {"calls", "imported", "attributes", "literals", "statements", "exceptions", "members", "body", "body-names"}
    return np.array([not (header and kind in body_only) for kind in kinds])


def report(data: dict[str, np.ndarray], scores: np.ndarray, foreign_stage: int = 2) -> None:
    cases = data["case"] * 3 + data["stage"]
    best: dict[int, list[tuple[float, bool]]] = {}
    for key, score, label in zip(cases.tolist(), scores.tolist(), data["y"].tolist(), strict=True):
        best.setdefault(key, []).append((score, label))
    has_target = {case for case, label in zip(data["case"].tolist(), data["y"].tolist(), strict=True) if label}
    full_of = {key // 3 for key in best if key % 3 != foreign_stage}
    tops: list[tuple[float, bool]] = []
    for stage, name in enumerate(STAGES):
        rows = [sorted(v, reverse=True) for k, v in best.items() if k % 3 == stage and k // 3 in full_of]
        first = sum(row[0][1] for row in rows)
        three = sum(any(label for _, label in row[:3]) for row in rows)
        print(f"{name:7} first {first / max(len(rows), 1):.0%}  three {three / max(len(rows), 1):.0%}  of {len(rows)}")
        if stage == foreign_stage:
            mine = [row[0] for row in rows]
    foreign = [max(v)[0] for k, v in best.items() if k % 3 == foreign_stage and k // 3 not in full_of]
    if foreign:
        for share in (0.01, 0.02, 0.05):
            limit = sorted(foreign, reverse=True)[int(share * len(foreign))]
            hit = sum(score > limit and label for score, label in mine)
            print(f"at {share:.0%} alarms (p > {limit:.3f}): shown and first {hit / len(mine):.0%}")
    tops = [max(v) for v in best.values()]
    print("reliability of the best match: predicted, observed, cases")
    edges = np.linspace(0, 1, 11)
    for low, high in zip(edges, edges[1:], strict=False):
        inside = [(s, label) for s, label in tops if low <= s < high or (high == 1 and s == 1)]
        if inside:
            print(f"  {np.mean([s for s, _ in inside]):.2f}  {np.mean([label for _, label in inside]):.2f}  {len(inside)}")
    assert has_target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    data = load(args.rows)
    scores = np.zeros(len(data["y"]))
    models = {}
    header = data["stage"] == 0
    for name, part in (("body", ~header), ("header", header)):
        use = usable(data["kinds"], name == "header")
        x, y = data["x"][part][:, use].astype(float), data["y"][part].astype(float)
        weight = np.ones(len(y))
        fitted = np.zeros(len(y))
        packages = data["package"][part]
        for package in np.unique(packages):
            out = packages == package
            fitted[out] = predict(fit(x[~out], y[~out], weight[~out], args.penalty), x[out])
        scores[part] = fitted
        beta = fit(x, y, weight, args.penalty)
        models[name] = (beta[0], dict(zip(data["kinds"][use].tolist(), beta[1:].tolist(), strict=True)))
    report(data, scores)
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
        lines += ["", f"INTERCEPT_{name.upper()}: Final = {intercept:.4f}", f"{name.upper()}: Final[dict[str, float]] = {{"]
        lines += [f'    "{kind}": {weight:.4f},' for kind, weight in weights.items() if weight > 1e-6]
        lines.append("}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
