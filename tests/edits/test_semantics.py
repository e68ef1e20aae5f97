"""jedi settles what imports do not, and runs nothing of the workspace while it does."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.edits.text import apply_edits
from canonry.edits.use_existing import use_existing
from canonry.model import Fix

from .workspaces import Files

TRAP = "import pathlib\npathlib.Path({marker!r}).write_text(__name__)\n"
TEXTS = {
    "app/__init__.py": "",
    "app/text.py": "def truncate(text, limit):\n    return text[:limit]\n",
    "app/views.py": "def shorten(string, limit):\n    return string[:limit]\n",
    "app/api.py": """\
import gi
import app.native
import app.views as views
from app import native
from app.native import something


def module():
    return views


def index():
    found = module()
    found.shorten(string="a", limit=1)
    something.shorten(string="b", limit=2)
    native.shorten(string="c", limit=3)
    gi.shorten(string="d", limit=4)
    open("x").shorten(string="e", limit=5)
""",
}

_watched: list[Path] = []
_seen: list[str] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not _watched:
        return
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"):
        _seen.append(f"{event} {arguments[0]!r}")
    if event == "exec" and _is_watched(getattr(arguments[0], "co_filename", "")):
        _seen.append(f"exec {arguments[0]!r}")
    if event == "import" and _is_watched(str(arguments[1])):
        _seen.append(f"import {arguments[0]!r}")


def _is_watched(name: str) -> bool:
    return any(name.startswith(str(root)) for root in _watched)


sys.addaudithook(_audit)


@pytest.fixture
def trapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """A workspace in which whatever can be run by mistake leaves a marker, and that marker."""
    root, marker = tmp_path / "workspace", tmp_path / "ran"
    trap = TRAP.format(marker=str(marker))
    for path, text in TEXTS.items():
        write(root / path, text)
    write(root / "app/__init__.py", trap)
    for name in ("conftest", "sitecustomize", "usercustomize", "setup", "gi", "json", "tomlkit", "manage"):
        write(root / f"{name}.py", trap)
    write(root / f"app/native{sysconfig.get_config_var('EXT_SUFFIX')}", "no real extension")
    write(root / "buildout.cfg", "[buildout]\n")
    write(root / "bin/python", f"#!/bin/sh\ntouch {marker}\n", 0o755)
    write(
        root / ".jedi/project.json",
        json.dumps([1, {"path": str(root), "environment_path": str(root / "bin/python")}]),
    )
    for environment in ("venv", ".venv"):
        write(root / environment / "pyvenv.cfg", "home = /nowhere\n")
        write(root / environment / "bin/python", f"#!/bin/sh\ntouch {marker}\n", 0o755)
    monkeypatch.setenv("VIRTUAL_ENV", str(root / "venv"))
    monkeypatch.setenv("CONDA_PREFIX", str(root / "venv"))
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    _watched.append(root)
    yield root, marker
    _watched.clear()
    _seen.clear()


def write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def test_nothing_of_the_workspace_runs(trapped: tuple[Path, Path]) -> None:
    root, marker = trapped
    files = Files(TEXTS, {"root": root, "source_roots": (root,)}, root)
    before = list(sys.path)

    found = use_existing(files.request("app/views.py::shorten", "app/text.py::truncate"))

    assert _seen == []
    assert not marker.exists()
    assert sys.path == before
    assert isinstance(found, Fix), found
    changed = {one.path.relative_to(root).as_posix(): one.edits for one in found.files}
    expected = TEXTS["app/api.py"].replace('found.shorten(string="a"', 'found.shorten(text="a"')
    assert apply_edits(TEXTS["app/api.py"], changed["app/api.py"]) == expected
    assert apply_edits(TEXTS["app/views.py"], changed["app/views.py"]) == (
        "from app.text import truncate\n\nshorten = truncate\n"
    )


def test_the_traps_work(trapped: tuple[Path, Path]) -> None:
    root, marker = trapped
    code = compile((root / "gi.py").read_text(), str(root / "gi.py"), "exec")
    exec(code, {"__name__": "gi"})
    assert marker.exists()
    assert [one.split()[0] for one in _seen] == ["exec"]


def test_without_a_root_jedi_is_not_asked() -> None:
    found = use_existing(Files(TEXTS).request("app/views.py::shorten", "app/text.py::truncate"))
    assert isinstance(found, Fix)
    assert [one.path.name for one in found.files] == ["views.py"]
