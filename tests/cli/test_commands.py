"""The command line as its users call it: reports, exit codes, and what is said when it cannot run."""

from __future__ import annotations

import importlib.metadata
import json
import os
import pty
import re
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from canonry import __version__
from canonry.cli import cli
from canonry.cli.opening import find_root
from click.testing import CliRunner

from .conftest import Run


def test_check_reports_what_exists_and_exits_with_1(canonry: Run) -> None:
    done = canonry("check")

    assert done.returncode == 1
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].startswith("app/orders.py:4:5: warning CN001 `round_currency` ")
    assert lines[1:3] == [
        "  4 | def round_currency(value: Decimal, digits: int = 2) -> Decimal:",
        "    |     ^^^^^^^^^^^^^^",
    ]
    assert any(line.startswith("  why: same calls: ") for line in lines)
    assert "    app/money.py:6:5" in lines
    assert lines[-1] == "1 finding in 1 file."


def test_what_weighs_less_than_asked_for_is_reported_and_exits_with_0(canonry: Run) -> None:
    done = canonry("check", "--fail-on", "error")

    assert done.returncode == 0
    assert done.stdout.startswith("app/orders.py:4:5: warning CN001 `round_currency` ")
    assert canonry("check", "--fail-on", "warning").returncode == 1


def test_check_of_clean_paths_exits_with_0(canonry: Run) -> None:
    done = canonry("check", "app/money.py", "app/invoices.py")

    assert (done.returncode, done.stdout, done.stderr) == (0, "No findings.\n", "")


