"""Emacs in batch, with both of its language clients.

eglot 1.9 knows neither codeAction/resolve nor related information; lsp-mode 8 knows both.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .running import Run, find_tools, write_plan
from .shop import EXISTING, NEW, RESULT, TYPED, USE, Shop

pytestmark = pytest.mark.editors


@pytest.mark.parametrize(("client", "severity"), [("eglot", "eglot-warning"), ("lsp-mode", 2)])
def test_typing_a_duplicate_and_using_the_existing_one(
    run: Run, shop: Shop, tmp_path: Path, client: str, severity: object
) -> None:
    find_tools(["emacs"])
    report = tmp_path / "report.json"
    plan = {
        "command": [sys.executable, "-m", "canonry", "lsp"],
        "workspace": f"{shop.root}/",
        "file": str(shop.checkout),
        "typed": TYPED,
        "action": USE,
        "report": str(report),
    }

    run.execute(
        ["emacs", "--batch", "-l", Path(__file__).parent / "emacs" / f"session-{client}.el"],
        seconds=90,
        cwd=shop.root,
        extra={"CANONRY_PLAN": str(write_plan(tmp_path / "plan.json", plan))},
    )

    run.assert_all_ended()
    assert shop.checkout.read_text("utf-8") == RESULT
    seen = json.loads(report.read_text("utf-8"))
    assert (seen["count"], seen["codes"]) == (1, ["CN001"])
    assert (seen["line"], seen["column"]) == shop.place_of_new()
    assert NEW in seen["message"]
    assert EXISTING in seen["message"]
    assert seen["type"] == severity
    assert seen["actions"][0] == USE
