"""The index, which holds words of the code, is its owner's alone."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.workspace import Workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="access there is not told by modes")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    (root / "shapes.py").write_text("def area(width, height):\n    return width * height\n")
    return root


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def indexed(root: Path, cache: Path) -> Path:
    """The folder of a workspace's index after its use."""
    workspace = Workspace(root, cache=cache)
    try:
        workspace.refresh()
        assert [one.name for one in workspace.search("area")] == ["area"]
        return workspace.status().location
    finally:
        workspace.shutdown()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_made_is_private(root: Path, tmp_path: Path) -> None:
    folder = indexed(root, tmp_path / "new/cache")

    assert [mode(path) for path in (folder, *folder.parents[:2])] == [0o700] * 3


def test_what_was_open_to_others_is_not_any_more(root: Path, tmp_path: Path) -> None:
    folder = indexed(root, tmp_path / "cache")
    folder.chmod(0o777)

    assert indexed(root, tmp_path / "cache") == folder
    assert mode(folder) == 0o700


def test_another_users_folder_is_not_used(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = indexed(root, tmp_path / "cache")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    indexed(root, tmp_path / "cache")  # it is found all the same: the index lives in memory

    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    folder = indexed(root, tmp_path / "cache")
    elsewhere = folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(elsewhere, target_is_directory=True)
    before = sorted(elsewhere.iterdir())

    indexed(root, tmp_path / "cache")

    assert sorted(elsewhere.iterdir()) == before
