"""Weighs real duplicates from repositories' histories, and the projects' own other definitions, in process.

    python benchmarks/matching/collect_pairs.py --pairs pairs.jsonl --repos DIR --noise 6 --out rows.npz

DIR holds git directories (OWNER+NAME/repo). For each pair the tree at `parent` is written out with
the later removed definition cut out; it is then typed back in stages. With --noise N, N other
definitions of the same tree are treated in the same way: whatever is found for them counts as wrong
(an upper bound: some are duplicates that nobody has removed). Rows are those of collect.py.

With --keep FOLDER the trees and their indexes stay there, so that the next run, after evidence was
changed, has only to weigh; --jobs N repositories are worked on at once.
"""

from __future__ import annotations

import argparse
import ast
import collections
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from canonry.config import Settings
from canonry.match.rank import TABLE
from canonry.workspace import Workspace
from canonry.workspace.cache import index_key
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


def age(repo: Path, commit: str) -> int:
    """When a commit was made, in seconds; 0 for one that a snapshot of the repository lacks."""
    command = ["git", f"--git-dir={repo}", "show", "-s", "--format=%ct", commit]
    said = subprocess.run(command, capture_output=True, check=False).stdout.strip()
    return int(said) if said.isdigit() else 0


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
    root: Path, pairs: list[dict], noise: int, seed: str, most_files: int = 60
) -> list[tuple[dict | None, str, str, int, int]]:
    """The pairs of a tree, and some of its own other definitions out of some of its files."""
    cases = [(pair, pair["a_path"], pair["a_symbol"], *pair["a_lines"]) for pair in pairs]
    named = {(p["a_path"], p["a_symbol"]) for p in pairs} | {(p["b_path"], p["b_symbol"]) for p in pairs}
    rng = random.Random(seed)
    pool, of_tests = [], []
    files = [path for path in sorted(root.rglob("*.py")) if path.is_file()]
    rng.shuffle(files)
    for path in files[:most_files]:
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


@dataclass(frozen=True)
class Prepared:
    """A definition to type, in a tree that it was cut out of."""

    pair: dict | None
    path: str
    symbol: str
    at: int
    """The line of the file without it that it is typed before."""
    lines: list[str]
    target: tuple[int, int]


def prepared(repo: Path, parent: str, pairs: list[dict], noise: int, folder: Path) -> list[Prepared]:
    """Writes the tree below `folder` and cuts the cases out of it, unless it stands there from an earlier run."""
    told = folder / "cases.json"
    if told.exists():
        return [Prepared(**one) for one in json.loads(told.read_text())]
    root = folder / "tree"
    root.mkdir(parents=True, exist_ok=True)
    export(repo, parent, root)
    made = cut(root, cases_of(root, pairs, noise, f"{pairs[0]['repo']}:{parent}"))
    told.write_text(json.dumps([vars(one) for one in made]))
    return made


def cut(root: Path, cases: list[tuple[dict | None, str, str, int, int]]) -> list[Prepared]:
    """Cuts the cases out of the files of a tree."""
    texts, cuts = {}, collections.defaultdict(list)
    for _, relative, _, low, high in cases:
        cuts[relative].append((low, high))
    for relative in cuts:
        texts[relative] = (root / relative).read_text("utf-8").splitlines(keepends=True)
        gone = {n for low, high in cuts[relative] for n in range(low, high + 1)}
        kept = "".join(line for n, line in enumerate(texts[relative], 1) if n not in gone)
        (root / relative).write_text(kept, "utf-8")
    made = []
    for pair, relative, symbol, low, high in cases:
        if any(a <= low and high <= b for a, b in cuts[relative] if (a, b) != (low, high)):
            continue
        gone = {n for a, b in cuts[relative] for n in range(a, b + 1)}
        at = sum(1 for n in range(1, low) if n not in gone)
        target = target_lines(pair, cuts) if pair else (0, 0)
        made.append(Prepared(pair, relative, symbol, at, texts[relative][low - 1 : high], target))
    return made


def rows_of(case: Prepared, root: Path, workspace: Workspace) -> Iterator[tuple[str, list[dict]]]:
    """The candidates at each stage of typing a case; a pair's own one is marked as `hit`."""
    current = (root / case.path).read_text("utf-8").splitlines(keepends=True)
    for stage in STAGES if case.pair else ("full",):
        text = "".join([*current[: case.at], stage_text(case.lines, stage), *current[case.at :]])
        rows = weigh_at(workspace, root / case.path, text, case.at)
        for row in rows:
            there = case.pair is not None and row["path"] == case.pair["b_path"]
            row["hit"] = there and case.target[0] - 3 <= row["line"] <= case.target[1]
        yield stage, rows


