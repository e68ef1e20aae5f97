"""A workspace in which all that could be run by mistake leaves a mark, and commands that are run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import without_network

MONEY = '''\
"""Money."""

import decimal


def round_half_up(amount: decimal.Decimal, places: int = 2) -> decimal.Decimal:
    """Round an amount half up to a number of places, as invoices do."""
    exponent = decimal.Decimal(1).scaleb(-places)
    rounded = amount.quantize(exponent, rounding=decimal.ROUND_HALF_UP)
    if rounded.is_zero():
        return abs(rounded)
    return rounded
'''
ORDERS = '''\
"""Orders."""

import decimal


def round_money(value: decimal.Decimal, digits: int = 2) -> decimal.Decimal:
    """Round an amount half up to a number of places."""
    exponent = decimal.Decimal(1).scaleb(-digits)
    rounded = value.quantize(exponent, rounding=decimal.ROUND_HALF_UP)
    if rounded.is_zero():
        return abs(rounded)
    return rounded
'''
VIEWS = """\
import click
import gi
import app.orders as orders
from app import native
from app.native import something


def module():
    return orders


def index(value):
    found = module()
    found.round_money(value=value, digits=1)
    something.round_money(value=value)
    native.round_money(value=value)
    gi.round_money(value=value)
    click.round_money(value=value)
"""
FIXABLE = "\n\nLIMIT = 1  # canonry: ignore[CN203] it ignores nothing, and the fix takes it away\n"
SHADOWS = (
    *(
        "json",
        "tomllib",
        "logging",
        "asyncio",
        "sqlite3",
        "subprocess",
        "tempfile",
        "pickle",
        "ssl",
        "typing",
    ),
    *("click", "jedi", "parso", "libcst", "lsprotocol", "msgspec", "numpy", "platformdirs", "pygls"),
    *("rapidfuzz", "rich", "tomlkit", "tree_sitter", "tree_sitter_python", "watchfiles", "attrs", "cattrs"),
)
"""Modules that Canonry imports; a workspace may have files of their names."""
RUN_BY_PYTHON = ("sitecustomize", "usercustomize")
"""What Python imports by itself at its start, where somebody has put the workspace on its path."""
RUN_BY_OTHERS = ("conftest", "setup", "manage", "gi", "noxfile", "tasks", "dodo", "__main__", "canonry")

SETTINGS = """\
[build-system]
requires = ["evil"]
build-backend = "backend"
backend-path = ["."]

[project]
name = "trapped"
version = "1"

[project.entry-points."pytest11"]
evil = "conftest"

[project.entry-points."jedi.plugins"]
evil = "setup:plugin"

[tool.canonry]
baseline = "../outside/baseline.json"
environment = "../outside"
source-roots = ["../outside"]
lessons = ["../outside/*.md", "/etc/*.md"]
include = ["**/*.py", "../outside/*.py"]

[tool.canonry.services]
evil = ["../outside"]

[tool.canonry.debt]
tracker = "__import__('os').system('true')"
"""
GIT = """\
[core]
    fsmonitor = {program}
    hooksPath = {hooks}
    sshCommand = {program}
    pager = {program}
[diff]
    external = {program}
[diff "evil"]
    textconv = {program}
    command = {program}
