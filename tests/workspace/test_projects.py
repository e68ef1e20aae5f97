"""Runs the small workspaces of tests/projects; their README says how they are marked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from canonry.workspace import Workspace

PROJECTS = Path(__file__).parents[1] / "projects"
CASES = sorted(path.name for path in PROJECTS.iterdir() if path.is_dir())
MARK = re.compile(r"# want: (CN\d{3})(?: (\S+))?")


def wanted(root: Path) -> set[tuple[str, int, str, str]]:
    found = set()
    for path in sorted(root.rglob("*.py")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for code, name in MARK.findall(line):
                found.add((path.relative_to(root).as_posix(), number, code, name))
    return found


@pytest.mark.parametrize("case", CASES)
def test_project(case: str, tmp_path: Path) -> None:
    root = tmp_path / case
    shutil.copytree(PROJECTS / case, root)
    workspace = Workspace(root, cache=tmp_path / "cache")
    workspace.refresh()
    expected = wanted(root)
    named = {place[:3]: place[3] for place in expected}

    found = set()
    for one in workspace.audit():
        place = (one.path.relative_to(workspace.root).as_posix(), one.range.start.line + 1, one.code)
        best = one.related[0].qualified_name if one.related and named.get(place) else ""
        found.add((*place, best))
    workspace.shutdown()

    assert found == expected


def test_there_are_cases_of_both_kinds() -> None:
    marks = "".join(path.read_text("utf-8") for path in PROJECTS.rglob("*.py"))

    assert marks.count("# want: ") >= 2
    assert marks.count("# ok: ") >= 8
