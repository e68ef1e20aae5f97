"""How long one definition is looked up and weighed in a large workspace.

    python benchmarks/matching/lookup.py FOLDER [--count 500]

Takes definitions of the workspace at random (the seed is fixed), and asks for the existing ones that may do the job
of each, as a keystroke does; nothing is kept from one to the next. Prints the milliseconds: p50, p95, p99.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import tempfile
import time
from pathlib import Path

from canonry.config import Settings
from canonry.index.snapshot import Ref
from canonry.match import Query, find_matches
from canonry.workspace import Workspace
from canonry.workspace.kept import MOST_MATCHES


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=500)
    args = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "canonry-lookup"
    workspace = Workspace(args.folder, Settings(), cache=cache)
    workspace.refresh()
    snapshot = workspace._documents.whole()
    largest = max(range(len(snapshot.parts)), key=lambda one: snapshot.parts[one].segment.size)
    rows = random.Random(1).sample(range(snapshot.parts[largest].segment.size), args.count)
    queries = []
    for row in rows:
        ref = Ref(largest, row)
        known = snapshot.definition(ref)
        if known is not None:
            facts, one = known
            owner = facts.definitions[one.parent] if one.parent >= 0 else None
            queries.append(Query(one, facts.module, snapshot.path(ref), owner))
    find_matches(queries[0], snapshot, MOST_MATCHES)  # The norms are computed once.
    times = []
    for query in queries:
        begin = time.perf_counter()
        find_matches(query, snapshot, MOST_MATCHES)
        times.append(1000 * (time.perf_counter() - begin))
    at = statistics.quantiles(times, n=100)
    print(f"{platform.platform()}, Python {platform.python_version()}; {snapshot.size} definitions")
    print(
        f"{len(times)} look-ups: p50 {at[49]:.1f} ms, p95 {at[94]:.1f} ms, p99 {at[98]:.1f} ms, most {max(times):.1f} ms"
    )
    workspace.shutdown()


if __name__ == "__main__":
    main()
