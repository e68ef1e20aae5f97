"""Typing for an hour, with files changing on disk: what a key costs and what the server holds, from start to end.

    python benchmarks/reliability/endurance.py CORPUS [--minutes 60] [--rate 10] [--files 300]

A function is typed into each of a handful of open documents, one after another, and taken away again, one time in ten
only when the next is typed there, so that the work is the same all the time; every few seconds another program changes,
removes or brings back a file. A key costs twice as much in one document as in another, so what is compared are rounds of
all of them: a line of JSON for each has the milliseconds from a key to its diagnostics, the processor's milliseconds that
a key costs the server (which others on the machine change little), MiB. The end are the last rounds beside the first ones
that are warm, an eighth of all each; the exit code is 1 where any grew by more than a tenth. Keys that were under way
while this program itself was stopped, by a debugger or a machine that was put to sleep, say nothing about the server:
they are counted and left out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "speed"))

from editor import Document, Editor, server_command, units_of
from fresh import copied, small_files
from typing_speed import TYPED, memory_mib, percentile, processor_seconds

DOCUMENTS = 5
ALLOWED = 1.1
WARM_MINUTES = 10
"""What is made at first use is made by then: the changed files have been compiled once (64 of them, one in five
seconds), and what is kept of texts and pieces is as much as is kept of them."""
TICK = 0.05
STOPPED = 0.5
"""Seconds between two ticks of a thread that does nothing else, from which on this program was stopped."""


class Stops:
    """Notices when this process did not run, by a thread that only looks at the clock."""

    def __init__(self) -> None:
        self._found: list[tuple[float, float]] = []
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        last = time.monotonic()
        while True:
            time.sleep(TICK)
            now = time.monotonic()
            if now - last > STOPPED:
                self._found.append((last, now))
            last = now

    def within(self, begin: float, end: float) -> bool:
        """Whether the process was stopped at a moment between two; the second is now."""
        time.sleep(0 if end - begin < STOPPED else 2 * TICK)  # a thread that wakes first has not ticked yet
        return any(stop_begin < end and begin < stop_end for stop_begin, stop_end in self._found[-20:])

    def seconds(self) -> float:
        """How long it was stopped until now."""
        return sum(end - begin for begin, end in self._found)


@dataclass
class Round:
    """What was measured while a function was typed into each document."""

    times: list[float] = field(default_factory=list)
    processor: float = 0.0
    late: int = 0
    left_out: int = 0

    def told(self, minute: float, editor: Editor) -> dict[str, float]:
        return {
            "minute": round(minute, 1),
            "keys": len(self.times),
            "p50 ms": percentile(self.times, 0.5),
            "p95 ms": percentile(self.times, 0.95),
            "processor ms a key": round(self.processor * 1000 / (len(self.times) + self.left_out), 2),
            "MiB": round(memory_mib(editor.pid), 1),
            "keys sent late": self.late,
            "left out": self.left_out,
        }


def key(editor: Editor, document: Document, character: str) -> None:
    """A key, and the wait for its diagnostics."""
    editor.splice(document, len(document.units), len(document.units), character)
    editor.shown(document)


def change_on_disk(editor: Editor, rng: random.Random, files: Mapping[Path, str]) -> None:
    """One file is removed, comes back, or has another function at its end than before."""
    path = rng.choice([*files])
    existed = path.exists()
    if existed and rng.random() < 0.2:
        path.unlink()
        kind = 3
    else:
        kind = 2 if existed else 1
        name = f"step_{rng.randrange(10**6)}"
        added = f"\n\ndef {name}(value):\n    return value.strip().split('{name}')\n"
        path.write_text(files[path] + added, "utf-8")
    editor.changed_on_disk({path: kind})


def endure(editor: Editor, files: list[Path], minutes: float, rate: float) -> list[dict[str, float]]:
    rng = random.Random(1)
    stops = Stops()
    texts = {path: path.read_text("utf-8") for path in files}
    opened = []
    for path in files[:DOCUMENTS]:
        units = units_of(texts.pop(path))
        opened.append((editor.open(path, units), units))
    rows: list[dict[str, float]] = []
    begin = next_change = time.monotonic()
    while time.monotonic() - begin - stops.seconds() < 60 * minutes:
        measured = Round()
        used = processor_seconds(editor.pid)
        for document, text in opened:
            if len(document.units) > len(text):
                editor.replace(document, text)
            length = len(text)
            editor.splice(document, length, length, "\n\n")
            for character in TYPED:
                sent = time.monotonic()
                key(editor, document, character)
                now = time.monotonic()
                if stops.within(sent, now):
                    measured.left_out += 1
                else:
                    measured.times.append((now - sent) * 1000)
                    measured.late += now > sent + 1 / rate
                if now > next_change:
                    change_on_disk(editor, rng, texts)
                    next_change = now + 5
                time.sleep(max(0.0, sent + 1 / rate - time.monotonic()))
            if rng.random() < 0.9:
                editor.splice(document, length, len(document.units), "")
        measured.processor = processor_seconds(editor.pid) - used
        rows.append(measured.told((time.monotonic() - begin - stops.seconds()) / 60, editor))
        print(json.dumps(rows[-1]), flush=True)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
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
    part = max(1, len(rows) // 8)
    warm = [row for row in rows if row["minute"] > WARM_MINUTES] or rows
    grown = {}
    for what in ("p50 ms", "p95 ms", "processor ms a key", "MiB"):
        first, last = (sum(row[what] for row in some) / len(some) for some in (warm[:part], warm[-part:]))
        grown[what] = [round(first, 2), round(last, 2), round(last / first, 3)]
    print(
        json.dumps(
            {"minutes": rows[-1]["minute"], "rounds": len(rows), "first, last, times": grown, "wrong": wrong}
        ),
        flush=True,
    )
    return 1 if wrong or any(times > ALLOWED for _, _, times in grown.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
