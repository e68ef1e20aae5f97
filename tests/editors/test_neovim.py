"""Neovim, headless, with the language client that it brings along and the snippets of docs/editors.md."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from .running import ALL_EDITORS, Run, find_tools, write_plan
from .shop import EXISTING, NEW, RESULT, TYPED, USE, Shop

pytestmark = pytest.mark.editors

WARNING = 2
PAGE = Path(__file__).parents[2] / "docs" / "editors.md"


def test_typing_a_duplicate_and_using_the_existing_one(run: Run, shop: Shop, tmp_path: Path) -> None:
    find_tools(["nvim"])
    session(Path("nvim"), "Neovim 0.7 to 0.10", run, shop, tmp_path)


@pytest.mark.skipif(not ALL_EDITORS, reason="CANONRY_ALL_EDITORS is not set")
def test_the_same_in_the_newer_neovim(run: Run, shop: Shop, tmp_path: Path) -> None:
    program = find_tools([]).folder / "neovim" / "bin" / "nvim"
    find_tools([str(program)])
    session(program, "Neovim 0.11 and newer", run, shop, tmp_path)


def session(program: Path, heading: str, run: Run, shop: Shop, tmp_path: Path) -> None:
    """Type, choose and save; `heading` is of the snippet."""
    report, snippet = tmp_path / "report.json", tmp_path / "snippet.lua"
    found = re.search(rf"^## {re.escape(heading)}\n\n```lua\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    assert found is not None, f"{PAGE}: no snippet under {heading}"
    snippet.write_text(found[1], "utf-8")
    plan = {
        "file": str(shop.checkout),
        "snippet": str(snippet),
        "typed": TYPED,
        "action": USE,
        "report": str(report),
    }
    script = Path(__file__).parent / "neovim" / "session.lua"

    run.execute(
        [program, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {script}"],
        seconds=60,
        cwd=shop.root,
        extra={
            "CANONRY_PLAN": str(write_plan(tmp_path / "plan.json", plan)),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        },
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