[filter "evil=1"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[extensions]
    partialClone = origin
[remote "origin"]
    url = ext::{program}
    promisor = true
    partialclonefilter = blob:none
"""


@dataclass(frozen=True)
class Trapped:
    """The workspace, what is beside it, and where a trap that was sprung leaves its name."""

    root: Path
    outside: Path
    sprung: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `canonry` in the workspace as a user does whose shell is there, without a network."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.environment(variables),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode in (0, 1), (arguments, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def command(self, *arguments: str) -> list[str]:
        own = [str(Path(sys.executable).with_name("canonry")), *arguments]
        if not without_network.SUPPORTED:
            return own
        return [sys.executable, str(without_network.__file__), *own]

    def environment(self, variables: Mapping[str, str] | None = None) -> dict[str, str]:
        home = self.root.parent / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "XDG_"))}
        return {
            **kept,
            "HOME": str(home),
            "VIRTUAL_ENV": str(self.root / "venv"),
            "CONDA_PREFIX": str(self.root / "venv"),
            "PATH": os.pathsep.join([str(self.root / ".venv/bin"), kept["PATH"]]),
            **(variables or {}),
        }

    def marks(self) -> list[str]:
        """The traps that were sprung."""
        return self.sprung.read_text().splitlines() if self.sprung.exists() else []


def trapped(parent: Path, functions: int = 1) -> Trapped:
    """Makes the workspace below `parent`.

    It has so many files that worker processes index them; with 100 functions in each they check them too.
    """
    root, outside, sprung = parent / "workspace", parent / "outside", parent / "sprung"
    (parent / "home").mkdir(parents=True)
    code = f"open({str(sprung)!r}, 'a').write(__name__ + chr(10))\n"
    write(root / "pyproject.toml", SETTINGS)
    write(root / "app/__init__.py", code)
    write(root / "app/money.py", code + MONEY)
    write(root / "app/orders.py", ORDERS)
    write(root / "app/views.py", VIEWS + FIXABLE)
    for number in range(32):
        text = "".join(f"def part_{number}_{at}(): return {at}\n" for at in range(functions))
        write(root / f"filler/part_{number}.py", text)
    for name in (*SHADOWS, *RUN_BY_PYTHON, *RUN_BY_OTHERS, "backend"):
        write(root / f"{name}.py", code)
    write(root / f"app/native{sysconfig.get_config_var('EXT_SUFFIX')}", "no real extension")
    write(root / "evil.pth", f"import os; {code}")
    program = write(root / "bin/evil", f"#!/bin/sh\necho $0 $@ >> {sprung}\ncat\n", 0o755)
    packages = "lib/python{}.{}/site-packages".format(*sys.version_info)
    for folder in ("venv", ".venv"):
        write(root / folder / "pyvenv.cfg", "home = /usr/bin\n")
        write(root / folder / packages / "evil.pth", f"import os; {code}")
        for name in ("python", "python3", "canonry", "git"):
            write(root / folder / "bin" / name, program.read_text(), 0o755)
    (root / ".venv/bin/git").unlink()  # it is on the PATH of these tests, and git is what a user wants there
    project = [1, {"path": str(root), "environment_path": str(root / "venv"), "load_unsafe_extensions": True}]
    write(root / ".jedi/project.json", json.dumps(project))
    write(root / ".jedi/plugins/evil.py", code)
    write(root / "buildout.cfg", "[buildout]\n")
    write(root / ".env", f"PYTHONSTARTUP={root / 'setup.py'}\n")
    write(outside / "secrets.py", ORDERS.replace("round_money", "round_secret") + FIXABLE)
    write(outside / "baseline.json", "{}")
    (root / "app/linked.py").symlink_to(outside / "secrets.py")
    (root / "app/folder").symlink_to(outside, target_is_directory=True)
    return Trapped(root, outside, sprung)


def trapped_repository(parent: Path) -> Trapped:
    """The same as a git repository, with a configuration that names programs wherever git takes one."""
    made = trapped(parent)
    root, program = made.root, made.root / "bin/evil"

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", "-C", str(root), *identity, *arguments]
        subprocess.run(command, check=True, capture_output=True, env=made.environment())

    git("init", "--quiet")
    git("add", "--force", ".")
    git("commit", "--quiet", "--message", "first")
    write(root / ".gitattributes", "*.py filter=evil=1 diff=evil\n")
    hooks = root / "hooks"
    for name in ("post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction"):
        write(hooks / name, program.read_text(), 0o755)
    config = root / ".git/config"
    config.write_text(config.read_text() + GIT.format(program=program, hooks=hooks))
    write(root / "app/orders.py", ORDERS + "\n\nMORE = 1\n")
    return made


def write(path: Path, text: str, mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and where each link leads."""
    found = {}
    for path in sorted(_walk(folder)):
        name = path.relative_to(folder).as_posix()
        found[name] = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


HAS_GIT = shutil.which("git") is not None
