"""What rules ask of other files: open documents win over the disk, and what is kept follows both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from canonry.index.extraction import Extractor
from canonry.model import Finding
from canonry.rules.facts.classes import ClassFacts, with_ancestors
from canonry.workspace import Workspace

FILES = {
    "app/__init__.py": "from app.jobs import load as load_all\nfrom app.tools import *\n",
    "app/jobs.py": "import asyncio\n\n\ndef load():\n    return asyncio.run(fetch())\n",
    "app/views.py": "from app import load_all\n\n\ndef handle():\n    return load_all()\n",
    "app/tools.py": "class Tool:\n    def use(self): ...\n\n\nclass Saw(Tool):\n    def cut(self): ...\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    root = tmp_path / "work"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    made = Workspace(root, cache=tmp_path / "cache", workers=1)
    made.refresh()
    yield made
    made.shutdown()


def runs(workspace: Workspace) -> list[Finding]:
    return [one for one in workspace.check(workspace.root / "app/jobs.py") if one.code == "CN101"]


def test_a_path_through_an_open_document_counts_before_it_is_saved(workspace: Workspace) -> None:
    views = workspace.root / "app/views.py"
    assert runs(workspace) == []

    workspace.open(views, FILES["app/views.py"].replace("def handle", "# é\nasync def handle"))
    (found,) = runs(workspace)

    assert found.message.endswith("handle -> load")
    (related,) = found.related
    assert related.location.path == views
    assert related.location.range.start.line == 5
    assert related.message == "async `app.views.handle` calls `app.jobs.load` here"
    workspace.update(views, FILES["app/views.py"])
    assert runs(workspace) == []


def test_a_path_on_disk_is_followed_when_it_changes(workspace: Workspace) -> None:
    views = workspace.root / "app/views.py"
    views.write_text(FILES["app/views.py"].replace("def handle", "async def handle"), "utf-8")
    workspace.files_changed([views])
    assert len(runs(workspace)) == 1

    views.unlink()
    workspace.files_changed([views])

    assert runs(workspace) == []


def context(workspace: Workspace):
    return workspace._checker(workspace._documents.document(workspace.root / "app/jobs.py"))


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("app.load_all", "app.jobs.load"),
        ("app.views.load_all", "app.jobs.load"),
        ("app.Saw.cut", "app.tools.Saw.cut"),
        ("app.Saw.use", "app.tools.Tool.use"),
        ("app.Saw.nothing", "app.tools.Saw.nothing"),
        ("app.nothing.at_all", "app.nothing.at_all"),
        ("json.loads", "json.loads"),
    ],
)
def test_re_exports_and_inheritance_are_followed(workspace: Workspace, name: str, canonical: str) -> None:
    assert context(workspace).canonical(name) == canonical


def test_a_class_is_seen_with_those_above_it(workspace: Workspace) -> None:
    found = [one for one in with_ancestors(context(workspace), "app.Saw") if isinstance(one, ClassFacts)]

    assert [(one.name, one.members) for one in found] == [
        ("app.tools.Saw", ("cut",)),
        ("app.tools.Tool", ("use",)),
    ]


class Word(msgspec.Struct, frozen=True, array_like=True):
    name: str
    line: int


def words(tree):
    for scope in tree.scopes.all():
        if scope.kind == "function":
            yield Word(scope.name, scope.node.start_point[0])


WORDS = Extractor("test-words", 1, Word, words, lambda row: [row.name])


def count(rows) -> int:
    return sum(len(of_file) for of_file in rows.values())


def test_rows_of_open_documents_take_the_place_of_those_on_disk(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace._index._intake, "_extractors", {"here:WORDS": WORDS})
    monkeypatch.setattr(workspace._index._intake, "_fingerprint", "another")
    workspace.refresh()
    assert context(workspace).rows(WORDS, "handle") == [("app/views.py", Word("handle", 3))]
    before = context(workspace).derived(WORDS, count)

    workspace.open(workspace.root / "app/views.py", "def other(): ...\ndef load(): ...\n")
    asked = context(workspace)

    assert asked.rows(WORDS, "handle") == []
    assert [path for path, _ in asked.rows(WORDS, "load")] == ["app/jobs.py", "app/views.py"]
    assert asked.all_rows(WORDS)["app/views.py"] == (Word("other", 0), Word("load", 1))
    assert asked.derived(WORDS, count) == before + 1
    workspace.close_buffer(workspace.root / "app/views.py")
    assert context(workspace).derived(WORDS, count) == before
