"""How long language servers take to be ready, and from a keystroke to its diagnostics; how much memory they hold.

    python benchmarks/speed/typing_speed.py WORKSPACE [--server "canonry lsp" --server "ruff server"]

For each server, in one run: a cold start (Canonry's index folder is a new one), a warm start, then a
function is typed at the end of a document of about 1,000 lines, each keystroke sent when the one before
was answered, and in bursts of ten at 15 keystrokes a second. Times in milliseconds. Memory is the
proportional set size of the server with its worker processes, in MiB: its highest while it gets ready,
and at the end. `processor s` are the seconds that all of them took of the processors until the cold start
was ready, which others on the machine hardly change.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shlex
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from canonry.demo.client import Client

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "dataSupport": True},
    },
}

TYPED = '''def parse_time_of_day(raw_value, default=None):
    """Parse a time of day from a text such as 08:30."""
    parts = str(raw_value).split(":")
    if len(parts) < 2:
        return default
    try:
        hour = int(parts[0])
        minute = int(parts[1])
        second = int(parts[2]) if len(parts) > 2 else 0
        return datetime.time(hour, minute, second)
    except ValueError:
        return default
'''


LONGEST_START = 3600
"""Seconds; ten million lines on two processors that do much else take their time."""


def memory_mib(pid: int) -> float:
    """Proportional memory of a process and all below it (Linux)."""
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            for task in (path.name for path in Path(f"/proc/{one}/task").iterdir()):
                children = Path(f"/proc/{one}/task/{task}/children").read_text()
                todo.extend(int(child) for child in children.split())
        except OSError:
            continue
    return total / 1024


def processor_seconds(pid: int, *, children: bool = False) -> float:
    """What a process has used of the processors; with `children` those of its that have ended, too (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11 : 15 if children else 13]) / os.sysconf("SC_CLK_TCK")


class Peak:
    """Watches a process's memory until it is stopped."""

    def __init__(self, pid: int) -> None:
        self.highest = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        self._thread.start()

    def _watch(self, pid: int) -> None:
        while not self._stop.wait(0.1):
            self.highest = max(self.highest, memory_mib(pid))

    def stop(self) -> float:
        self._stop.set()
        self._thread.join()
        return self.highest


def document_of(root: Path, lines: int) -> Path:
    """A file of about that many lines, the same in every run."""
    files = sorted(root.rglob("*.py"))
    random.Random(1).shuffle(files)
    for path in files:
        if lines * 0.8 <= path.read_bytes().count(b"\n") <= lines * 1.2:
            return path
    return max(files, key=lambda path: path.stat().st_size)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def started(command: list[str], root: Path) -> tuple[Client, float, float | None, float]:
    """A running server; milliseconds to its answer to initialize and to ready (None where it tells of none), MiB."""
    begin = time.perf_counter()
    client = Client(command, root)
    peak = Peak(client._process.pid)
    uri = root.as_uri()
    client.request(
        "initialize",
        {
            "processId": os.getpid(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": root.name}],
            "capabilities": CAPABILITIES,
        },
        120,
    )
    answered = (time.perf_counter() - begin) * 1000
    client.notify("initialized", {})
    ready = None
    if "canonry" in " ".join(command):
        client.wait(lambda: True if ended(client) else None, LONGEST_START, "being ready")
        ready = (time.perf_counter() - begin) * 1000
    return client, answered, ready, peak.stop()


def ended(client: Client) -> bool:
    return any(value.get("kind") == "end" for value in client.progress.values())


def answered_by(client: Client, uri: str, version: int) -> Callable[[], bool | None]:
    def found() -> bool | None:
        known = client.diagnostics.get(uri)
        return True if known is not None and (known[0] is None or known[0] >= version) else None

    return found


def measure(command: list[str], root: Path, document: Path, index: Path | None = None) -> dict[str, object]:
    """The row of a server. `index` is a new folder for Canonry's index, for one that is to be kept."""
    row: dict[str, object] = {"server": shlex.join(command)}
    with tempfile.TemporaryDirectory(prefix="canonry-speed-") as own:
        cache = str(index or own)
        if "canonry" in row["server"]:
            command = [*command, "--cache", cache]
        client, initialize, ready, peak = started(command, root)
        row |= {
            "initialize": round(initialize),
            "cold ready": ready and round(ready),
            "processor s": round(processor_seconds(client._process.pid, children=True), 1),
            "peak MiB": round(peak),
        }
        client.close()
        client, initialize, ready, _ = started(command, root)
        row |= {"warm initialize": round(initialize), "warm ready": ready and round(ready)}
        row["index MB"] = round(
            sum(path.stat().st_size for path in Path(cache).rglob("*") if path.is_file()) / 1e6
        )
        type_in(client, document, row)
        row["end MiB"] = round(memory_mib(client._process.pid))
        client.close()
    return row


def type_in(client: Client, document: Path, row: dict[str, object]) -> None:
    uri = document.as_uri()
    text = document.read_text("utf-8").rstrip("\n") + "\n\n\n"
    version = 1
    begin = time.perf_counter()
    opened = {"uri": uri, "languageId": "python", "version": version, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": opened})
    client.wait(answered_by(client, uri, version), 60, "the first diagnostics")
    row["open"] = round((time.perf_counter() - begin) * 1000)
    line, column = text.count("\n"), 0

    def key(character: str) -> float:
        nonlocal version, line, column
        version += 1
        place = {"line": line, "character": column}
        change = {"range": {"start": place, "end": place}, "text": character}
        line, column = (line + 1, 0) if character == "\n" else (line, column + 1)
        sent = time.perf_counter()
        client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]},
        )
        return sent

    times: list[float] = []
    for character in TYPED:
        sent = key(character)
        client.wait(answered_by(client, uri, version), 30, "diagnostics")
        times.append((time.perf_counter() - sent) * 1000)
    bursts: list[float] = []
    for start in range(0, len(TYPED), 10):
        for character in TYPED[start : start + 10]:
            sent = key(character)
            time.sleep(1 / 15)
        client.wait(answered_by(client, uri, version), 30, "diagnostics")
        bursts.append(max(0.0, (time.perf_counter() - sent) * 1000 - 1000 / 15))
    row |= {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95), "p99": percentile(times, 0.99)}
    row |= {"keystrokes": len(times), "burst p95 over 67 ms": percentile(bursts, 0.95)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--server", action="append", help="a command line; may be given several times")
    parser.add_argument("--lines", type=int, default=1000)
    args = parser.parse_args()
    root = args.workspace.resolve()
    document = document_of(root, args.lines)
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}"
    )
    print(f"typed into {document.relative_to(root)}")
    default = [f"{sys.executable} -m canonry lsp"]
    for server in args.server or default:
        print(json.dumps(measure(shlex.split(server), root, document)), flush=True)


if __name__ == "__main__":
    main()
