"""How well a description in prose finds the definition that it describes: `canonry similar --text`.

    python benchmarks/matching/intents.py --intents intents.jsonl --packages DIR

DIR holds each package unpacked. An intent is {"package", "path", "symbol", "lines", "intent"}. With --misses what
was found instead is printed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path

from canonry.config import Settings
from canonry.workspace import Workspace


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--intents", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    groups: dict[str, list[dict]] = defaultdict(list)
    for line in args.intents.read_text().splitlines():
        case = json.loads(line)
        groups[case["package"]].append(case)
    ranks: list[int | None] = []
    cache = Path(tempfile.gettempdir()) / "canonry-matching"
    for package, cases in sorted(groups.items()):
        workspace = Workspace(args.packages / package, Settings(), cache=cache)
        workspace.refresh()
        for case in cases:
            found = workspace.similar_text(case["intent"], 20)
            low, high = case["lines"]
            rank = next(
                (
                    at
                    for at, match in enumerate(found, 1)
                    if Path(match.symbol.path).relative_to(workspace.root).as_posix() == case["path"]
                    and low - 3 <= match.symbol.name_range.start.line + 1 <= high
                ),
                None,
            )
            ranks.append(rank)
            if args.misses and (rank or 99) > 3:
                print(
                    f"{rank} {package} {case['symbol']}: got {[m.symbol.qualified_name for m in found[:3]]}"
                )
        workspace.shutdown()
    for most in (1, 3, 10):
        share = sum((rank or 99) <= most for rank in ranks) / len(ranks)
        print(f"among {most}: {share:.0%} of {len(ranks)}")


if __name__ == "__main__":
    main()
