"""Weighs real duplicates from repositories' histories, and the projects' own other definitions, in process.

    python benchmarks/matching/collect_pairs.py --pairs pairs.jsonl --repos DIR --noise 6 --out rows.npz

DIR holds git directories (OWNER+NAME/repo). For each pair the tree at `parent` is written out with
the later removed definition cut out; it is then typed back in stages. With --noise N, N other
definitions of the same tree are treated in the same way: whatever is found for them counts as wrong
(an upper bound: some are duplicates that nobody has removed). Rows are those of collect.py.
"""

from __future__ import annotations

import argparse
import ast
import collections
import json
import random
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
from canonry.config import Settings
from canonry.match.rank import TABLE
from canonry.workspace import Workspace
from collect import weigh_at
from stages import STAGES, stage_text

warnings.simplefilter("ignore", SyntaxWarning)
KEPT = (".py", ".pyi", ".toml", ".cfg", ".ini", ".gitignore")


def git(repo: Path, *args: str, data: bytes | None = None) -> bytes:
    return subprocess.run(
        ["git", f"--git-dir={repo}", *args], check=True, capture_output=True, input=data
    ).stdout


def export(repo: Path, commit: str, root: Path) -> None:
    entries = []
    for line in git(repo, "ls-tree", "-r", "-z", commit).split(b"\0"):
        if not line:
            continue
        facts, name = line.split(b"\t", 1)
        mode, kind, sha = facts.decode().split()
        path = name.decode("utf-8", "replace")
        if kind == "blob" and mode != "120000" and path.endswith(KEPT):
            entries.append((sha, path))
    answer = git(repo, "cat-file", "--batch", data="".join(f"{sha}\n" for sha, _ in entries).encode())
    at = 0
    for _, path in entries:
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        at = end + 1
        if words[-1] == b"missing":
            continue
        size = int(words[2])
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(answer[at : at + size])
        at += size + 1


def definitions(text: str):
    def visit(body, prefix):
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                yield prefix + node.name, first, node.end_lineno
                if isinstance(node, ast.ClassDef):
                    yield from visit(node.body, prefix + node.name + ".")

    yield from visit(ast.parse(text).body, "")


