"""Rows of files that are no Python: which are read, and that they follow the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from canonry.config import Settings
from canonry.index.discovery import MOST_TEXT, discover, is_text
from canonry.index.extraction import Extractor, TextExtractor
from canonry.index.live import LiveIndex
from canonry.syntax import ModuleTree


class Line(msgspec.Struct, frozen=True, array_like=True):
    text: str


def _lines(path: str, text: str) -> Iterator[Line]:
    read.append(path)
    for line in text.splitlines():
        if "worker" in line:
            yield Line(line.strip())


def _none(tree: ModuleTree) -> Iterator[Line]:
    return iter(())


read: list[str] = []
EARLIER = 1_700_000_000
"""Long before the tests read: what was written just now is read once more."""
LINES = TextExtractor("lines", 1, Line, key=lambda row: ("",), sign=b"worker", read_text=_lines)
TREES = Extractor("trees", 1, Line, _none)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "jobs.py").write_text("worker = 1\n")
    (folder / "Procfile").write_text("web: serve\nworker: work\n")
    (folder / "deploy").mkdir()
    (folder / "deploy" / "worker.yaml").write_text("command: worker -Q a\n")
    (folder / "deploy" / "web.yaml").write_text("command: serve\n")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "worker.yml").write_text("worker: 1\n")
    (folder / "README.md").write_text("start a worker\n")
    for path in folder.rglob("*"):
        os.utime(path, (EARLIER, EARLIER))
    read.clear()
    return folder


def opened(root: Path, extractor: TextExtractor[Line] = LINES) -> LiveIndex:
    extractors = {"here:LINES": extractor, "here:TREES": TREES}
    return LiveIndex(root, root.parent / "cache", Settings(), workers=1, extractors=extractors)


def rows(index: LiveIndex) -> dict[str, list[str]]:
    return {path: [one.text for one in some] for path, some in index.rows.table(LINES).by_path.items()}


FIRST = {"Procfile": ["worker: work"], "deploy/worker.yaml": ["command: worker -Q a"]}


def test_files_that_say_how_a_project_is_run_are_read(root: Path) -> None:
    index = opened(root)
    index.refresh()

    assert rows(index) == FIRST
    assert sorted(read) == ["Procfile", "deploy/worker.yaml"]  # the sign is not in the other


def test_what_has_not_changed_is_not_read_again(root: Path) -> None:
    opened(root).refresh()
    read.clear()

    index = opened(root)
    index.refresh()

    assert read == []
    assert rows(index) == FIRST


def test_a_newer_extractor_reads_them_again_and_no_python(root: Path) -> None:
    index = opened(root)
    index.refresh()
    stamps = index.store.stamps()
    index.close()
    read.clear()

    newer = TextExtractor("lines", 2, Line, key=LINES.key, sign=b"worker", read_text=_lines)
    index = opened(root, newer)
    index.refresh()

    assert sorted(read) == ["Procfile", "deploy/worker.yaml"]
    assert index.store.stamps() == stamps


def test_changes_are_followed(root: Path) -> None:
    index = opened(root)
    index.refresh()

    (root / "Procfile").write_text("worker: other\n")
    assert index.update([root / "Procfile"])
    assert rows(index)["Procfile"] == ["worker: other"]

    (root / "deploy" / "start.sh").write_text("exec worker\n")
    assert index.update([root / "deploy" / "start.sh"])
    assert rows(index)["deploy/start.sh"] == ["exec worker"]

    (root / "Procfile").unlink()
    assert index.update([root / "Procfile"])
    assert "Procfile" not in rows(index)

    for one in (root / "deploy").iterdir():
        one.unlink()
    (root / "deploy").rmdir()
    assert index.update([root / "deploy"])
    assert rows(index) == {}
    assert not index.update([root / "README.md"])


def test_a_refresh_finds_what_was_changed_and_deleted_meanwhile(root: Path) -> None:
    index = opened(root)
    index.refresh()
    (root / "Procfile").unlink()
    (root / "deploy" / "worker.yaml").write_text("command: worker\n")
    os.utime(root / "deploy" / "worker.yaml", ns=(1, 1))

    index.refresh()

    assert rows(index) == {"deploy/worker.yaml": ["command: worker"]}


def test_a_text_written_twice_within_one_tick_of_the_clock_is_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "Procfile"
    seen = path.stat()
    monkeypatch.setattr(time, "time_ns", lambda: seen.st_mtime_ns + 1_000_000)
    index = opened(root)
    index.refresh()
    path.write_text(path.read_text().replace("work\n", "toil\n"))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    index.refresh()

    assert rows(index)["Procfile"] == ["worker: toil"]


def test_excluded_ignored_large_and_linked_files_are_not_read(root: Path) -> None:
    (root / ".gitignore").write_text("local.sh\n")
    (root / "local.sh").write_text("worker\n")
    (root / "large.yml").write_text("worker: 1\n" + "#" * MOST_TEXT)
    (root / "linked.sh").symlink_to(root / "README.md")
    found = discover(root, Settings(exclude=("deploy/",)))

    assert [Path(one.path).relative_to(root).as_posix() for one in found.texts] == ["Procfile"]
    assert [one for one in found.skipped if one.path.endswith((".sh", ".yml"))] == []


def test_an_extractor_that_raises_stops_nothing(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(path: str, text: str) -> Iterator[Line]:
        raise ValueError(path)

    index = opened(root, TextExtractor("failing", 1, Line, key=LINES.key, sign=b"worker", read_text=fail))
    index.refresh()

    assert "The extractor failing failed in" in caplog.text
    assert index.paths() == ["app/jobs.py"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docker-compose.prod.yml", True),
        ("Procfile.dev", True),
        ("shop-worker.service", True),
        ("start-worker", True),
        ("worker.py", False),
        ("run_tests.py", False),
        ("notes.md", False),
    ],
)
def test_names(name: str, expected: bool) -> None:
    assert is_text(name) is expected
