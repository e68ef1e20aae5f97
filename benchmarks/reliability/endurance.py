"""Typing for an hour, with files changing on disk: what a key costs and what the server holds, from start to end.

    python benchmarks/reliability/endurance.py CORPUS [--minutes 60] [--rate 10] [--files 300]

Functions are typed into a handful of open documents and taken away again; every few seconds another program
changes, adds or removes a file. A line of JSON for each minute: milliseconds from a key to its diagnostics, the
processor's milliseconds that a key costs the server (which others on the machine do not change), MiB. The end is
the last tenth beside the first one that is warm; the exit code is 1 where any grew by more than a tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "speed"))

from editor import Document, Editor, server_command, units_of
from fresh import copied, small_files
from typing_speed import TYPED, memory_mib, percentile

DOCUMENTS = 5
ALLOWED = 1.1
WARM_MINUTES = 1
"""What is made at first use is made in the first minute."""


@dataclass
class Minute:
    """What was measured in one minute."""

    times: list[float] = field(default_factory=list)
    processor: float = 0.0
    late: int = 0

    def told(self, number: int, editor: Editor) -> dict[str, float]:
        return {
            "minute": number,
            "keys": len(self.times),
            "p50 ms": percentile(self.times, 0.5),
            "p95 ms": percentile(self.times, 0.95),
            "processor ms a key": round(self.processor * 1000 / len(self.times), 2),
            "MiB": round(memory_mib(editor.pid), 1),
            "keys sent late": self.late,
        }


def processor_seconds(pid: int) -> float:
    """What a process itself has used, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def key(editor: Editor, document: Document, character: str) -> float:
    """Milliseconds from a key to its diagnostics."""
    begin = time.perf_counter()
    editor.splice(document, len(document.units), len(document.units), character)
    editor.shown(document)
    return (time.perf_counter() - begin) * 1000


def change_on_disk(editor: Editor, rng: random.Random, files: list[Path]) -> None:
    path = rng.choice(files)
    if path.exists() and rng.random() < 0.2:
        path.unlink()
        kind = 3
    else:
        kind = 2 if path.exists() else 1
        lines = [] if kind == 1 else path.read_text("utf-8").splitlines(keepends=True)[:2000]
        name = f"step_{rng.randrange(10**6)}"
        lines.append(f"\n\ndef {name}(value):\n    return value.strip().split('{name}')\n")
        path.write_text("".join(lines), "utf-8")
    editor.changed_on_disk({path: kind})


def endure(editor: Editor, files: list[Path], minutes: float, rate: float) -> list[dict[str, float]]:
    rng = random.Random(1)
    opened = [editor.open(path, units_of(path.read_text("utf-8"))) for path in files[:DOCUMENTS]]
    rows: list[dict[str, float]] = []
    begin = now = time.monotonic()
    next_change = begin
    while len(rows) < minutes:
        minute = Minute()
        end = begin + 60 * (len(rows) + 1)
        used = processor_seconds(editor.pid)
        while now < end or not minute.times:
            document = rng.choice(opened)
            length = len(document.units)
            editor.splice(document, length, length, "\n\n")
            for character in TYPED:
                due = time.monotonic() + 1 / rate
                minute.times.append(key(editor, document, character))
                if (now := time.monotonic()) > next_change:
                    change_on_disk(editor, rng, files[DOCUMENTS:])
                    next_change = now + 5
                minute.late += now > due
                time.sleep(max(0.0, due - now))
            if rng.random() < 0.9:
                editor.splice(document, length, len(document.units), "")
            if len(document.units) > 200_000:
                editor.replace(document, document.units[:20_000])
            now = time.monotonic()
        minute.processor = processor_seconds(editor.pid) - used
        rows.append(minute.told(len(rows) + 1, editor))
        print(json.dumps(rows[-1]), flush=True)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--rate", type=float, default=10.0, help="keys a second")
    parser.add_argument("--files", type=int, default=300)
    args = parser.parse_args()
    base = args.corpus.resolve()
    with tempfile.TemporaryDirectory(prefix="canonry-endurance-") as name:
        folder = Path(name).resolve()
        files = copied(small_files(base)[: args.files], base, folder / "project")
        with Editor(server_command(folder / "cache"), folder / "project") as editor:
            editor.start()
            editor.ready()
            rows = endure(editor, files, args.minutes, args.rate)
            wrong = [*editor.wrong, *editor.said, *filter(None, [editor.errors_in_log()])]
    part = max(1, len(rows) // 10)
    warm = rows[WARM_MINUTES:] or rows
    grown = {}
    for what in ("p50 ms", "p95 ms", "processor ms a key", "MiB"):
        first, last = (sum(row[what] for row in some) / len(some) for some in (warm[:part], warm[-part:]))
        grown[what] = [round(first, 2), round(last, 2), round(last / first, 3)]
    print(json.dumps({"minutes": len(rows), "first, last, times": grown, "wrong": wrong}), flush=True)
    return 1 if wrong or any(times > ALLOWED for _, _, times in grown.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
