"""What clone detectors find of the same rewrites, as whole commands.

    python benchmarks/matching/peers.py --cases rewrites.jsonl --packages DIR --limit 600 \\
        --tool jscpd=PATH --tool pylint=PATH

DIR holds each package unpacked. For each package its Python files are copied, every rewrite of it is written at
the end of the file that it is typed into, and the tool is run on the whole once, at its most generous sensible
settings. A rewrite counts as found where a reported pair has one side on its lines and the other on those of the
definition that it does again. What is not done with a package within the limit is stopped, and its cases do not count.
Tools: jscpd, pyscn, codeclone, pylint (duplicate-code), and canonry.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path

Place = tuple[str, int, int]
"""Path, first and last line; one-based, both included."""
Pairs = Iterator[tuple[Place, Place]]


PYSCN = """\
[clones]
min_lines = 3
min_nodes = 8
ignore_literals = true
ignore_identifiers = true
type1_threshold = 0.9
type2_threshold = 0.8
type3_threshold = 0.6
type4_threshold = 0.5
similarity_threshold = 0.5
enabled_clone_types = ["type1", "type2", "type3", "type4"]
max_results = 0
"""


def jscpd(tool: str, root: Path, out: Path, limit: float) -> Pairs:
    run([tool, "--min-tokens", "20", "--min-lines", "3", "--format", "python"], root, limit, "--reporters", "json",
        "--output", str(out), "--silent", ".")  # fmt: skip
    for one in json.loads((out / "jscpd-report.json").read_text())["duplicates"]:
        sides = [one["firstFile"], one["secondFile"]]
        first, second = ((side["name"], side["start"], side["end"]) for side in sides)
        yield first, second


def pyscn(tool: str, root: Path, out: Path, limit: float) -> Pairs:
    report = out / "report.json"
    (root / ".pyscn.toml").write_text(PYSCN, "utf-8")
    run(
        [tool, "analyze", "--select", "clones", "--clone-threshold", "0.5"],
        root,
        limit,
        "--json",
        "-o",
        str(report),
        ".",
    )
    for one in json.loads(report.read_text())["clone"]["clone_pairs"] or []:
        places = [one[side]["location"] for side in ("clone1", "clone2")]
        first, second = ((at["file_path"], at["start_line"], at["end_line"]) for at in places)
        yield first, second


def codeclone(tool: str, root: Path, out: Path, limit: float) -> Pairs:
    report = out / "report.json"
    run([tool, "--min-loc", "3", "--min-stmt", "2", "--skip-metrics"], root, limit, "--no-progress", "--cache-path",
        str(out / "cache"), "--json", str(report), ".")  # fmt: skip
    for groups in json.loads(report.read_text())["findings"]["groups"]["clones"].values():
        for group in groups:
            yield from combinations(
                [(at["relative_path"], at["start_line"], at["end_line"]) for at in group["items"]], 2
            )


def pylint(tool: str, root: Path, out: Path, limit: float) -> Pairs:
    names = {
        path.relative_to(root).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
        for path in files(root)
    }
    answer = run([tool, "--disable=all", "--enable=duplicate-code", "--min-similarity-lines=3"], root, limit,
                 "--ignore-imports=y", "--output-format=json", *top_level(root))  # fmt: skip
    for one in json.loads(answer):
        places = re.findall(r"^==([\w.]+):\[(\d+):(\d+)\]$", one["message"], re.MULTILINE)
        named = [(names.get(name.removesuffix(".__init__")), low, high) for name, low, high in places]
        known = [(path, low, high) for path, low, high in named if path is not None]
        yield from combinations(
            [(path.relative_to(root).as_posix(), int(low) + 1, int(high)) for path, low, high in known], 2
        )


def canonry(tool: str, root: Path, out: Path, limit: float) -> Pairs:
    answer = run([tool, "check", "--select", "CN001"], root, limit, "--format", "json", "--root", ".",
                 "--cache", str(out / "cache"))  # fmt: skip
    for one in json.loads(answer)["findings"]:
        for other in one["related"]:
            first, second = (
                (at["path"], at["range"]["start"]["line"], at["range"]["end"]["line"]) for at in (one, other)
            )
            yield first, second


TOOLS: dict[str, Callable[[str, Path, Path, float], Pairs]] = {
    "canonry": canonry,
    "jscpd": jscpd,
    "pyscn": pyscn,
    "codeclone": codeclone,
    "pylint": pylint,
}


def run(command: list[str], root: Path, limit: float, *more: str) -> str:
    """A tool's standard output. Their exit codes say whether they found something, or nothing at all.

    Raises subprocess.TimeoutExpired after so many seconds, with all that the tool has started ended.
    """
    process = subprocess.Popen(
        [*command, *more],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=limit)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise


def files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.py"))


def top_level(root: Path) -> list[str]:
    return sorted({path.relative_to(root).parts[0] for path in files(root)})


def written(package: Path, cases: list[dict], root: Path) -> list[tuple[dict, Place]]:
    """Copies a package's Python files and writes the rewrites into them; where each stands."""
    for path in files(package):
        target = root / path.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    placed = []
    for case in cases:
        path = root / case["typed_path"]
        before = path.read_text("utf-8").rstrip("\n") + "\n\n\n"
        code = case["code"].rstrip("\n") + "\n"
        path.write_text(before + code, "utf-8")
        first = before.count("\n") + 1
        placed.append((case, (case["typed_path"], first, first + code.count("\n") - 1)))
    return placed


