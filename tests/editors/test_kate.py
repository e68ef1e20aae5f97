"""Kate on a virtual display, typed into by xdotool. Only where CANONRY_ALL_EDITORS is set (`./dev editors`).

Kate can neither resolve actions nor run commands of the client, and names no version to the server.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .kate.session import actions, messages
from .running import ALL_EDITORS, Run, find_tools, write_plan
from .shop import EXISTING, NEW, RESULT, TYPED, USE, Shop

pytestmark = pytest.mark.editors

CONFIGURATION = """\
[General]
Startup Session=new
[Kate Plugins]
lspclientplugin=true
[KTextEditor View]
Auto Brackets=false
Auto Completion=false
"""


@pytest.mark.skipif(not ALL_EDITORS, reason="CANONRY_ALL_EDITORS is not set")
def test_typing_a_duplicate_and_using_the_existing_one(
    run: Run, shop: Shop, screenshots: Path, tmp_path: Path
) -> None:
    find_tools(["kate", "Xvfb", "xdotool", "xwd", "dbus-run-session"])
    record, kate = tmp_path / "record.jsonl", Path(__file__).parent / "kate"
    server = [sys.executable, str(kate / "recorder.py"), str(record), sys.executable, "-m", "canonry", "lsp"]
    settings = {
        "servers": {
            "python": {
                "command": server,
                "rootIndicationFileNames": ["pyproject.toml", "canonry.toml"],
                "highlightingModeRegex": "^Python$",
            }
        }
    }
    configured = run.home / ".config" / "kate" / "lspclient" / "settings.json"
    configured.parent.mkdir(parents=True)
    configured.write_text(json.dumps(settings), "utf-8")
    (run.home / ".config" / "katerc").write_text(CONFIGURATION, "utf-8")
    (shop.root / ".kateconfig").write_text("kate: indent-mode none;\n", "utf-8")
    runtime = run.home / "runtime"
    runtime.mkdir(mode=0o700)
    line, column = shop.place_of_new()
    # The euro sign is on no key of this keyboard.
    plan = {
        "file": str(shop.checkout),
        "name": shop.checkout.name,
        "typed": TYPED.replace("€", "EUR"),
        "line": line,
        "column": column,
        "record": str(record),
        "screenshots": str(screenshots),
    }

    run.execute(
        [sys.executable, kate / "session.py", write_plan(tmp_path / "plan.json", plan)],
        seconds=240,
        cwd=shop.root,
        extra={"XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"},
    )

    run.assert_all_ended()
    assert shop.checkout.read_text("utf-8") == RESULT
    (finding, *more) = next(
        found
        for one in reversed(messages(record))
        if one.get("method") == "textDocument/publishDiagnostics" and (found := one["params"]["diagnostics"])
    )
    assert more == []
    assert NEW in finding["message"]
    assert EXISTING in finding["message"]
    assert finding["relatedInformation"][0]["location"]["uri"] == shop.money.as_uri()
    offered = actions(record)
    assert offered[0]["title"] == USE
    assert all("edit" in one for one in offered), "an action that Kate could not carry out"
