"""The same texts give the same report, byte for byte, however they are checked."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.reports.json import findings_json
from canonry.workspace import Workspace, audit

from .shop import opened, write

CONTRACT = Path(__file__).parents[1] / "contract"
MOST = 300.0
"""Seconds for one command, on however busy a machine."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace made of many small ones: findings of nearly every rule, in and across services."""
    root = tmp_path_factory.mktemp("determinism").resolve() / "work"
    for case in sorted(CONTRACT.glob("CN*"))[::2]:
        if case.is_dir():
            shutil.copytree(case, root / case.name)
    (root / "canonry.toml").write_text('select = ["ALL"]\nseverity = { CN001 = "warning" }\n')
    return root


@pytest.fixture(scope="module")
def expected(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of one process, file by file."""
    report = audited(root, tmp_path_factory.mktemp("expected"), workers=1)
    assert report.count('"code": ') > 80
    assert len(set(codes(report))) > 20
    return report


def codes(report: str) -> Iterator[str]:
    for line in report.splitlines():
        if line.strip().startswith('"code": '):
            yield line


def audited(root: Path, cache: Path, workers: int) -> str:
    workspace = Workspace(root, cache=cache, workers=workers)
    try:
        workspace.refresh()
        return findings_json(workspace.audit(), root)
    finally:
        workspace.shutdown()


def command(root: Path, cache: Path, *arguments: str, seed: int = 0) -> str:
    run = [sys.executable, "-m", "canonry", "check", "--format", "json", "--root", str(root)]
    done = subprocess.run(
        [*run, "--cache", str(cache), *arguments],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        encoding="utf-8",
        timeout=MOST,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_worker_processes(root: Path, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "INLINE_BATCHES", 0)
    monkeypatch.setattr(audit, "BATCH_DEFINITIONS", 60)
    started: list[object] = []
    start = audit._Worker.__init__

    def counted(self: audit._Worker, opening: audit.Opening) -> None:
        started.append(self)
        start(self, opening)

    monkeypatch.setattr(audit._Worker, "__init__", counted)

    cold = audited(root, tmp_path / "cache", workers=2)
    warm = audited(root, tmp_path / "cache", workers=2)

    assert len(started) == 2  # what has not changed since is not checked again
    assert cold == expected
    assert warm == expected


def test_one_process_on_an_index_of_before(root: Path, expected: str, tmp_path: Path) -> None:
    assert [audited(root, tmp_path / "cache", workers=1) for _ in range(2)] == [expected] * 2


def test_commands_under_other_hashes(root: Path, expected: str, tmp_path: Path) -> None:
    """Sets of strings have another order in each process."""
    assert command(root, tmp_path / "one", seed=1) == expected
    assert command(root, tmp_path / "one", seed=2) == expected  # warm
    assert command(root, tmp_path / "two", seed=3) == expected
    assert command(root, tmp_path / "two", "--profile", seed=4) == expected  # file by file


@pytest.mark.parametrize("seed", range(2))
def test_the_order_in_which_a_folder_lists_its_files(
    root: Path, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    listed = os.scandir
    chance = random.Random(seed)

    class Shuffled:
        def __init__(self, path: str | Path) -> None:
            with listed(path) as entries:
                self.entries = list(entries)
            chance.shuffle(self.entries)

        def __iter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self.entries)

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr("canonry.index.discovery.os.scandir", Shuffled)

    assert audited(root, tmp_path / "cache", workers=1) == expected


def test_open_documents(root: Path, expected: str, tmp_path: Path) -> None:
    """What the server says of each file, all of them open, while none is on disk as it is open."""
    other = tmp_path / "work"
    shutil.copytree(root, other)
    texts = {path: path.read_text("utf-8") for path in sorted(other.rglob("*.py"))}
    workspace = Workspace(other, cache=tmp_path / "cache")
    try:
        workspace.refresh()
        shown = [*texts.items()]
        random.Random(3).shuffle(shown)
        for path, text in shown:
            workspace.open(path, "", 1)
            workspace.update(path, text, 2)
        findings = [finding for path, _ in shown for finding in workspace.check(path)]
        assert findings_json(findings, other) == expected
    finally:
        workspace.shutdown()


def test_what_is_equally_near_comes_in_order_of_paths_whatever_has_changed_since(tmp_path: Path) -> None:
    root = tmp_path / "project"
    text = "def total(rows, rate):\n    return round(sum(one.amount for one in rows) * rate, 2)\n"
    paths = [f"shop/{name}.py" for name in "abcdef"]
    others = "\n\n".join(f"def job_{at}(tasks):\n    print(tasks.pop({at}))\n" for at in range(60))
    write(root, {**dict.fromkeys(paths, text), "shop/jobs.py": others})
    workspace = opened(root, tmp_path / "cache")
    write(root, {"shop/b.py": text + "\nRATE = 3\n"})
    workspace.files_changed([root / "shop/b.py"])
    fresh = opened(root, tmp_path / "fresh")

    for one in (workspace, fresh):
        one.open(root / "shop/new.py", text)
        snapshot = one._checker(one._documents.document(root / "shop/new.py"))._view.snapshot
        features = snapshot.parts[0].segment.features_of(0)
        disk = [snapshot.path(ref) for ref, _ in snapshot.candidates(features, 4)]
        assert disk == paths[:4], len(snapshot.parts)
        one.shutdown()
