"""What `canonry check` reports of a change, beside a baseline, and what it fixes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ORDERS, Run

HIDING = """\
def load(read):
    try:
        return read()
    except Exception:
        return None
"""
USELESS = "x = 1  # canonry: ignore[CN203] mended\ny = 2  # canonry: ignore[CN203]\n"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(project: Path) -> Path:
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "first")
    return project


def codes(output: str) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in json.loads(output)["findings"]]


def test_rules_are_selected_and_ignored(canonry: Run, project: Path) -> None:
    (project / "app" / "load.py").write_text(HIDING)

    assert codes(canonry("check", "--format", "json", "--select", "CN2").stdout) == [("app/load.py", "CN203")]
    assert codes(canonry("check", "--format", "json", "--ignore", "CN203,CN0").stdout) == []
    wrong = canonry("check", "--select", "CN-2")

    assert wrong.returncode == 2
    assert "must be a code" in wrong.stderr


def test_a_baseline_holds_what_is_known_wherever_it_moves(canonry: Run, project: Path) -> None:
    made = canonry("check", "--baseline", "known.json", "--update-baseline")
    known = (project / "known.json").read_text()

    assert made.returncode == 0
    assert "1 findings written to" in made.stderr
    assert canonry("check", "--baseline", "known.json").stdout == "No findings.\n"

    orders = project / "app" / "orders.py"
    orders.write_text("# moved\n\n\n" + orders.read_text())
    assert canonry("check", "--baseline", "known.json").returncode == 0
    canonry("check", "--baseline", "known.json", "--update-baseline")
    assert (project / "known.json").read_text() == known

    (project / "app" / "returns.py").write_text(ORDERS)
    new = canonry("check", "--baseline", "known.json", "--format", "json")
    assert codes(new.stdout) == [("app/returns.py", "CN001")]


def test_the_settings_name_a_baseline(canonry: Run, project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.canonry]\nbaseline = "known.json"\n')
    canonry("check", "--update-baseline")

    assert canonry("check").returncode == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1"),
        ("[]", 'no "canonry-baseline"'),
        ('{"canonry-baseline": 99, "findings": []}', "version is 99"),
        ('{"canonry-baseline": 1, "findings": [{}]}', "finding 1 has no fingerprint"),
        ("\xff", "utf-8"),
    ],
)
def test_a_damaged_baseline_is_named(canonry: Run, project: Path, text: str, told: str) -> None:
    (project / "known.json").write_text(text, "latin-1")
    done = canonry("check", "--baseline", "known.json")

    assert done.returncode == 2
    assert told in done.stderr
    assert "--update-baseline" in done.stderr
    assert done.stdout == ""


def test_what_a_revision_has_is_not_reported(canonry: Run, repository: Path) -> None:
    (repository / "app" / "returns.py").write_text(ORDERS)
    (repository / "app" / "orders.py").write_text("\n\n" + ORDERS)
    before = subprocess.run(["git", "-C", str(repository), "status", "--porcelain"], capture_output=True)
    done = canonry("check", "--baseline-from-ref", "HEAD", "--format", "json")
    after = subprocess.run(["git", "-C", str(repository), "status", "--porcelain"], capture_output=True)

    assert codes(done.stdout) == [("app/returns.py", "CN001")]
    assert before.stdout == after.stdout
    unknown = canonry("check", "--baseline-from-ref", "nowhere")
    assert (unknown.returncode, "no revision 'nowhere'" in unknown.stderr) == (2, True)


def test_only_what_is_new_is_reported_judged_against_everything(canonry: Run, repository: Path) -> None:
    assert canonry("check", "--changed").returncode == 0

    money = repository / "app" / "money.py"
    money.write_text(money.read_text() + "\n\n" + HIDING)
    (repository / "app" / "returns.py").write_text(ORDERS.replace("round_currency", "round_refund"))
    done = canonry("check", "--changed", "--format", "json")

    assert codes(done.stdout) == [("app/money.py", "CN203"), ("app/returns.py", "CN001")]


def test_a_definition_whose_body_has_changed_is_new(canonry: Run, repository: Path) -> None:
    orders = repository / "app" / "orders.py"
    end = "    return rounded"
    orders.write_text(orders.read_text().replace(end, f"    # as invoices do\n{end}"))

    assert codes(canonry("check", "--changed", "HEAD", "--format", "json").stdout) == [
        ("app/orders.py", "CN001")
    ]


def test_before_the_first_commit_everything_is_new(canonry: Run, project: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(project)], check=True)
    subprocess.run(["git", "-C", str(project), "add", "app/orders.py"], check=True)

    done = canonry("check", "--changed", "--format", "json")

    assert codes(done.stdout) == codes(canonry("check", "--format", "json").stdout) != []


def test_outside_of_git_changes_are_an_error(canonry: Run) -> None:
    done = canonry("check", "--changed", GIT_CEILING_DIRECTORIES="/")

    assert done.returncode == 2
    assert "git" in done.stderr


def test_safe_fixes_are_applied_or_shown(canonry: Run, project: Path) -> None:
    path = project / "app" / "marks.py"
    path.write_bytes(USELESS.replace("\n", "\r\n").encode("utf-8-sig"))
    shown = canonry("check", "--diff", "app/marks.py")

    assert shown.returncode == 1
    assert "-x = 1  # canonry: ignore[CN203] mended" in shown.stdout
    assert path.read_bytes() == USELESS.replace("\n", "\r\n").encode("utf-8-sig")

    done = canonry("check", "--fix", "app/marks.py")

    assert (done.returncode, done.stdout) == (0, "No findings.\n")
    assert "2 fixed" in done.stderr
    assert path.read_bytes() == "x = 1\r\ny = 2\r\n".encode("utf-8-sig")


def test_unsafe_fixes_are_asked_for(canonry: Run, project: Path) -> None:
    path = project / "app" / "load.py"
    path.write_text("import logging\n\nlogger = logging.getLogger(__name__)\n\n\n" + HIDING)
    before = path.read_text()
    safe = canonry("check", "--fix", "app/load.py")

    assert (safe.returncode, path.read_text()) == (1, before)
    canonry("check", "--fix", "--unsafe-fixes", "app/load.py")

    assert path.read_text() != before
    assert canonry("check", "--unsafe-fixes").returncode == 2


def test_annotations_for_github(canonry: Run) -> None:
    (line,) = canonry("check", "--format", "github").stdout.splitlines()

    title = "title=CN001 reimplemented-definition"
    head = f"::warning file=app/orders.py,line=4,endLine=4,{title},col=5,endColumn=19"
    assert line.startswith(f"{head}::`round_currency` ")
    assert "%0Aapp/money.py:6: existing" in line


def test_the_settings_in_force_are_printed_with_their_places(canonry: Run, project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.canonry]\n\nselect = ["CN0"]\nselct = 1\n')
    done = canonry("config")

    assert 'select = ["CN0"]  # pyproject.toml:3' in done.stdout.splitlines()
    assert "reuse.minimum-probability = 0.4  # default" in done.stdout.splitlines()
    assert "pyproject.toml:4: Unknown setting `selct`" in done.stderr
    assert done.returncode == 1
    assert json.loads(canonry("config", "--schema").stdout)["title"] == "Canonry"
