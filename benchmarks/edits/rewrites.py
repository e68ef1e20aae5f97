"""Resolves every action of functions typed into large packages, and checks what would become of the files.

    python benchmarks/edits/rewrites.py --cases rewrites.jsonl --wheels DIR [--only NAME] [--out results.jsonl]

A case has "package", "version", "typed_path" and "code": the package's wheel is unpacked, `code` is typed at the
end of `typed_path` in the real server, and each action of the menu is resolved. Every one must give an edit or a
reason; every edited Python file must parse as well as it did before, and ruff must find no name in it that nothing
binds (F821) and that was not there before. Settings files must parse. A run that was ended goes on where --out ends.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from session import Outcome, Session

SETTINGS = {"reuse": {"minimumProbability": 0}}


def wheel_of(folder: Path, package: str, version: str) -> Path:
    """The wheel of a package; raises where there is none."""
    for path in folder.glob("*.whl"):
        name, number = path.name.split("-")[:2]
        if name.lower() == package.lower() and number == version:
            return path
    raise FileNotFoundError(f"no wheel of {package} {version} in {folder}")


def complaints(text: str) -> Counter[str]:
    """What ruff says of a text's syntax and of names that nothing binds, without lines."""
    out = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "F821,F811,E9",
         "--target-version", "py314", "--output-format", "concise", "--stdin-filename", "a.py", "-"],
        input=text.encode("utf-8", "surrogatepass"), capture_output=True,
    )  # fmt: skip
    found: Counter[str] = Counter()
    for line in out.stdout.decode().splitlines():
        if match := re.match(r"a\.py:\d+:\d+: (.*)", line):
            found[re.sub(r"(from )?line \d+", "", match[1])] += 1
    return found


def check(texts: Mapping[Path, str], before: Mapping[Path, str]) -> dict[str, list[str]]:
    """What is wrong with files that was not before."""
    wrong: dict[str, list[str]] = {}
    for path, text in texts.items():
        old = before[path] if path in before else path.read_bytes().decode() if path.exists() else ""
        if path.suffix == ".toml":
            try:
                tomllib.loads(text)
            except tomllib.TOMLDecodeError as error:
                wrong[path.name] = [str(error)]
        elif new := complaints(text) - complaints(old):
            wrong[path.name] = sorted(new)
    return wrong


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=Path("rewrites-results.jsonl"))
    args = parser.parse_args()
    kept = [json.loads(line) for line in args.out.read_text().splitlines()] if args.out.exists() else []
    done = {row["id"] for row in kept}
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in args.cases.read_text().splitlines():
        case = json.loads(line)
        if args.only in case["package"] and case["id"] not in done:
            groups[case["package"], case["version"]].append(case)
    counts = Counter((row["kind"], row["result"]) for row in kept)
    slowest = max((row["seconds"] for row in kept), default=0.0)
    with args.out.open("a") as out:
        for (package, version), cases in sorted(groups.items()):
            with tempfile.TemporaryDirectory(prefix="rewrites-") as temporary:
                root = Path(temporary).resolve() / "root"
                zipfile.ZipFile(wheel_of(args.wheels, package, version)).extractall(root)
                with Session(root, Path(temporary) / "index", SETTINGS) as session:
                    for case in cases:
                        for row in run_case(session, root, case):
                            counts[row["kind"], row["result"]] += 1
                            slowest = max(slowest, row["seconds"])
                            out.write(json.dumps({"id": case["id"], **row}) + "\n")
                            if row["result"] == "wrong":
                                print(f"WRONG {case['id']} {row['title']}: {row['why']}", file=sys.stderr)
                        out.flush()
            print(f"{package}: {len(cases)} cases", file=sys.stderr, flush=True)
    results = ("safe", "unsafe", "refused", "shown", "wrong")
    print(f"| action | {' | '.join(results)} |\n|---|{'--:|' * len(results)}")
    for kind in sorted({kind for kind, _ in counts}):
        print(f"| {kind} | {' | '.join(str(counts[kind, result]) for result in results)} |")
    print(f"\nSlowest answer: {slowest:.1f} s")


def run_case(session: Session, root: Path, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each action of a case."""
    path = root / case["typed_path"]
    before = path.read_bytes().decode()
    head = before.rstrip("\n") + "\n\n\n"
    text = head + case["code"].rstrip("\n") + "\n"
    session.open(path, text)
    rows = []
    try:
        line = head.count("\n") + next(
            at
            for at, one in enumerate(case["code"].split("\n"))
            if re.match(r"\s*(async )?(def|class) ", one)
        )
        for action in session.menu(path, line, 5):
            began = time.perf_counter()
            shows = action.get("command") is not None
            outcome = Outcome("shown") if shows else session.outcome(action, {path: text})
            seconds = time.perf_counter() - began
            wrong = check(outcome.texts or {}, {path: text})
            internal = outcome.why.startswith("internal")
            rows.append({
                "title": action["title"],
                "kind": action["title"].split()[0],
                "result": "wrong" if wrong or internal else outcome.result,
                "why": str(wrong) if wrong else outcome.why,
                "seconds": round(seconds, 2),
            })  # fmt: skip
    finally:
        session.close(path)
    return rows


if __name__ == "__main__":
    main()
