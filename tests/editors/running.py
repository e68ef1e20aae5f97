"""Runs an editor in a home of its own, and ends all that it has started."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CLIENT = Path(__file__).resolve().parents[2] / "vscode-client"
SETUP = "tests/editors/setup.sh"
ALL_EDITORS = bool(os.environ.get("CANONRY_ALL_EDITORS"))
"""Whether to run also what takes too long for every run of the tests; `./dev editors` says so."""
_MARK = "CANONRY_EDITOR_RUN"
"""A variable with the run's id: every process of a run has it, in whatever group or session it is."""
_INSTANCES = 3
"""Instances of inotify that a window takes: two of VS Code, one of its browser, as counted in /proc."""
_PATIENCE = 15.0
"""Seconds in which a server has to end by itself once its editor has; it takes well below one."""


@dataclass(frozen=True)
class Tools:
    """Where tests/editors/setup.sh has put things."""

    folder: Path

    @property
    def node(self) -> Path:
        """The folder of Node's programs."""
        return next(self.folder.glob("node/node_modules/node/node_modules/node-*/bin/node")).parent

    @property
    def code_server(self) -> Path:
        """The script that starts VS Code's server."""
        return self.folder / "code-server/node_modules/code-server/out/node/entry.js"

    @property
    def playwright(self) -> Path:
        """The folder from which playwright-core is required."""
        return self.folder / "playwright"


def find_tools(programs: Sequence[str], *, vscode: bool = False) -> Tools:
    """The tools, or the test fails with the command that installs them."""
    default = Path.home() / ".cache" / "canonry-editors"
    tools = Tools(Path(os.environ.get("CANONRY_EDITOR_TOOLS") or default))
    missing = [name for name in programs if shutil.which(name) is None]
    if vscode:
        stamps = [f"{name}/installed" for name in ("node", "code-server", "playwright")]
        missing += [stamp for stamp in stamps if not (tools.folder / stamp).exists()]
    if missing:
        pytest.fail(f"missing for this test: {', '.join(missing)}. Install it with: {SETUP}")
    return tools


def write_plan(path: Path, plan: Mapping[str, object]) -> Path:
    """Write what an editor's script is told; the scripts read it as JSON."""
    path.write_text(json.dumps(plan, indent=2), encoding="utf-8")
    return path


def assert_files_can_be_watched() -> None:
    """VS Code follows files by inotify, and goes on without a word to its extensions where it gets none.

    A user's instances are few (128 on many systems), and all editors, servers and browsers take some of them.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    instances = [libc.inotify_init1(os.O_CLOEXEC) for _ in range(_INSTANCES)]
    failure = os.strerror(ctypes.get_errno())
    for instance in instances:
        if instance >= 0:
            os.close(instance)
    if min(instances) < 0:
        pytest.fail(f"VS Code cannot watch files here: {failure} (fs.inotify.max_user_instances)")


@dataclass
class Run:
    """One editor's run: a fresh home, its environment, and its end."""

    home: Path
    identity: str = field(default_factory=lambda: uuid.uuid4().hex)
    sockets: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="canonry-")))
    """Temporary files; in a short folder, since the names of sockets may not be long."""

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        """The variables of a new user at this machine."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VSCODE_"))}
        return kept | {
            "HOME": str(self.home),
            "TMPDIR": str(self.sockets),
            "CANONRY_TEST_PYTHON": sys.executable,
            _MARK: self.identity,
            **extra,
        }

    def execute(
        self,
        command: Sequence[str | Path],
        *,
        seconds: float,
        cwd: Path,
        extra: Mapping[str, str] | None = None,
    ) -> str:
        """Run a command to its end; its output. The test fails if it fails or takes longer than `seconds`."""
        self.home.mkdir(parents=True, exist_ok=True)
        log = self.home / "output.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=self.environment(extra or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code: int | None = process.wait(seconds)
            except subprocess.TimeoutExpired:
                code = None
                self.end()
                process.wait()
        text = log.read_text("utf-8", "replace")
        if code != 0:
            what = f"took longer than {seconds:g} s" if code is None else f"ended with {code}"
            pytest.fail(f"{Path(command[0]).name} {what}:\n{text}", pytrace=False)
        return text

    def assert_all_ended(self) -> None:
        """Nothing that the editor has started is left: a server ends when its editor does."""
        deadline = time.monotonic() + _PATIENCE
        while left := self.processes():
            if time.monotonic() > deadline:
                pytest.fail(f"still running after its editor has ended: {left}", pytrace=False)
            time.sleep(0.02)

    def processes(self) -> dict[int, str]:
        """The run's processes that are alive, with their command lines."""
        mark = f"{_MARK}={self.identity}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    command = (
                        (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                    )
                    found[int(folder.name)] = command.strip()
            except OSError:
                continue  # it ended meanwhile, or belongs to somebody else
        return found

    def end(self) -> None:
        """End every process of the run."""
        while left := self.processes():
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.02)

    def close(self) -> None:
        """End what is left and remove the temporary files."""
        self.end()
        shutil.rmtree(self.sockets, ignore_errors=True)
