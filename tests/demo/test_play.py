"""The demonstration as its users see it: the real command, the real server."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from canonry.demo import play
from canonry.demo.client import Client
from canonry.demo.scene import Scene
from canonry.demo.show import Stage
from rich.console import Console

from .test_choose import ERRORS, HELPER, write


def demo(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "canonry", "demo", *arguments],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(temporary / "cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert list(temporary.iterdir()) == [], "something is left of it"
    return done


def test_the_bundled_project(tmp_path: Path) -> None:
    done = demo(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    seen = done.stdout
    assert "\x1b" not in seen
    assert "  │ def read_event_time(value: str) -> datetime:\n" in seen
    assert "here the server speaks up" in seen
    assert "courier/reports.py:21:5: warning CN001 `read_event_time` " in seen
    assert "`courier.dates.parse_timestamp`\n  why: " in seen
    assert "\n    courier/dates.py:10\n" in seen
    assert "It offers:\n" in seen
    assert "(unsafe: parse_timestamp is written otherwise, with FORMATS)\n" in seen
    assert "\n--- a/courier/reports.py\n+++ b/courier/reports.py\n" in seen
    added = [line for line in seen.splitlines() if line.startswith("+") and "import" in line]
    assert added
    assert all("courier.dates" in line for line in added)
    assert "\n-def read_event_time(value: str) -> datetime:\n" in seen


def test_what_the_readme_shows_is_what_is_seen(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = readme.split("```")[1].strip().splitlines()

    seen = demo(tmp_path).stdout

    assert len(shown) > 4
    for line in shown:
        assert re.sub(r" \(\d+ %\)$", " (", line) in seen  # the probability moves with each fit


def test_a_project_of_the_user_is_only_read(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(root, app__helpers=HELPER, app__errors=ERRORS, app__views='"""Views."""\nimport os\n')
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    done = demo(tmp_path, str(root))

    assert (done.returncode, done.stderr) == (0, "")
    assert "app/views.py:8:5: information CN001 `read_rows` " in done.stdout
    assert "`app.helpers.load_rows`" in done.stdout
    assert "\n-def read_rows(" in done.stdout
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_project_without_a_fitting_function_is_said_so(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()

    done = demo(tmp_path, str(root))

    assert done.returncode == 1
    assert "has no function that lends itself to this" in done.stdout


def test_a_server_that_fails_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'no more cheese' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(play.sys, "executable", str(broken))

    code = play.run_demo(None)

    assert code == 2
    assert "no more cheese" in capsys.readouterr().out


class Answers:
    """A client that gives prepared answers."""

    def __init__(self, actions: list[dict[str, Any]], edit: dict[str, Any]) -> None:
        self.actions, self.edit = actions, edit

    def request(self, method: str, params: Any, timeout: float) -> Any:
        return self.actions if method == "textDocument/codeAction" else {**params, "edit": self.edit}


def acted(tmp_path: Path, actions: list[dict[str, Any]]) -> tuple[int, str]:
    (tmp_path / "b.py").write_text("old\n")
    scene = Scene(tmp_path, "t", tmp_path / "a.py", "text\n", ("typed\n",), "a.b")
    start, end = {"line": 1, "character": 0}, {"line": 2, "character": 0}
    change = {"range": {"start": start, "end": end}, "newText": "used\n"}
    new = {
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}},
        "newText": "new",
    }
    edit = {"changes": {scene.document.as_uri(): [change], (tmp_path / "b.py").as_uri(): [new]}}
    output = io.StringIO()
    stage = Stage(Console(file=output, soft_wrap=True))
    diagnostic = {"range": {"start": start, "end": start}}
    code = play._act(scene, cast(Client, Answers(actions, edit)), stage, diagnostic)
    assert (tmp_path / "b.py").read_text() == "old\n"
    return code, output.getvalue()


def test_the_preferred_action_is_shown_as_a_diff_of_every_file(tmp_path: Path) -> None:
    actions = [
        {"title": "Open it", "command": {"command": "x"}, "isPreferred": True},
        {"title": "Inherit", "disabled": {"reason": "it is no class"}},
        {"title": "Ignore"},
        {"title": "Use it", "isPreferred": True, "data": 1},
    ]

    code, seen = acted(tmp_path, actions)

    assert code == 0
    assert "  - Inherit\n      not here: it is no class\n" in seen
    assert "  - Use it (preferred)\n" in seen
    assert seen.endswith(
        "\nUse it changes:\n\n"
        "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n text\n-typed\n+used\n"
        "--- a/b.py\n+++ b/b.py\n@@ -1 +1 @@\n-old\n+new\n"
    )


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        ([], "It offers nothing"),
        ([{"title": "Ignore"}], "None of them changes code"),
        (
            [{"title": "Use it", "isPreferred": True, "disabled": {"reason": "no"}}],
            "None of them changes code",
        ),
    ],
)
def test_without_a_preferred_action_that_is_said(
    tmp_path: Path, actions: list[dict[str, Any]], words: str
) -> None:
    code, seen = acted(tmp_path, actions)

    assert code == 1
    assert words in seen