def test_check_says_where_there_is_nothing_to_check(canonry: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    done = canonry("check", "--root", str(tmp_path / "empty"))

    assert (done.returncode, done.stdout) == (0, "No findings.\n")
    assert "empty: has no Python files of the workspace" in done.stderr


def test_check_as_json_follows_the_schema_and_is_the_same_each_time(canonry: Run) -> None:
    schema = json.loads(files("canonry.reports").joinpath("findings.schema.json").read_text("utf-8"))

    done = canonry("check", "--format", "json")

    document = json.loads(done.stdout)
    jsonschema.validate(document, schema)
    (finding,) = document["findings"]
    assert (finding["code"], finding["path"]) == ("CN001", "app/orders.py")
    assert finding["range"] == {"start": {"line": 4, "column": 5}, "end": {"line": 4, "column": 19}}
    assert finding["related"][0]["symbol"] == "app.money.round_half_up"
    assert finding["evidence"]
    assert done.returncode == 1
    assert canonry("check", "--format", "json").stdout == done.stdout


def test_the_threshold_can_be_given(canonry: Run) -> None:
    assert canonry("check", "--minimum-probability", "1").returncode == 0
    assert canonry("check", "--minimum-probability", "0").returncode == 1
    wrong = canonry("check", "--minimum-probability", "1.5")

    assert wrong.returncode == 2
    assert "0<=x<=1" in wrong.stderr


def test_a_path_that_does_not_exist_is_an_error(canonry: Run) -> None:
    done = canonry("check", "app/nothing.py")

    assert done.returncode == 2
    assert done.stdout == ""
    assert "'app/nothing.py' does not exist" in done.stderr


def test_a_path_outside_of_the_workspace_is_an_error_that_names_the_way_out(
    canonry: Run, tmp_path: Path
) -> None:
    (tmp_path / "other.py").touch()

    done = canonry("check", "app", str(tmp_path / "other.py"))

    assert done.returncode == 2
    assert "outside of the workspace" in done.stderr
    assert "--root" in done.stderr


def test_a_path_in_another_workspace_is_checked_there(canonry: Run, project: Path, tmp_path: Path) -> None:
    done = canonry("check", str(project / "app" / "orders.py"), cwd=tmp_path)

    assert done.returncode == 1
    assert done.stdout.startswith("app/orders.py:4:5: ")


def test_folders_that_nothing_marks_are_checked_from_anywhere(
    canonry: Run, project: Path, tmp_path: Path
) -> None:
    (project / "pyproject.toml").unlink()
    (tmp_path / "elsewhere").mkdir()

    done = canonry("check", str(project / "app"), cwd=tmp_path / "elsewhere")

    assert done.returncode == 1
    assert done.stdout.startswith("orders.py:4:5: ")


def test_what_does_not_belong_to_the_workspace_is_said_not_to_be_checked(canonry: Run, project: Path) -> None:
    (project / ".gitignore").write_text("scratch.py\n")
    (project / "scratch.py").write_text("x = 1\n")
    (project / "docs").mkdir()

    done = canonry("check", "scratch.py", "docs")

    assert done.returncode == 0
    assert f"{project / 'scratch.py'}: no Python file of the workspace" in done.stderr
    assert f"{project / 'docs'}: has no Python files of the workspace" in done.stderr


def test_settings_that_cannot_be_read_stop_the_check(canonry: Run, project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.canonry]\nexclude = [\n'a'\nx = 1\n")

    done = canonry("check")

    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{project / 'pyproject.toml'}:4:1: " in done.stderr
    assert "not valid TOML" in done.stderr
    assert "run again" in done.stderr


def test_a_wrong_setting_is_a_finding_and_the_rest_is_checked(canonry: Run, project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.canonry]\nexclud = []\n")

    document = json.loads(canonry("check", "--format", "json").stdout)

    assert [one["code"] for one in document["findings"]] == ["CN001", "CN901"]
    assert document["findings"][1]["range"]["start"] == {"line": 2, "column": 1}
    assert "did you mean `exclude`" in document["findings"][1]["message"]


def test_similar_by_place_name_and_text(canonry: Run) -> None:
    for arguments in (
        ["app/orders.py:5"],
        ["app/orders.py:5:9"],
        ["--name", "round_up"],
        ["--text", "rounds money"],
    ):
        done = canonry("similar", *arguments)

        assert done.returncode == 0
        assert "app.money.round_half_up\n  app/money.py:6:5\n" in done.stdout
        assert "why: " not in done.stdout


def test_similar_explains_and_limits(canonry: Run) -> None:
    explained = canonry("similar", "app/orders.py:5", "--explain", "--limit", "1").stdout

    assert "  why: " in explained
    assert re.search(r"\n  weights: .*\bstart -\d", explained)
    assert explained.count(" %  ") == 1


def test_similar_as_json_follows_the_schema(canonry: Run) -> None:
    schema = json.loads(files("canonry.reports").joinpath("matches.schema.json").read_text("utf-8"))

    document = json.loads(canonry("similar", "app/orders.py:5", "--format", "json").stdout)

    jsonschema.validate(document, schema)
    assert document["query"] == "app.orders.round_currency"
    assert document["matches"][0]["symbol"] == "app.money.round_half_up"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Give one of FILE:LINE, --name and --text"),
        (["app/money.py:6", "--name", "x"], "Give one of FILE:LINE, --name and --text"),
        (["app/money.py"], "give a file and a line"),
        (["app/money.py:0"], "give a file and a line"),
        (["app/money.py:x"], "give a file and a line"),
        (["app/none.py:3"], "app/none.py is not a file"),
        (["app/money.py:1"], "app/money.py:1: no function or class there"),
    ],
)
def test_similar_says_what_it_needs(canonry: Run, arguments: list[str], message: str) -> None:
    done = canonry("similar", *arguments)

    assert done.returncode == 2
    assert message in done.stderr


