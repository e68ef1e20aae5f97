"""Kate on a display of its own: a duplicate is typed, and the first entry in the menu of actions chosen.

    python session.py PLAN

PLAN is a JSON file: `file`, `typed`, `line` and `column` (from 0) of the new name, `name` of the file's
window, `record` (what recorder.py writes) and `screenshots`, a folder. The file is saved in
the end, and Kate ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds for anything that has to become so."""


def main() -> None:
    """The session; an exception where something does not come to be."""
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    read, write = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            os.environ["DISPLAY"] = f":{number.readline().strip()}"
        type_and_choose(plan)
    finally:
        display.terminate()
        display.wait()


def type_and_choose(plan: dict[str, Any]) -> None:
    """What a person does in Kate."""
    record, file = Path(plan["record"]), Path(plan["file"])
    kate = subprocess.Popen(["dbus-run-session", "--", "kate", "--new", "--block", file])
    try:
        focus("LSP server start requested")  # Kate asks before it starts a program; Yes has the focus
        key("Return")
        until("the server speaks", lambda: published(record, file) is not None)
        focus(plan["name"])
        key("ctrl+End")
        for line in plan["typed"].split("\n")[:-1]:
            if line:
                xdotool("type", "--delay", "5", "--", line)
            key("Return")
        until("a finding", lambda: bool(published(record, file)))
        key("ctrl+g")
        xdotool("type", "--delay", "5", str(plan["line"] + 1))
        key("Return", "Home", *["Right"] * (plan["column"] + 1))
        key("alt+Return")
        until("the actions", lambda: bool(actions(record)))
        picture(plan, "menu")
        before = file.read_bytes()
        # The menu has the keyboard until an entry is chosen; it fills a moment after the answer.
        until("the text is saved changed", lambda: chosen(file, before))
        picture(plan, "result")
        key("ctrl+q")
        kate.wait(PATIENCE)
    except BaseException:
        picture(plan, "failed")
        raise
    finally:
        kate.kill()
        kate.wait()


def chosen(file: Path, before: bytes) -> bool:
    """Choose the menu's first entry, save, and see whether that has changed the file."""
    key("Down", "Return")
    time.sleep(0.5)
    key("ctrl+s")
    time.sleep(0.5)
    return file.read_bytes() != before


def messages(record: Path) -> list[dict[str, Any]]:
    """What the server has said so far."""
    lines = record.read_text("utf-8").splitlines(keepends=True) if record.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]


def published(record: Path, file: Path) -> list[dict[str, Any]] | None:
    """The diagnostics that the server has published last for a file."""
    found = None
    for one in messages(record):
        if one.get("method") == "textDocument/publishDiagnostics" and one["params"]["uri"] == file.as_uri():
            found = one["params"]["diagnostics"]
    return found


def actions(record: Path) -> list[dict[str, Any]]:
    """The code actions that the server has answered last."""
    found: list[dict[str, Any]] = []
    for one in messages(record):
        result = one.get("result")
        if isinstance(result, list) and result and "title" in result[0]:
            found = result
    return found


def until(what: str, probe: Callable[[], bool]) -> None:
    """Wait until `probe` says so."""
    end = time.monotonic() + PATIENCE
    while not probe():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {PATIENCE:g} s: {what}")
        time.sleep(0.1)


def focus(title: str) -> None:
    """Give a window the keyboard, as soon as it is there; no window manager does it here."""
    until(
        f"a window {title!r}", lambda: try_xdotool("search", "--onlyvisible", "--name", title, "windowfocus")
    )


def key(*names: str) -> None:
    """Press keys, one after the other."""
    xdotool("key", "--delay", "30", *names)


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def try_xdotool(*words: str) -> bool:
    return subprocess.run(["xdotool", *words], capture_output=True).returncode == 0


def picture(plan: dict[str, Any], name: str) -> None:
    """A picture of the display, in X's own format: no program is installed to write another."""
    subprocess.run(
        ["xwd", "-root", "-silent", "-out", str(Path(plan["screenshots"]) / f"kate-{name}.xwd")], check=True
    )


if __name__ == "__main__":
    main()
