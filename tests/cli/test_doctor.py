"""The report on an installation and a workspace: it says what is wrong, and nothing that is private."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from canonry import __version__
from canonry.lsp.transport import framed

from .conftest import Run


def sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ")] = lines = []
        else:
            lines.append(line.removeprefix("- "))
    return found


def test_a_workspace_in_which_all_is_well(canonry: Run, project: Path, tmp_path: Path) -> None:
    (project / "pyproject.toml").write_text(
        "[tool.canonry]\nexclude = ['secret_folder/']\nignore = ['CN003']\nreuse.minimum-lines = 4\n"
    )
    (project / "app/models_pb2.py").write_text("x = 1\n")

    done = canonry("doctor", "--cache", str(tmp_path / "cache"))

    assert (done.returncode, done.stderr) == (0, "")
    found = sections(done.stdout)
    assert found["Installation"][0] == f"canonry {__version__}"
    assert "tree-sitter-python " in found["Installation"][3]
    assert {
        'ignore: ["CN003"] (pyproject.toml:3)',
        "exclude: 1 given (pyproject.toml:2)",
        "reuse.minimum-lines: 4 (pyproject.toml:4)",
    } <= set(found["Workspace"])
    assert found["Index"][1].startswith("4 files, ")
    assert found["Skipped"] == ["1 files: generated, by its name (app/models_pb2.py)"]
    assert found["To look at"] == ["nothing: all is as it should be"]
    assert any(line.startswith("slowest rules: ") for line in found["Timings"])


def test_nothing_private_is_in_it(canonry: Run, project: Path, tmp_path: Path) -> None:
    home = tmp_path / "home/somebody"
    home.mkdir(parents=True)
    moved = project.rename(home / "project")
    (moved / "app/keys.py").write_text("def unlock():\n    return 'hunter2'\n")
    (moved / "canonry.toml").write_text(
        "services.backoffice = ['app']\n[canonical]\n'vault' = 'app.keys.unlock'\n"
        "[debt]\ntracker = 'ACME-[0-9]+'\n"
    )

    done = canonry("doctor", cwd=moved, HOME=str(home), PYTHONPATH="/elsewhere/hidden")

    assert done.returncode == 0
    for private in ("hunter2", "unlock", "vault", "backoffice", "ACME", "somebody", "hidden"):
        assert private not in done.stdout, private
    assert "~/project" in done.stdout
    assert "~/.cache/canonry/project-" in done.stdout


def test_what_is_wrong_is_said_at_the_end(canonry: Run, project: Path, tmp_path: Path) -> None:
    (project / "canonry.toml").write_text(
        "exclude = ['app/']\nminimum = 'private value'\n"
        "[[pattern]]\nid = 'a'\nmessage = 'b'\npattern = 'def ('\n"
    )
    cache = tmp_path / "cache"
    cache.write_text("a file where a folder should be")

    done = canonry("doctor", "--cache", str(cache / "inner"))

    assert done.returncode == 1
    assert "private value" not in done.stdout
    assert sections(done.stdout)["To look at"] == [
        "canonry.toml:2: something is not used (CN901); `canonry check` says what",
        "canonry.toml:6: something is not used (CN901); `canonry check` says what",
        "the index is not kept between runs (see above), so each one begins anew",
        "no Python file is indexed: see what is skipped, and the setting `exclude`",
    ]


def test_settings_that_cannot_be_read(canonry: Run, project: Path) -> None:
    (project / "canonry.toml").write_text("exclude = [\n")

    done = canonry("doctor")

    assert done.returncode == 1
    assert sections(done.stdout)["To look at"] == ["canonry.toml cannot be read; `canonry config` says why"]


@pytest.mark.skipif(sys.platform == "win32", reason="access there is not told by modes")
def test_the_servers_log_file(project: Path, tmp_path: Path) -> None:
    log = tmp_path / "canonry.log"
    command = [sys.executable, "-m", "canonry", "lsp", "--log-level", "info", "--log-file", str(log)]

    first = framed(b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}')

    for _ in range(2):
        done = subprocess.run(
            command, input=first + b"hello?\r\n\r\n", cwd=project, capture_output=True, timeout=60
        )
        assert done.returncode == 1

    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert log.read_text().count("a message header without Content-Length") == 2  # the second run adds


def test_a_log_file_that_cannot_be_written(project: Path) -> None:
    command = [sys.executable, "-m", "canonry", "lsp", "--log-file", str(project / "missing/canonry.log")]

    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)

    assert done.returncode == 2
    assert "canonry.log: No such file or directory" in done.stderr
