"""A large workspace in VS Code's workbench. Only where CANONRY_LARGE_WORKSPACE names one:

    CANONRY_LARGE_WORKSPACE=~/src/home-assistant python -m pytest tests/editors/test_large.py --editors -s

Its Python files are copied, so nothing in it changes. It must have `homeassistant/util/dt.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .running import Run, Tools, write_plan

pytestmark = pytest.mark.editors

LARGE = os.environ.get("CANONRY_LARGE_WORKSPACE", "")
SMOOTH = {"50": 60.0, "95": 250.0}
"""Milliseconds in which so many percent of the keys are drawn while two processes index, on two cores that
run browser and test driver too; three times what a quiet machine takes. A frame is 17 ms."""

TYPED = '''

def time_from_text(text: str) -> dt.time | None:
    """Parse a time string (00:20:00) into a time object, None if it is invalid."""
    pieces = str(text).split(":")
    if len(pieces) < 2:
        return None
    try:
        hours = int(pieces[0])
        minutes = int(pieces[1])
        seconds = int(pieces[2]) if len(pieces) > 2 else 0
        return dt.time(hours, minutes, seconds)
    except ValueError:
        # ValueError if value cannot be converted to an int or not in range
        return None
'''
"""`homeassistant.util.dt.parse_time` in other words."""


@pytest.mark.skipif(not LARGE, reason="CANONRY_LARGE_WORKSPACE names no folder")
def test_a_large_workspace_is_typed_in_while_it_is_indexed(
    vscode: Tools, vsix: Path, run: Run, plan: dict[str, object], tmp_path: Path
) -> None:
    root = tmp_path / "large"
    for source in Path(LARGE).expanduser().rglob("*.py"):
        target = root / source.relative_to(Path(LARGE).expanduser())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    file = root / "homeassistant" / "components" / "typed_here.py"
    file.write_text('"""Typed here."""\n\nimport datetime as dt\n', encoding="utf-8")
    told = plan | {
        "vsix": str(vsix),
        "workspace": str(root),
        "file": str(file),
        "typed": TYPED,
        "name": "time_from_text",
        "smooth": SMOOTH,
    }
    script = Path(__file__).parent / "vscode" / "large.mjs"

    print(
        run.execute(
            [vscode.node / "node", script, write_plan(tmp_path / "plan.json", told)],
            seconds=900,
            cwd=tmp_path,
        )
    )

    run.assert_all_ended()