def cases_of(
    root: Path, pairs: list[dict], noise: int, seed: str
) -> list[tuple[dict | None, str, str, int, int]]:
    cases = [(pair, pair["a_path"], pair["a_symbol"], *pair["a_lines"]) for pair in pairs]
    named = {(p["a_path"], p["a_symbol"]) for p in pairs} | {(p["b_path"], p["b_symbol"]) for p in pairs}
    rng = random.Random(seed)
    pool, of_tests = [], []
    files = [path for path in sorted(root.rglob("*.py")) if path.is_file()]
    rng.shuffle(files)
    for path in files[:300]:
        relative = path.relative_to(root).as_posix()
        if "migrations" in relative:
            continue
        try:
            for symbol, low, high in definitions(path.read_text("utf-8")):
                if high - low >= 4 and (relative, symbol) not in named:
                    (of_tests if "test" in relative else pool).append((None, relative, symbol, low, high))
        except (SyntaxError, ValueError, RecursionError):
            continue
    chosen = rng.sample(pool, min(noise, len(pool)))
    return cases + chosen + rng.sample(of_tests, min(noise // 3, len(of_tests)))


def target_lines(pair: dict, cuts: dict[str, list[tuple[int, int]]]) -> tuple[int, int]:
    """Where the existing definition stands once others have been cut out above it; 1-based, both included.

    Nothing (0, 0) where it is in what was cut out.
    """
    low, high = pair["b_lines"]
    gone = [(a, b) for a, b in cuts.get(pair["b_path"], ())]
    if any(a <= low and high <= b for a, b in gone):
        return (0, 0)
    above = len({n for a, b in gone for n in range(a, b + 1) if n < low})
    inside = len({n for a, b in gone for n in range(a, b + 1) if low <= n <= high})
    return (low - above, high - above - inside)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--repos", type=Path, required=True)
    parser.add_argument("--noise", type=int, default=6)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--log", type=Path, help="a line a case, to read")
    args = parser.parse_args()
    groups = collections.defaultdict(list)
    for line in args.pairs.read_text().splitlines():
        pair = json.loads(line)
        if args.only in pair["repo"]:
            groups[pair["repo"], pair["parent"]].append(pair)
    columns: dict[str, list] = collections.defaultdict(list)
    log = []
    number = 0
    for (name, parent), pairs in sorted(groups.items()):
        repo = args.repos / name.replace("/", "+") / "repo"
        if not repo.exists():
            continue
        folder = Path(tempfile.mkdtemp(prefix="pairs-"))
        try:
            root = (folder / "tree").resolve()
            root.mkdir()
            export(repo, parent, root)
            cases = cases_of(root, pairs, args.noise, f"{name}:{parent}")
            texts, cuts = {}, collections.defaultdict(list)
            for _, relative, _, low, high in cases:
                cuts[relative].append((low, high))
            for relative in cuts:
                texts[relative] = (root / relative).read_text("utf-8").splitlines(keepends=True)
                gone = {n for low, high in cuts[relative] for n in range(low, high + 1)}
                kept = "".join(line for n, line in enumerate(texts[relative], 1) if n not in gone)
                (root / relative).write_text(kept, "utf-8")
            workspace = Workspace(root, Settings(), cache=folder / "cache")
            workspace.refresh()
            for pair, relative, symbol, low, high in cases:
                if any(a <= low and high <= b for a, b in cuts[relative] if (a, b) != (low, high)):
                    continue
                gone = {n for a, b in cuts[relative] for n in range(a, b + 1)}
                at = sum(1 for n in range(1, low) if n not in gone)
                target = target_lines(pair, cuts) if pair else (0, 0)
                lines = texts[relative][low - 1 : high]
                current = (root / relative).read_text("utf-8").splitlines(keepends=True)
                for stage in STAGES if pair else ("full",):
                    typed = stage_text(lines, stage)
                    text = "".join(current[:at]) + typed + "".join(current[at:])
                    rows = weigh_at(workspace, root / relative, text, at)
                    found = None
                    for rank, row in enumerate(rows, 1):
                        hit = bool(pair) and row["path"] == pair["b_path"]
                        hit = hit and target[0] - 3 <= row["line"] <= target[1]
                        found = found or (rank if hit else None)
                        columns["x"].append(row["x"])
                        columns["y"].append(hit)
                        columns["case"].append(number)
                        columns["stage"].append(STAGES.index(stage))
                        columns["package"].append(name)
                        columns["silent"].append(row["silent"])
                        columns["aside"].append(pair is None and "test" in relative)
                    log.append(
                        {
                            "repo": name,
                            "symbol": symbol,
                            "path": relative,
                            "stage": stage,
                            "rank": found,
                            "pair": bool(pair),
                            "kind": pair and ("override" if pair["why"] == "base" else pair["kind"]),
                            "same_name": pair and pair["same_name"],
                            "target": pair and f"{pair['b_path']}:{pair['b_symbol']}",
                            "silent": rows[0]["silent"] if rows else None,
                            "case": number,
                            "best": [(r["name"], round(r["p"], 3)) for r in rows[:3]],
                        }
                    )
                number += 1
            workspace.shutdown()
        except (OSError, subprocess.CalledProcessError, UnicodeDecodeError) as error:
            print(f"{name}@{parent[:10]}: {type(error).__name__}: {error}", file=sys.stderr)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"{name}@{parent[:10]}: {len(pairs)} pairs", file=sys.stderr)
    np.savez_compressed(
        args.out,
        x=np.array(columns["x"], np.float32),
        y=np.array(columns["y"], bool),
        case=np.array(columns["case"]),
        stage=np.array(columns["stage"]),
        package=np.array(columns["package"]),
        silent=np.array(columns["silent"]),
        aside=np.array(columns["aside"]),
        kinds=np.array([kind for kind, _ in TABLE]),
    )
    if args.log:
        args.log.write_text("".join(json.dumps(row) + "\n" for row in log))


if __name__ == "__main__":
    main()
