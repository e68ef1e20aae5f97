"""The extension inside VS Code's extension host, driven through the whole `vscode` API."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .running import CLIENT, Run, Tools, assert_files_can_be_watched, write_plan
from .shop import (
    ACCEPT,
    COMPARE,
    DOCUMENTATION,
    EXISTING,
    FILES,
    IGNORE,
    LAB,
    LAB_TYPED,
    NEW,
    OPEN,
    RESULT,
    RISKY,
    TYPED,
    USE,
    Shop,
    make_two,
)

pytestmark = pytest.mark.editors


def test_the_client_in_the_extension_host(
    vscode: Tools, vsix: Path, run: Run, shop: Shop, plan: dict[str, object], tmp_path: Path
) -> None:
    assert_files_can_be_watched()
    assert vsix.exists()  # packaging has built dist/, from which the unpacked extension is loaded
    report = tmp_path / "report.json"
    line, column = shop.place_of_new()
    scripts = Path(__file__).parent / "vscode"
    told = write_plan(
        tmp_path / "plan.json",
        plan
        | {
            "extension": str(CLIENT),
            "tests": str(scripts / "host" / "index.cjs"),
            "report": str(report),
            "file": str(shop.checkout),
            "before": shop.checkout.read_text("utf-8"),
            "project": str(shop.root / "pyproject.toml"),
            "projectBefore": FILES["pyproject.toml"],
            "typed": TYPED,
            "new": NEW,
            "line": line,
            "column": column,
            "existing": EXISTING,
            "documentation": DOCUMENTATION,
            "existingLine": shop.place_of_existing(),
            "money": str(shop.money),
            "action": USE,
            "open": OPEN,
            "ignore": IGNORE,
            "accept": ACCEPT,
            "expected": RESULT,
            "compare": COMPARE,
            "risky": RISKY,
            "riskyAction": "Use existing postage from shop.parcels",
            "workspace": str(make_two(tmp_path / "lab", shop)),
            "secondFile": str(tmp_path / "lab" / "study.py"),
            "secondBefore": LAB["study.py"],
            "secondExisting": str(tmp_path / "lab" / "figures.py"),
            "secondTyped": LAB_TYPED,
        },
    )

    output = run.execute(
        [vscode.node / "node", scripts / "host.mjs", told],
        seconds=480,
        cwd=tmp_path,
        extra={"CANONRY_PLAN": str(told)},
    )

    run.assert_all_ended()
    results = json.loads(report.read_text("utf-8"))
    failed = {name: result for name, result in results.items() if result != "passed"}
    assert failed == {}, output
    assert len(results) == 22
