"""Lessons in a workspace: findings, changes, and what is superseded by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.edits.text import apply_edits
from canonry.model import Finding, Fix, Refusal
from canonry.workspace import Workspace, audit


class Team:
    """A workspace with one file of lessons."""

    def __init__(self, folder: Path, lesson: str, files: dict[str, str], settings: str = "") -> None:
        self.root = folder / "work"
        texts = {"canonry.toml": f'lessons = ["docs/*.md"]\n{settings}', "docs/team.md": lesson, **files}
        for path, text in texts.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, "utf-8")
        self.workspace = Workspace(self.root, cache=folder / "cache", workers=1)
        self.workspace.refresh()

    def found(self, path: str) -> list[Finding]:
        return [one for one in self.workspace.check(self.root / path) if one.code in ("CN004", "CN703")]

    def told(self, path: str) -> list[tuple[int, str]]:
        return [(one.range.start.line, one.code) for one in self.found(path)]

    def fixed(self, path: str) -> str | Refusal:
        first = self.found(path)[0]
        actions = self.workspace.actions(first.path, first.range)
        titles = {one.title for one in first.fixes}  # other rules may have fixes at the same place
        fix = self.workspace.resolve(next(one for one in actions if one.title in titles))
        if isinstance(fix, Refusal):
            return fix
        assert isinstance(fix, Fix)
        (file,) = fix.files
        return apply_edits(file.path.read_text("utf-8"), list(file.edits))


def lesson(wrong: str, correct: str) -> str:
    return f"# Team\n\nWRONG: `{wrong}`\n\nCORRECT: `{correct}`\n"


FIXED = {
    "an import of the workspace": (
        lesson("json.loads(text)", "read_json(text)"),
        "import json\n\nx = json.loads(a or b)\n",
        "import json\n\nfrom app.lib import read_json\n\nx = read_json(a or b)\n"),
    "an import of the standard library": (
        lesson("os.getcwd()", "pathlib.Path.cwd()"),
        "import os\n\nx = os.getcwd()\n",
        "import os\nimport pathlib\n\nx = pathlib.Path.cwd()\n"),
    "the import that the lesson has": (
        "# Team\n\nWRONG:\n```python\nold(x)\n```\n\nCORRECT:\n```python\nfrom kit import new\nnew(x)\n```\n",
        "import os\n\nold(os)\n",
        "import os\n\nfrom kit import new\n\nnew(os)\n"),
    "parentheses where they are needed": (
        lesson("add(x, y)", "x + y"),
        "z = add(1, 2) * add(a if b else c, 3)\n",
        "z = (1 + 2) * add(a if b else c, 3)\n"),
    "parentheses around what fills a hole": (
        lesson("add(x, y)", "x + y"),
        "z = add(a if b else c, 3)\n",
        "z = (a if b else c) + 3\n"),
    "statements keep their indentation": (
        "# Team\n\nWRONG:\n```python\nlock.acquire()\nwork(x)\nlock.release()\n```\n\nCORRECT:\n"
        "```python\nwith lock:\n    work(x)\n```\n",
        "def f(lock, work):\n    lock.acquire()\n    work(1)\n    lock.release()\n",
        "def f(lock, work):\n    with lock:\n        work(1)\n"),
    "an imported module": (
        lesson("import pickle", "import json"),
        "import pickle\n",
        "import json\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "after"), FIXED.values(), ids=FIXED)
def test_the_correct_form_takes_the_place(text: str, code: str, after: str, tmp_path: Path) -> None:
    lib = "import json\n\n\ndef read_json(text):\n    return json.loads(text)\n"
    team = Team(tmp_path, text, {"app/lib.py": lib, "app/jobs.py": code})

    assert team.fixed("app/jobs.py") == after


REFUSED = {
    "a name that nobody knows": (lesson("old(x)", "unheard_of(x)"), "old(1)\n", "unheard_of"),
    "a comment that would be lost": (lesson("old(x)", "print(x)"), "old(  # why\n    1)\n", "comment"),
    "an await in a plain function": (lesson("old(x)", "await print(x)"), "def f():\n    old(1)\n", "async"),
    "the name of a module that is something else": (
        lesson("time.time()", "time.monotonic()"), "from time import time\n\ntime()\n", "time"),
    "an import that others here use": (
        lesson("import pickle", "import json"), "import pickle\n\npickle.loads(b'')\n", "pickle"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_change_that_would_be_wrong_is_refused(text: str, code: str, reason: str, tmp_path: Path) -> None:
    refused = Team(tmp_path, text, {"app/jobs.py": code}).fixed("app/jobs.py")

    assert isinstance(refused, Refusal)
    assert reason in refused.reason


OLD = "def create(user):\n    return user\n\n\ndef get(user):\n    return user\n"


def test_a_definition_that_a_lesson_replaces_is_superseded(tmp_path: Path) -> None:
    files = {"app/a.py": OLD, "app/b.py": "from app.a import create as new\n\nnew(1)\n"}
    team = Team(tmp_path, lesson("create(user)", "get(user)"), files)

    (use,) = team.found("app/b.py")
    assert (use.code, use.range.start.line) == ("CN004", 2)
    assert use.message == "`app.a.create` is superseded by `app.a.get`"
    assert [one.message for one in use.related] == ["use instead: def get(user)", "the lesson: Team"]
    assert team.told("app/a.py") == [(0, "CN004")]
    titles = [one.title for one in team.workspace.actions(use.path, use.range)]
    assert "Use app.a.get here" in titles


def test_without_a_definition_in_its_place_the_lesson_alone_is_shown(tmp_path: Path) -> None:
    files = {"app/a.py": OLD, "app/b.py": "from app.a import create\n\ncreate(1)\n"}
    team = Team(tmp_path, "# Team\n\nWRONG: `create` makes another one each time.\n", files)

    (use,) = team.found("app/b.py")
    assert use.message == "`app.a.create` is superseded"
    assert [one.title for one in team.workspace.actions(use.path, use.range)] == ["Ignore CN004 here"]


def test_another_way_to_use_a_definition_does_not_replace_it(tmp_path: Path) -> None:
    files = {"app/a.py": OLD, "app/b.py": "from app.a import create\n\ncreate(1)\n"}
    team = Team(tmp_path, lesson("create(user)", "create(user, once=True)"), files)

    assert team.told("app/b.py") == [(2, "CN703")]
    assert team.told("app/a.py") == []


def test_a_word_in_a_sentence_is_no_example_of_other_code(tmp_path: Path) -> None:
    team = Team(
        tmp_path, "# Team\n\nWRONG: a `session` for each call.\n", {"app/b.py": "session = 1\nsession\n"}
    )

    assert team.told("app/b.py") == []


def test_keywords_are_said_once_in_a_function_and_not_beside_what_is_wrong(tmp_path: Path) -> None:
    text = "# Team\n\nKeywords: `sleep`, `pickle`\n\nWRONG: `time.sleep(1)`\n"
    code = (
        "import pickle\nimport time\n\n\ndef f():\n    time.sleep(2)\n    time.sleep(3)\n\n\n"
        "def g():\n    time.sleep(1)\n    time.sleep(2)\n"
    )
    team = Team(tmp_path, text, {"app/b.py": code})

    assert team.told("app/b.py") == [(0, "CN703"), (5, "CN703"), (10, "CN703")]


def test_lessons_are_read_again(tmp_path: Path) -> None:
    team = Team(tmp_path, lesson("f()", "g()"), {"app/b.py": "f()\nh()\n"})
    path = team.root / "docs/team.md"
    assert team.told("app/b.py") == [(0, "CN703")]
    assert team.workspace.touches_lessons(path)
    assert team.workspace.touches_lessons(path.parent)
    assert not team.workspace.touches_lessons(team.root / "README.md")

    path.write_text(lesson("h()", "g()"), "utf-8")
    assert team.workspace.reload_lessons()
    assert team.told("app/b.py") == [(1, "CN703")]
    path.unlink()
    assert team.workspace.reload_lessons()
    assert team.told("app/b.py") == []


def test_workers_know_the_lessons_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH_DEFINITIONS", 1)
    monkeypatch.setattr(audit, "INLINE_BATCHES", 0)
    files = {f"app/m{at}.py": f"def f{at}():\n    old({at})\n" for at in range(4)}
    team = Team(tmp_path, lesson("old(x)", "new(x)"), files)
    team.workspace.shutdown()
    workspace = Workspace(team.root, cache=tmp_path / "cache", workers=2)

    assert sum(one.code == "CN703" for one in workspace.audit()) == 4
    workspace.shutdown()
