"""Findings of an open document follow the files that say how the project is run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.workspace import Workspace

TASKS = """\
from celery import shared_task


@shared_task(queue="pictures")
def resize(path):
    return path
"""
COMPOSE = "services:\n  worker:\n    command: celery -A shop worker -Q {queues}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "tasks.py").write_text(TASKS)
    (root / "compose.yaml").write_text(COMPOSE.format(queues="mail"))
    made = Workspace(root, cache=tmp_path / "cache", workers=1)
    made.refresh()
    made.open(made.root / "tasks.py", TASKS)
    yield made
    made.shutdown()


def queues_without_consumer(workspace: Workspace) -> list[int]:
    found = workspace.check(workspace.root / "tasks.py")
    return [one.range.start.line for one in found if one.code == "CN506"]


def test_a_worker_that_is_changed_and_deleted(workspace: Workspace) -> None:
    compose = workspace.root / "compose.yaml"
    assert queues_without_consumer(workspace) == [3]

    compose.write_text(COMPOSE.format(queues="mail,pictures"))
    assert workspace.files_changed([compose])
    assert queues_without_consumer(workspace) == []

    compose.write_text(COMPOSE.format(queues="reports"))
    assert workspace.files_changed([compose])
    assert queues_without_consumer(workspace) == [3]

    compose.unlink()
    assert workspace.files_changed([compose])
    assert queues_without_consumer(workspace) == []


def test_a_worker_that_is_added(workspace: Workspace) -> None:
    unit = workspace.root / "pictures.service"
    unit.write_text("[Service]\nExecStart=/opt/shop/bin/celery -A shop worker -Q pictures\n")

    assert workspace.files_changed([unit])
    assert queues_without_consumer(workspace) == []


def test_the_line_of_the_worker_is_shown(workspace: Workspace) -> None:
    (finding,) = (one for one in workspace.check(workspace.root / "tasks.py") if one.code == "CN506")

    assert [(one.location.path.name, one.location.range.start.line) for one in finding.related] == [
        ("compose.yaml", 2)
    ]