def on_lines(one: Place, other: Place) -> bool:
    return one[0].removeprefix("./") == other[0] and one[1] <= other[2] and other[1] <= one[2]


def found_of(placed: list[tuple[dict, Place]], pairs: Iterable[tuple[Place, Place]]) -> set[str]:
    """The cases that a pair names, by their ids."""
    found = set()
    for first, second in pairs:
        for case, mine in placed:
            theirs = (case["path"], *case["lines"])
            if any(on_lines(a, mine) and on_lines(b, theirs) for a, b in ((first, second), (second, first))):
                found.add(case["id"])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--tool", action="append", required=True, metavar="NAME=PATH")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for a package")
    args = parser.parse_args()
    groups: dict[str, list[dict]] = defaultdict(list)
    for line in args.cases.read_text().splitlines():
        case = json.loads(line)
        groups[case["package"]].append(case)
    tools: dict[str, str] = {}
    for told in args.tool:
        name, _, command = told.partition("=")
        path = shutil.which(command)
        if name not in TOOLS or path is None:
            parser.error(f"--tool {told}: NAME is one of {', '.join(TOOLS)}, PATH a command")
        tools[name] = str(Path(path).absolute())
    for name, tool in tools.items():
        found: set[str] = set()
        pairs, seconds, done, asked = 0, 0.0, 0, 0
        for package, cases in sorted(groups.items()):
            with tempfile.TemporaryDirectory(prefix="peers-") as folder:
                root, out = Path(folder).resolve() / "tree", Path(folder) / "out"
                root.mkdir()
                out.mkdir()
                placed = written(args.packages / package, cases, root)
                began = time.perf_counter()
                try:
                    reported = list(TOOLS[name](tool, root, out, args.limit))
                except (subprocess.TimeoutExpired, FileNotFoundError, json.JSONDecodeError) as error:
                    print(f"  {name} {package}: no report ({type(error).__name__})", flush=True)
                    continue
                seconds += time.perf_counter() - began
            pairs, done, asked = pairs + len(reported), done + 1, asked + len(cases)
            found |= found_of(placed, reported)
            print(f"  {name} {package}: {len(reported)} pairs, found so far {len(found)}", flush=True)
        print(
            f"{name}: {done} of {len(groups)} packages; found {len(found)} of {asked}, "
            f"{pairs} pairs reported, {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
