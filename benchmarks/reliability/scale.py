"""How times and memory grow with the workspace: real packages side by side, from a hundred thousand lines on.

    python benchmarks/reliability/scale.py PACKAGES --lines 100000 300000 1300000 4000000 --results FILE
    python benchmarks/reliability/scale.py --plot FILE docs/scale.svg

PACKAGES is a folder of unpacked packages; so many of them as have the lines are the workspace, by hard links to their
files, in a fixed order, so that a smaller workspace is the beginning of a larger one; what is typed is typed into the
same document. Per size: seconds until ready, cold and warm; the most memory while indexing and afterwards; index on
disk; keystrokes and opening as in typing_speed.py; one definition looked up and weighed in this process. The picture
needs matplotlib (the dependency group `reliability`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "speed"))

from canonry.workspace import Workspace
from typing_speed import document_of, measure, percentile

LOOKUPS = 200
Row = dict[str, Any]


def assembled(packages: Path, lines: int, target: Path) -> int:
    """Links files of packages, whole packages first to last in a fixed order, until there are so many lines."""
    folders = sorted(path for path in packages.iterdir() if path.is_dir() and not path.name.startswith("."))
    random.Random(1).shuffle(folders)
    total = 0
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if total >= lines:
                return total
            copy = target / path.relative_to(packages)
            copy.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, copy)
            total += path.read_bytes().count(b"\n")
    return total


def lookups(root: Path, cache: Path) -> list[float]:
    """Milliseconds to find and weigh what is like a definition, for some of them."""
    workspace = Workspace(root, cache=cache)
    times: list[float] = []
    try:
        workspace.refresh()
        rng = random.Random(1)
        while len(times) < LOOKUPS:
            path = rng.choice(workspace.files())
            for symbol in rng.sample(found := workspace.definitions(path), min(3, len(found))):
                begin = time.perf_counter()
                workspace.similar_at(path, symbol.name_range.start.line)
                times.append((time.perf_counter() - begin) * 1000)
    finally:
        workspace.shutdown()
    return times


def size_up(packages: Path, lines: int, base: Path, document: str) -> Row:
    """The row of one size; `document` is typed into, or some one, which is in the row, where it is empty."""
    with tempfile.TemporaryDirectory(prefix="canonry-scale-", dir=base) as name:
        root, cache = Path(name).resolve() / "project", Path(name) / "cache"
        root.mkdir()
        total = assembled(packages, lines, root)
        row: Row = {"lines": total, "files": sum(1 for _ in root.rglob("*.py")), "load": os.getloadavg()[0]}
        path = root / document if document else document_of(root, 1000)
        row["document"] = path.relative_to(root).as_posix()
        row |= measure([sys.executable, "-P", "-m", "canonry", "lsp"], root, path, cache)
        times = lookups(root, cache)
        row |= {"lookup p50": percentile(times, 0.5), "lookup p95": percentile(times, 0.95)}
    return row


def plot(rows: list[Row], target: Path) -> None:
    """Four small pictures over the number of lines: what grows with it in powers of ten, what should not from zero."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "scale"  # the same picture from the same figures
    figure, axes = plt.subplots(1, 4, figsize=(16, 3.6))
    pictures = (
        ("Until ready, s", "log", {"cold": ("cold ready", 1000), "warm": ("warm ready", 1000)}),
        ("Memory, MiB", "log", {"most while indexing": ("peak MiB", 1), "afterwards": ("end MiB", 1)}),
        ("Keystroke to diagnostics, ms", "linear", {"p50": ("p50", 1), "p95": ("p95", 1)}),
        ("One definition looked up, ms", "linear", {"p50": ("lookup p50", 1), "p95": ("lookup p95", 1)}),
    )
    lines = [row["lines"] for row in rows]
    for picture, (title, scale, series) in zip(axes, pictures, strict=True):
        for label, (column, divisor) in series.items():
            picture.plot(lines, [row[column] / divisor for row in rows], marker="o", label=label)
        picture.set(xscale="log", yscale=scale, title=title, xlabel="lines")
        if scale == "linear":
            picture.set_ylim(bottom=0)
        picture.grid(alpha=0.3)
        picture.legend()
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None} if target.suffix == ".svg" else None)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", type=Path, nargs="?")
    parser.add_argument("--lines", type=int, nargs="+", default=[100_000, 300_000, 1_300_000, 4_000_000])
    parser.add_argument("--results", type=Path, help="a line of JSON for each size")
    parser.add_argument("--plot", type=Path, nargs=2, metavar=("RESULTS", "PICTURE"))
    args = parser.parse_args()
    if args.plot:
        rows = [json.loads(line) for line in args.plot[0].read_text().splitlines()]
        plot(sorted(rows, key=lambda row: row["lines"]), args.plot[1])
        return
    if args.packages is None:
        parser.error("PACKAGES or --plot is needed")
    document = ""
    if args.results and args.results.exists():
        document = json.loads(args.results.read_text().splitlines()[0])["document"]
    for lines in sorted(args.lines):
        row = size_up(args.packages.resolve(), lines, args.packages.resolve().parent, document)
        document = row["document"]
        line = json.dumps(row)
        print(line, flush=True)
        if args.results:
            with args.results.open("a") as results:
                results.write(line + "\n")


if __name__ == "__main__":
    main()
