"""Weighs development cases in process and writes one row a candidate: what the model is fitted on.

    python benchmarks/matching/collect.py --cases rewrites.jsonl --foreign foreign.jsonl \\
        --packages DIR --out rows.npz

DIR holds each package unpacked (DIR/django, ...). A case is {"id", "package", "path", "symbol",
"lines", "typed_path", "code"}; a foreign one names where its text is taken from. Stages are those
of a definition that is being typed: the header, half of the lines, all of them; those of foreign ones teach
what is no duplicate. The ranks and the alarms at a threshold are printed, as the editor would show them.

--shrink 15 weighs each case in a workspace of its own of about so many definitions: the file it is typed
into, that of the existing definition, and others around it (`shrinking.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from canonry.config import Settings
from canonry.index import intake
from canonry.match.rank import TABLE
from canonry.match.silence import is_silent
from canonry.workspace import Workspace, facade, kept
from canonry.workspace.check import query_of
from shrinking import shrunk
from stages import STAGES, stage_text

# The model is fitted on all that are weighed, not on those that the model of before has chosen.
kept.MOST_MATCHES = 60
# What rules other than the matcher's want to know of files costs as much as all else and is not asked for.
facade.all_extractors = dict
# Several packages are worked on side by side: each in its own process, without workers.
intake.INLINE_FILES = sys.maxsize


def read_cases(path: Path | None) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()] if path else []


def code_of(case: dict, packages: Path) -> list[str]:
    if "code" in case:
        return (case["code"].rstrip("\n") + "\n").splitlines(keepends=True)
    low, high = case["from_lines"]
    text = (packages / case["from_package"] / case["from_path"]).read_text("utf-8")
    return [line + "\n" for line in "\n".join(text.splitlines()[low - 1 : high]).rstrip("\n").split("\n")]


def weigh(workspace: Workspace, path: Path, before: str, typed: str) -> list[dict]:
    """The candidates of the definition that stands at the end of a document."""
    return weigh_at(workspace, path, before + typed, before.count("\n"))


def weigh_at(workspace: Workspace, path: Path, text: str, line: int) -> list[dict]:
    """The candidates of the first definition that begins at a line or after it."""
    workspace.open(path, text)
    document = workspace._documents.document(path)
    checker = workspace._checker(document)
    found = [one for one in document.facts.definitions if one.start_line >= line]
    rows: list[dict] = []
    for one in found[:1]:
        query = query_of(document, one)
        silent = is_silent(query, workspace.settings.reuse.minimum_lines)
        around = checker._around
        weighed = sorted(checker._view.matches(query), key=lambda item: -item.probability)
        for item in weighed:
            if not item.probability:  # never a finding, whatever it has in common
                continue
            symbol = item.symbol(around)
            rows.append(
                {
                    "path": item.path,
                    "line": symbol.name_range.start.line + 1,
                    "name": symbol.qualified_name,
                    "p": item.probability,
                    "x": item.table,
                    "silent": silent,
                    "has_body": query.has_body,
                    "definitions": workspace._index.snapshot.statistics.total,
                }
            )
    workspace.close_buffer(path)
    return rows


def workspaces(
    cases: list[dict], args: argparse.Namespace, cache: Path
) -> Iterator[tuple[Workspace, list[dict]]]:
    """The workspaces of the cases of one package, each with those that are typed there."""
    package = args.packages / cases[0]["package"]
    if not args.shrink:
        workspace = Workspace(package, Settings(), cache=cache)
        workspace.refresh()
        yield workspace, cases
        workspace.shutdown()
        return
    for case in cases:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            needed = {case["typed_path"]: None}
            if "path" in case:
                needed[case["path"]] = tuple(case["lines"])
            places = shrunk(package, case["typed_path"], needed, args.shrink, folder / "work")
            moved = {"path": places[case["path"]]} if "path" in case else {}
            workspace = Workspace(folder / "work", Settings(), cache=folder / "cache")
            workspace.refresh()
            yield workspace, [{**case, **moved}]
            workspace.shutdown()


def is_target(row: dict, case: dict) -> bool:
    if "path" not in case or row["path"] != case["path"]:
        return False
    low, high = case["lines"]
    return low - 3 <= row["line"] <= high


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--foreign", type=Path)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--ranks", type=Path, help="a CSV with the rank of each case")
    parser.add_argument("--threshold", type=float, default=Settings().reuse.minimum_probability)
    parser.add_argument("--misses", action="store_true", help="print what was not found first")
    parser.add_argument("--only")
    parser.add_argument("--shrink", type=int, default=0, help="definitions of a workspace for each case")
    args = parser.parse_args()
    groups: dict[str, list[dict]] = defaultdict(list)
    for case in [*read_cases(args.cases), *read_cases(args.foreign)]:
        if not args.only or args.only in case["package"]:
            groups[case["package"]].append(case)
    xs, labels, cases_of, stages_of, packages_of, real, sizes, outcomes = [], [], [], [], [], [], [], []
    number = 0
    cache = Path(tempfile.gettempdir()) / "canonry-matching"
    for package, cases in sorted(groups.items()):
        placed = ((workspace, case) for workspace, some in workspaces(cases, args, cache) for case in some)
        for workspace, case in placed:
            path = workspace.root / case["typed_path"]
            before = path.read_text("utf-8").rstrip("\n") + "\n\n\n"
            lines = code_of(case, args.packages)
            for stage in STAGES:
                rows = weigh(workspace, path, before, stage_text(lines, stage))
                rank = next((at for at, row in enumerate(rows, 1) if is_target(row, case)), None)
                best = rows[0]["p"] if rows and not rows[0]["silent"] else 0.0
                outcomes.append(
                    (package, case.get("id"), stage, rank, best, rows[0]["name"] if rows else "", case)
                )
                for row in rows:
                    xs.append(row["x"])
                    labels.append(is_target(row, case))
                    cases_of.append(number)
                    stages_of.append(STAGES.index(stage))
                    packages_of.append(package)
                    real.append("code" in case)
                    sizes.append(row["definitions"])
            number += 1
    summarise(outcomes, args)
    if args.out:
        np.savez_compressed(
            args.out,
            x=np.array(xs, np.float32),
            y=np.array(labels, bool),
            case=np.array(cases_of),
            stage=np.array(stages_of),
            package=np.array(packages_of),
            real=np.array(real, bool),
            definitions=np.array(sizes),
            kinds=np.array([kind for kind, _ in TABLE]),
        )


def summarise(outcomes: list[tuple], args: argparse.Namespace) -> None:
    mine = [one for one in outcomes if "code" in one[6]]
    foreign = [one for one in outcomes if "code" not in one[6] and one[2] == "full"]
    for stage in STAGES[:2]:
        some = [one for one in outcomes if "code" not in one[6] and one[2] == stage]
        alarms = sum(one[4] >= args.threshold for one in some)
        print(
            f"foreign {stage} n={len(some)} alarms {alarms} = {100 * alarms / max(len(some), 1):.1f} in 100"
        )
    for stage in STAGES:
        some = [one for one in mine if one[2] == stage]
        count = max(len(some), 1)
        first = sum(one[3] == 1 for one in some) / count
        third = sum((one[3] or 99) <= 3 for one in some) / count
        tenth = sum((one[3] or 99) <= 10 for one in some) / count
        shown = sum(one[4] >= args.threshold and one[3] == 1 for one in some) / count
        print(
            f"{stage:7} n={len(some)} first {first:.0%} three {third:.0%} ten {tenth:.0%} shown+first {shown:.0%}"
        )
    if foreign:
        alarms = sum(one[4] >= args.threshold for one in foreign)
        print(f"foreign n={len(foreign)} alarms {alarms} = {100 * alarms / len(foreign):.1f} in 100")
        limit = sorted((one[4] for one in foreign), reverse=True)[int(0.02 * len(foreign))]
        full = [one for one in mine if one[2] == "full"]
        hit = sum(one[4] > limit and one[3] == 1 for one in full)
        print(f"at 2 alarms in 100 (p > {limit:.3f}): shown and right first {hit / max(len(full), 1):.0%}")
        if args.misses:
            for one in sorted(foreign, key=lambda one: -one[4])[:15]:
                print(
                    f"alarm {one[4]:.2f} {one[6]['from_package']}:{one[6]['from_symbol']} -> {one[0]}:{one[5]}"
                )
    if args.misses:
        for one in mine:
            if one[2] == "full" and one[3] != 1:
                print(
                    f"miss rank {one[3]} {one[0]} {one[6]['symbol']} <- {one[6]['code'].splitlines()[0][:70]} got {one[5]}"
                )
    if args.ranks:
        lines = ["case,header,half,full"]
        table: dict[str, dict[str, object]] = defaultdict(dict)
        for one in mine:
            table[one[1]][one[2]] = one[3] or ""
        lines += [
            f"{case},{row['header']},{row['half']},{row['full']}" for case, row in sorted(table.items())
        ]
        args.ranks.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
