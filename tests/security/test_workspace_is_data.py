"""Nothing of a workspace is run or imported, nothing outside of it is changed, nothing uses the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import unquote, urlparse

import pytest
from canonry.demo.client import Client, ServerFailed

from . import without_network
from .traps import HAS_GIT, RUN_BY_OTHERS, RUN_BY_PYTHON, Trapped, contents, trapped, trapped_repository

COMMANDS = [
    ("check", "--format", "json"),
    ("check", "--diff", "--unsafe-fixes"),
    ("check", "app/orders.py", "--select", "ALL"),
    ("similar", "app/orders.py:7"),
    ("similar", "--text", "round an amount"),
    ("index", "build"),
    ("index", "status"),
    ("scopes",),
    ("config",),
    ("demo", "."),
]


PATIENCE = 240.0
"""Seconds for one answer, on however busy a machine; no test here is about speed."""


@pytest.fixture
def workspace(tmp_path: Path) -> Trapped:
    return trapped(tmp_path)


def test_commands(workspace: Trapped) -> None:
    before = contents(workspace.root), contents(workspace.outside)

    done = {arguments: workspace.run(*arguments) for arguments in COMMANDS}

    assert workspace.marks() == []
    assert (contents(workspace.root), contents(workspace.outside)) == before
    found = json.loads(done[COMMANDS[0]].stdout)
    assert "app.orders.round_money" in {one["symbol"] for one in found["findings"]}
    # What leads out of the workspace is said, and is not followed.
    said = done["config",].stderr
    for key in ("baseline", "environment", "source-roots[0]", "lessons[0]", "include[1]", "services.evil[0]"):
        assert f"`{key}` leads out of the workspace; it is ignored." in said


def test_worker_processes_that_check(tmp_path: Path) -> None:
    workspace = trapped(tmp_path, functions=100)

    workspace.run("check")

    assert workspace.marks() == []


def test_a_workspace_on_pythons_path(workspace: Trapped) -> None:
    for name in (*RUN_BY_PYTHON, *RUN_BY_OTHERS):
        # Python itself imports the former at its start; the latter has a file that is called as Canonry is.
        (workspace.root / f"{name}.py").unlink()

    for path in (str(workspace.root), ".", ""):
        workspace.run("check", PYTHONPATH=path, PYTHONNOUSERSITE="1")
        assert workspace.marks() == [], path


def test_as_a_module_in_the_workspace(workspace: Trapped) -> None:
    for name in (*RUN_BY_PYTHON, *RUN_BY_OTHERS, "typing"):  # `python -m` imports typing before any of ours
        (workspace.root / f"{name}.py").unlink()
    command = [sys.executable, "-m", "canonry", "check"]

    done = subprocess.run(
        command, cwd=workspace.root, env=workspace.environment(), capture_output=True, text=True
    )

    assert done.returncode == 1, done.stderr
    assert workspace.marks() == []


def test_fixing_changes_files_of_the_workspace_alone(workspace: Trapped) -> None:
    outside = contents(workspace.outside)
    victim = workspace.root.parent / "home/.profile"
    victim.write_text("mine")
    (workspace.root / "app/.orders.py.canonry").symlink_to(victim)

    workspace.run("check", "--fix", "--unsafe-fixes", "--select", "ALL")

    assert workspace.marks() == []
    assert contents(workspace.outside) == outside
    assert (workspace.root / "app/linked.py").is_symlink()
    assert "ignore[CN203]" not in (workspace.root / "app/views.py").read_text()
    assert victim.read_text() == "mine"


def test_a_baseline_that_is_a_link_out_is_refused(workspace: Trapped) -> None:
    (workspace.root / "pyproject.toml").write_text('[tool.canonry]\nbaseline = "known.json"\n')
    target = workspace.outside / "baseline.json"
    (workspace.root / "known.json").symlink_to(target)

    done = subprocess.run(
        workspace.command("check", "--update-baseline"),
        cwd=workspace.root,
        env=workspace.environment(),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert "link out of the workspace" in done.stderr
    assert target.read_text() == "{}"


def test_the_server_with_every_action(workspace: Trapped) -> None:
    before = contents(workspace.root), contents(workspace.outside)

    changed = drive(workspace)

    assert workspace.marks() == []
    assert (contents(workspace.root), contents(workspace.outside)) == before
    assert workspace.root / "app/orders.py" in changed
    assert workspace.root / "app/views.py" in changed, "jedi was not asked what a variable is"
    assert all(path.resolve().is_relative_to(workspace.root) for path in changed)


@pytest.mark.skipif(not HAS_GIT, reason="git is not installed")
def test_git_runs_no_program_of_the_repository(tmp_path: Path) -> None:
    workspace = trapped_repository(tmp_path)

    changed = workspace.run("check", "--changed", "HEAD", "--format", "json")
    since = workspace.run("check", "--baseline-from-ref", "HEAD", "--format", "json")

    assert workspace.marks() == []
    assert {one["path"] for one in json.loads(changed.stdout)["findings"]} == set()
    assert {one["code"] for one in json.loads(since.stdout)["findings"]} == {"CN901"}


@pytest.mark.skipif(not HAS_GIT, reason="git is not installed")
def test_the_traps_of_git_work(tmp_path: Path) -> None:
    workspace = trapped_repository(tmp_path)

    for arguments in (("diff",), ("status",), ("add", ".")):
        subprocess.run(
            ["git", *arguments], cwd=workspace.root, env=workspace.environment(), capture_output=True
        )

    assert len(set(workspace.marks())) > 2


def test_the_traps_work(workspace: Trapped) -> None:
    run = [sys.executable, "-c", "import json, setup"]
    subprocess.run(run, cwd=workspace.root, env=workspace.environment(), check=True)
    subprocess.run([workspace.root / "venv/bin/python"], stdin=subprocess.DEVNULL, check=True)

    assert [mark.rpartition("/")[2].strip() for mark in workspace.marks()] == ["json", "setup", "python"]


@pytest.mark.skipif(not without_network.SUPPORTED, reason="the kernel's filter is Linux's")
def test_a_network_socket_ends_a_process() -> None:
    children = (
        "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', sys.argv[1]]).returncode)"
    )
    program = "import socket; socket.socketpair(); socket.socket(socket.AF_INET6)"
    command = [sys.executable, str(without_network.__file__), sys.executable, "-c", children, program]

    assert subprocess.run(command).returncode == 256 - 31  # SIGSYS, as a child's exit code


def drive(workspace: Trapped) -> set[Path]:
    """Opens files in the server, asks about them, computes each action; the files that would change."""
    changed: set[Path] = set()
    command = workspace.command("lsp", "--cache", str(workspace.root.parent / "cache"))
    with _Server(command, workspace) as client:
        folder = {"uri": workspace.root.as_uri(), "name": "workspace"}
        capabilities = {
            "workspace": {"workspaceEdit": {"documentChanges": True}},
            "textDocument": {
                "publishDiagnostics": {"versionSupport": True},
                "codeAction": {
                    "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
                    "dataSupport": True,
                    "resolveSupport": {"properties": ["edit"]},
                },
            },
        }
        client.request(
            "initialize",
            {"processId": None, "workspaceFolders": [folder], "capabilities": capabilities},
            PATIENCE,
        )
        client.notify("initialized", {})
        client.wait_until_indexed()
        for name in ("app/orders.py", "app/linked.py", "app/views.py"):
            path = workspace.root / name
            uri, text = path.as_uri(), path.read_text()
            document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
            client.notify("textDocument/didOpen", {"textDocument": document})
            client.wait(lambda uri=uri: client.diagnostics.get(uri), PATIENCE, f"diagnostics of {name}")
            whole = {"start": {"line": 0, "character": 0}, "end": {"line": text.count("\n"), "character": 0}}
            at = {"line": 5, "character": 6}
            here = {"textDocument": {"uri": uri}}
            client.request("textDocument/hover", {**here, "position": at}, PATIENCE)
            client.request("textDocument/completion", {**here, "position": at}, PATIENCE)
            asked = {**here, "range": whole, "context": {"diagnostics": []}}
            for action in client.request("textDocument/codeAction", asked, PATIENCE) or ():
                if "disabled" in action or "command" in action:
                    continue
                edit = client.try_request("codeAction/resolve", action)
                for one in (edit or {}).get("edit", {}).get("documentChanges", ()):
                    changed.add(Path(unquote(urlparse(one["textDocument"]["uri"]).path)))
        client.request("workspace/symbol", {"query": "round"}, PATIENCE)
    return changed


class _Server(Client):
    def __init__(self, command: list[str], workspace: Trapped) -> None:
        with mock.patch.dict(os.environ, workspace.environment(), clear=True):
            super().__init__(command, workspace.root)

    def wait_until_indexed(self) -> None:
        while True:
            status: Any = self.request("canonry/status", None, PATIENCE)
            if all(folder["ready"] for folder in status["folders"]):
                return
            time.sleep(0.05)

    def try_request(self, method: str, params: object) -> Any:
        try:
            return self.request(method, params, PATIENCE)
        except ServerFailed as refused:
            assert "leads out of the workspace" in str(refused) or "round" in str(refused), refused
            return None
