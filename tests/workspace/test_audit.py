"""Auditing many files gives what checking each of them gives, however the work is shared."""

from __future__ import annotations

import shutil
import sys
from dataclasses import fields, replace
from pathlib import Path

import click
import pytest
from canonry.config import ReuseSettings, Settings
from canonry.match import matcher
from canonry.model import Finding, Progress
from canonry.workspace import Workspace, audit, verdicts


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real code with findings in it: some modules, and the same once more with some names changed."""
    root = tmp_path_factory.mktemp("sources") / "work"
    (root / "click").mkdir(parents=True)
    (root / "again").mkdir()
    for name in ("formatting.py", "types.py", "utils.py"):
        path = root / "click" / name
        shutil.copy(Path(click.__file__).parent / name, path)
        text = path.read_text("utf-8").replace("param", "argument").replace("value", "given")
        (root / "again" / path.name).write_text(text, "utf-8")
    return root


@pytest.fixture
def root(sources: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sources, tmp_path / "work"))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only large workspaces are screened; this one passes for one."""
    monkeypatch.setattr(matcher, "SURE_SIZE", 0)


def forget(workspace: Workspace) -> None:
    """Drops what is kept of the last audit."""
    (workspace.status().location / "verdicts.msgpack").unlink()


def one_by_one(workspace: Workspace) -> tuple[Finding, ...]:
    return tuple(finding for path in workspace.files() for finding in workspace.check(path))


@pytest.mark.usefixtures("large")
def test_screening_loses_no_finding_and_adds_none(workspace: Workspace) -> None:
    found = workspace.audit()

    assert len(found) > 15
    assert found == one_by_one(workspace)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("threshold", [0.3, 0.6, 0.9])
def test_screening_at_any_threshold(root: Path, tmp_path: Path, threshold: float) -> None:
    settings = Settings(reuse=ReuseSettings(minimum_probability=threshold, minimum_lines=8))
    workspace = Workspace(root, settings, cache=tmp_path / "cache", workers=1)
    workspace.refresh()

    assert workspace.audit([root / "again"]) == tuple(
        finding for path in workspace.files([root / "again"]) for finding in workspace.check(path)
    )
    workspace.shutdown()


def test_workers_and_a_warm_start_change_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "INLINE_BATCHES", 0)
    monkeypatch.setattr(audit, "BATCH_DEFINITIONS", 120)
    alone = workspace.audit()
    progress: list[Progress] = []
    several = Workspace(workspace.root, cache=tmp_path / "cache", workers=3)
    kept = several.audit()
    forget(several)
    again = several.audit(progress=progress.append)
    several.shutdown()

    assert alone == kept == again
    assert progress[-1].done == progress[-1].total == len(workspace.files())


def test_a_worker_that_sees_another_index_has_no_say(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = workspace.audit()
    forget(workspace)
    monkeypatch.setattr(audit, "INLINE_BATCHES", 0)
    monkeypatch.setattr(workspace._index, "workers", 2)
    monkeypatch.setattr(workspace, "fingerprint", lambda: "of another time")

    assert workspace.audit() == alone


def test_a_worker_that_dies_is_replaced_by_this_process(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alone = workspace.audit()
    forget(workspace)
    monkeypatch.setattr(audit, "INLINE_BATCHES", 0)
    monkeypatch.setattr(workspace._index, "workers", 2)
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert workspace.audit() == alone


def test_what_is_kept_of_an_audit_is_not_believed_after_a_change(workspace: Workspace) -> None:
    workspace.audit()
    changed = workspace.root / "again/types.py"
    changed.write_text("def nothing_like_it(): ...\n", "utf-8")
    (workspace.root / "click/more.py").write_text(
        (workspace.root / "click/utils.py").read_text("utf-8"), "utf-8"
    )
    workspace.refresh()
    found = workspace.audit()

    assert found == one_by_one(workspace)
    assert any(one.path.name == "more.py" for one in found)
    assert not any(one.path == changed for one in found)


def test_what_is_kept_of_an_audit_is_not_believed_under_other_settings(
    workspace: Workspace, tmp_path: Path
) -> None:
    off = replace(workspace.settings, ignore=("CN001",))
    without = Workspace(workspace.root, off, cache=tmp_path / "cache", workers=1)
    without.refresh()
    silent = without.audit()
    without.shutdown()

    assert not any(one.code == "CN001" for one in silent)
    assert workspace.audit() == one_by_one(workspace)


def test_damaged_verdicts_are_computed_again(workspace: Workspace) -> None:
    expected = workspace.audit()
    kept = workspace.status().location / "verdicts.msgpack"
    assert verdicts.read(kept.parent, workspace._verdicts_key()) is not None
    kept.write_bytes(b"\x92\xa1x")

    assert workspace.audit() == expected


def test_what_is_kept_of_an_audit_is_all_of_it(workspace: Workspace) -> None:
    made = workspace.audit()
    kept = workspace.audit()

    assert kept == made
    assert [[each.title for each in one.fixes] for one in kept] == [
        [each.title for each in one.fixes] for one in made
    ]
    assert verdicts._Finding.__struct_fields__ == tuple(one.name for one in fields(Finding))
    folder = workspace.root / "again"
    assert workspace.audit([folder]) == tuple(one for one in made if one.path.is_relative_to(folder))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\npython_files = check_*.py\n"),
        ("again/setup.cfg", "[tool:pytest]\npython_functions = spec_*\n"),
        ("docs/lessons.md", "## Sleep\n\nWRONG: `time.sleep(1)`\n\nCORRECT: `wait(1)`\n"),
        ("click/pyproject.toml", '[project]\nname = "click"\n'),
        ("Procfile", "worker: celery -A app worker -Q slow\n"),
        ("canonry.toml", 'ignore = ["CN001"]\nlessons = ["docs/*.md"]\n'),
    ],
)
def test_whatever_rules_read_beside_python_files_is_part_of_the_key(
    workspace: Workspace, tmp_path: Path, name: str, text: str
) -> None:
    def key() -> str:
        settings = Settings(lessons=("docs/*.md",)) if name != "canonry.toml" else None
        opened = Workspace(workspace.root, settings, cache=tmp_path / "other", workers=1)
        opened.refresh()
        found = f"{opened._verdicts_key()} {opened.fingerprint()}"
        opened.shutdown()
        return found

    (workspace.root / "again/pyproject.toml").write_text('[project]\nname = "again"\n', "utf-8")
    before = key()
    assert key() == before
    (workspace.root / name).parent.mkdir(exist_ok=True)
    (workspace.root / name).write_text(text, "utf-8")

    assert key() != before


def test_a_file_that_changed_since_it_was_indexed_is_read_anew(workspace: Workspace) -> None:
    path = workspace.root / "again/utils.py"
    path.write_text("# moved down\n" * 7 + path.read_text("utf-8"), "utf-8")
    found = [one for one in workspace.audit() if one.path == path]

    assert found == list(workspace.check(path))
    assert found


def test_open_documents_are_audited_as_they_are(workspace: Workspace) -> None:
    path = workspace.root / "again/utils.py"
    workspace.open(path, "x = 1\n", 1)

    assert not any(one.path == path for one in workspace.audit())