def collect(
    job: tuple[str, list[tuple[str, list[dict]]]], repos: Path, noise: int, keep: Path | None
) -> tuple[str, list[tuple[dict, list[dict]]]]:
    """Works on a repository's commits: for each case and stage what the log says of it, and its rows."""
    name, commits = job
    found: list[tuple[dict, list[dict]]] = []
    flat = name.replace("/", "+")
    repo = repos / flat / "repo"
    before: Path | None = None
    with tempfile.TemporaryDirectory(prefix="pairs-") as temporary:
        for parent, pairs in sorted(commits, key=lambda one: age(repo, one[0])):
            folder = (keep or Path(temporary)).resolve() / f"{flat}-{parent[:12]}"
            try:
                cases = prepared(repo, parent, pairs, noise, folder)
                root = folder / "tree"
                index = folder / "cache" / index_key(root)
                # Most files are those of the commit before: their rows are known by their contents.
                if before is not None and not index.exists():
                    shutil.copytree(before, index)
                before = index
                workspace = Workspace(root, Settings(), cache=folder / "cache", workers=1)
                workspace.refresh()
                for case in cases:
                    for stage, rows in rows_of(case, root, workspace):
                        found.append((told_of(name, parent, case, stage, rows), rows))
                workspace.shutdown()
            except (OSError, subprocess.CalledProcessError, UnicodeDecodeError) as error:
                print(f"{name}@{parent[:10]}: {type(error).__name__}: {error}", file=sys.stderr)
    return f"{name}: {len(commits)} commits", found


def told_of(name: str, parent: str, case: Prepared, stage: str, rows: list[dict]) -> dict:
    """What the log says of a case at a stage."""
    pair = case.pair
    return {
        "repo": name,
        "parent": parent,
        "symbol": case.symbol,
        "path": case.path,
        "stage": stage,
        "rank": next((rank for rank, row in enumerate(rows, 1) if row["hit"]), None),
        "pair": bool(pair),
        "kind": pair and ("override" if pair["why"] == "base" else pair["kind"]),
        "same_name": pair and pair["same_name"],
        "target": pair and f"{pair['b_path']}:{pair['b_symbol']}",
        "silent": rows[0]["silent"] if rows else None,
        "best": [(row["name"], round(row["p"], 3)) for row in rows[:3]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--repos", type=Path, required=True)
    parser.add_argument("--noise", type=int, default=6)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--log", type=Path, help="a line a case and stage, to read")
    args = parser.parse_args()
    repositories = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in args.pairs.read_text().splitlines():
        pair = json.loads(line)
        if args.only in pair["repo"]:
            repositories[pair["repo"]][pair["parent"]].append(pair)
    jobs = [(name, [*commits.items()]) for name, commits in repositories.items()]
    jobs.sort(key=lambda job: (-len(job[1]), job[0]))
    results = []
    with ProcessPoolExecutor(args.jobs) as pool:
        work = partial(collect, repos=args.repos, noise=args.noise, keep=args.keep)
        for done, found in pool.map(work, jobs, chunksize=1):
            print(done, file=sys.stderr)
            results += found
    save(results, args.out, args.log)


def save(found: list[tuple[dict, list[dict]]], out: Path, log_file: Path | None) -> None:
    """Writes the rows of cases as arrays, and what is told of each as lines of the log."""
    columns: dict[str, list] = collections.defaultdict(list)
    log, numbers = [], {}
    for told, rows in found:
        key = (told["repo"], told["parent"], told["path"], told["symbol"])
        told["case"] = numbers.setdefault(key, len(numbers))
        log.append(told)
        for row in rows:
            columns["x"].append(row["x"])
            columns["y"].append(row["hit"])
            columns["case"].append(told["case"])
            columns["stage"].append(STAGES.index(told["stage"]))
            columns["package"].append(told["repo"])
            columns["silent"].append(row["silent"])
            columns["definitions"].append(row["definitions"])
            columns["aside"].append(not told["pair"] and "test" in told["path"])
            columns["place"].append(f"{row['path']}:{row['line']}")
    np.savez_compressed(
        out,
        x=np.array(columns["x"], np.float32),
        y=np.array(columns["y"], bool),
        case=np.array(columns["case"]),
        stage=np.array(columns["stage"]),
        package=np.array(columns["package"]),
        silent=np.array(columns["silent"]),
        definitions=np.array(columns["definitions"]),
        aside=np.array(columns["aside"]),
        place=np.array(columns["place"]),
        kinds=np.array([kind for kind, _ in TABLE]),
    )
    if log_file:
        log_file.write_text("".join(json.dumps(row) + "\n" for row in log))


if __name__ == "__main__":
    main()