def test_the_index_is_built_described_and_cleared(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (project / "api_pb2.py").touch()
    (project / "large.py").write_text("#" * 200)
    (project / "made.py").write_text("# @generated\n")
    (project / "pyproject.toml").write_text("[tool.canonry]\nmax-file-size = 199\n")
    options = ["--root", str(project), "--cache", str(cache)]
    runner = CliRunner()

    before = runner.invoke(cli, ["index", "status", *options]).output
    built = runner.invoke(cli, ["index", "build", *options]).output
    after = runner.invoke(cli, ["index", "status", *options]).output
    cleared = runner.invoke(cli, ["index", "clear", *options]).output

    assert before.startswith("0 files, 0 definitions, 0 lines")
    assert "not indexed yet: 2 files (`canonry index build` reads them)" in before
    assert built.startswith("2 files, 1 definitions, ")
    assert "not indexed yet" not in after
    assert "skipped: made.py generated, by its first lines" in after
    assert "skipped: api_pb2.py generated, by its name" in after
    assert "skipped: large.py has 200 bytes, more than max-file-size (199)" in after
    assert str(cache) in after
    assert cleared.startswith(f"cleared: {cache}")
    assert runner.invoke(cli, ["index", "status", *options]).output.startswith("0 files")


def test_every_command_has_help_with_examples() -> None:
    runner = CliRunner()
    commands = [
        [],
        *([name] for name in cli.commands),
        *(["index", name] for name in ("build", "status", "clear")),
    ]

    for command in commands:
        result = runner.invoke(cli, [*command, "--help"], prog_name="canonry")

        assert result.exit_code == 0
        assert re.search(r"^ *Examples:\n +canonry ", result.output, re.MULTILINE), command


def test_help_imports_nothing_slow() -> None:
    script = (
        "import sys; from canonry.cli import cli; cli.main(['--help'], standalone_mode=False)\n"
        "slow = {'rich', 'numpy', 'pygls', 'tree_sitter', 'jedi', 'libcst'} & set(sys.modules)\n"
        "sys.exit(str(slow) if slow else 0)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")


def test_versions(canonry: Run) -> None:
    assert canonry("version").stdout.startswith(f"canonry {__version__} (Python {sys.version.split()[0]}")
    assert canonry("--version").stdout == f"canonry {__version__}\n"
    assert importlib.metadata.version("canonry") == __version__


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["check", "--nonsense"], ["lsp", "--tcp", "nonsense"], ["index"]]
)
def test_usage_errors_exit_with_2(canonry: Run, arguments: list[str]) -> None:
    done = canonry(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage: " in done.stderr


def test_an_unforeseen_failure_is_no_finding(project: Path) -> None:
    script = (
        "import canonry.workspace, canonry.cli\n"
        "def broken(*a, **k): raise RuntimeError('out of cheese')\n"
        "canonry.workspace.Workspace = broken\n"
        "canonry.cli.main()"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "check"], cwd=project, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 2
    assert "out of cheese" in done.stderr
    assert "Please report it" in done.stderr


def test_an_interrupt_ends_it_quietly_with_130(project: Path) -> None:
    script = (
        "import canonry.workspace, canonry.cli, signal, time\n"
        # Whoever runs the tests in the background may have it ignored, and children inherit that.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def slow(*a, **k): print('ready', flush=True); time.sleep(60)\n"
        "canonry.workspace.Workspace = slow\n"
        "canonry.cli.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, "check"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (130, "", "")


@pytest.mark.parametrize("arguments", [["check", "--format", "json"], ["check"], ["--help"]])
def test_a_reader_that_stops_reading_is_no_error(project: Path, tmp_path: Path, arguments: list[str]) -> None:
    cache = ["--cache", str(tmp_path / "cache")] if arguments[0] == "check" else []
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "canonry", *arguments, *cache],
            cwd=project,
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
    finally:
        os.close(write)

    assert done.stderr == ""
    assert done.returncode == (1 if arguments[0] == "check" else 0)


def test_a_terminal_gets_a_bar_and_colours_and_the_report_stays_whole(project: Path, tmp_path: Path) -> None:
    main, terminal = pty.openpty()
    environment = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TTY_COMPATIBLE")
    }
    command = [sys.executable, "-m", "canonry", "check", "--cache", str(tmp_path / "cache")]
    with subprocess.Popen(
        command, cwd=project, env={**environment, "TERM": "xterm"}, stdout=terminal, stderr=terminal
    ) as process:
        os.close(terminal)
        seen = b""
        while True:
            try:
                chunk = os.read(main, 65_536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not chunk:
                break
            seen += chunk
    os.close(main)

    text = seen.decode()
    assert process.returncode == 1
    assert "Indexing" in text
    assert "Checking" in text
    assert "\x1b[1;33mwarning CN001\x1b[0m" in text
    assert "def round_currency(value: Decimal, digits: int = 2) -> Decimal:" in text


def test_the_nearest_folder_with_a_project_file_is_the_root(tmp_path: Path) -> None:
    inner = tmp_path / "one" / "two" / "three"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()

    assert find_root(inner) == tmp_path
    (tmp_path / "one" / "two" / "canonry.toml").touch()
    assert find_root(inner) == tmp_path / "one" / "two"
    (inner / ".git").mkdir()
    assert find_root(inner) == inner
