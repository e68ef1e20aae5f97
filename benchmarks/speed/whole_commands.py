"""Whole commands over one corpus, for scale: indexing with Canonry, and clone detectors of other kinds.

    python benchmarks/speed/whole_commands.py FOLDER --command "jscpd=npx jscpd --silent -f python {folder}" ...

Prints for each command its seconds, its peak memory (proportional, with all processes) and its exit
code. `{folder}` stands for the folder, `{new}` for a new temporary folder. Canonry's own rows come first:
the index built from nothing, then brought up to date; a check of all files from nothing, with the index alone,
after a change of one file (in a copy of the folder), and of none.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from typing_speed import Peak

MOST_BYTES = 60_000
"""Of the file that is changed: a large one, but no table of data."""
ADDED = """

def added_for_measuring(values, limit=10):
    kept = [one for one in values if one is not None and one <= limit]
    return sorted(kept, reverse=True)[:limit]
"""


def run(name: str, command: list[str], limit: float) -> None:
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    peak = Peak(process.pid)
    try:
        code: object = process.wait(limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # a wrapper's own child goes on otherwise
        process.wait()
        code = f"stopped after {limit:.0f} s"
    print(f"{name:32} {time.perf_counter() - begin:8.1f} s {peak.stop():8.0f} MiB  exit {code}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--command", action="append", default=[], help="NAME=COMMAND")
    parser.add_argument("--limit", type=float, default=900.0, help="seconds after which a command is stopped")
    args = parser.parse_args()
    folder = str(args.folder.resolve())
    with tempfile.TemporaryDirectory(prefix="canonry-speed-") as new:
        canonry = [sys.executable, "-m", "canonry"]
        index = [*canonry, "index", "build", "--root", folder, "--cache", f"{new}/cache"]
        run("canonry index build, cold", index, args.limit)
        run("canonry index build, warm", index, args.limit)
        copy = Path(new, "copy")
        shutil.copytree(folder, copy)
        check = [*canonry, "check", "--root", str(copy), "--cache"]
        run("canonry check, cold", [*check, f"{new}/cold"], args.limit)
        changed = max(
            copy.rglob("*.py"), key=lambda one: (one.stat().st_size < MOST_BYTES, one.stat().st_size)
        )
        changed.write_text(f"{changed.read_text('utf-8')}{ADDED}", "utf-8")
        run("canonry check, one file changed", [*check, f"{new}/cold"], args.limit)
        run("canonry check, nothing changed", [*check, f"{new}/cold"], args.limit)
        index = [*canonry, "index", "build", "--root", str(copy), "--cache", f"{new}/warm"]
        run("(its index)", index, args.limit)
        run("canonry check, index warm", [*check, f"{new}/warm"], args.limit)
        for given in args.command:
            name, _, command = given.partition("=")
            run(name, shlex.split(command.format(folder=folder, new=new)), args.limit)


if __name__ == "__main__":
    main()
