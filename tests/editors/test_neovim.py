"""Neovim, headless, with the language client that it brings along."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .running import Run, find_tools, write_plan
from .shop import EXISTING, NEW, RESULT, TYPED, USE, Shop

pytestmark = pytest.mark.editors

WARNING = 2


def test_typing_a_duplicate_and_using_the_existing_one(run: Run, shop: Shop, tmp_path: Path) -> None:
    find_tools(["nvim"])
    report = tmp_path / "report.json"
    plan = {
        "command": [sys.executable, "-m", "canonry", "lsp"],
        "workspace": str(shop.root),
        "file": str(shop.checkout),
        "typed": TYPED,
        "action": USE,
        "report": str(report),
    }
    script = Path(__file__).parent / "neovim" / "session.lua"

    run.execute(
        ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {script}"],
        seconds=60,
        cwd=shop.root,
        extra={"CANONRY_PLAN": str(write_plan(tmp_path / "plan.json", plan))},
    )

    run.assert_all_ended()
    assert shop.checkout.read_text("utf-8") == RESULT
    seen = json.loads(report.read_text("utf-8"))
    assert seen["codes"] == ["CN001"]
    assert (seen["line"], seen["column"]) == shop.place_of_new()
    assert NEW in seen["message"]
    assert EXISTING in seen["message"]
    assert seen["severity"] == WARNING
    assert seen["source"] == "canonry"
    (related, *_) = seen["related"]
    assert related["location"]["uri"] == shop.money.as_uri()
    assert related["location"]["range"]["start"]["line"] == shop.place_of_existing()
    assert seen["actions"][0] == USE
