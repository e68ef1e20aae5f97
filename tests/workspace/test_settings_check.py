"""What settings files name that is not there is said at its place, and what is there is not."""

# ruff: noqa: E501 - each line of a table is a case

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from canonry.workspace import Workspace, audit

FILES = {
    "app/__init__.py": "",
    "app/db/manager.py": "class DatabaseManager:\n    def connect(self): ...\n\n\nengine = DatabaseManager()\n",
    "app/db/old.py": "def connect(): ...\n",
    "app/settings.py": "DEBUG = True\n",
    "tests/test_a.py": "def test_a(): ...\n",
    "docs/lessons/a.md": "# A\n\nWRONG: `f()`\n",
}
Told = Callable[[str], list[tuple[int, str]]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    def check(settings: str, name: str = "canonry.toml") -> list[tuple[int, str]]:
        root = tmp_path / "work"
        for path, text in {**FILES, name: settings}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        workspace = Workspace(root, cache=tmp_path / "cache", workers=1)
        workspace.refresh()
        found = workspace.settings_findings()[root / name]
        workspace.shutdown()
        return [(one.range.start.line + 1, one.message) for one in found]

    return check


RIGHT = """\
include = ["**/*.py", "**/*.pyi", "*.pyw"]
exclude = ["not/built/yet/"]
lessons = ["docs/lessons/**/*.md"]
source-roots = ["."]
select = ["CN0", "CN7", "silent-fallback", "no-print", "ALL"]
severity = { CN704 = "hint", no-print = "error" }
per-file-ignores = { "tests/" = ["CN203", "no-print"], "app/**/*.py" = "CN1" }

[config]
modules = ["app/settings.py"]

[services]
app = "app"
shared = ["tests"]

[allowed-imports]
app = ["shared"]

[canonical]
"the database" = { symbol = "app.db.manager.DatabaseManager", supersedes = ["app.db.old.*", "app.db.old.connect"] }
"the engine" = "app.db.manager.engine"
"logging" = "structlog.get_logger"

[[accepted]]
symbols = ["app.db.manager.DatabaseManager.connect", "*.old.connect", "app.*"]
reason = "both stay"

[[pattern]]
id = "no-print"
message = "Use the logger"
pattern = "print($$$A)"
files = "app/"
"""


def test_what_is_there_is_in_order(told: Told) -> None:
    assert told(RIGHT) == []


WRONG = {
    "a glob of lessons": ('lessons = [\n  "docs/lessons/*.md",\n  "docs/lesons/*.md",\n]', 3, "`docs/lesons/*.md`"),
    "a source root": ('source-roots = ["src"]', 1, "no folder `src`"),
    "an environment": ('environment = ".venv"', 1, "no folder `.venv`"),
    "a service": ('[services]\napp = "app"\nweb = ["app", "web"]', 3, "no folder `web`"),
    "a service that may import": ('[services]\napp = "app"\n[allowed-imports]\nweb = ["app"]', 4, "no service `web`"),
    "a service that is imported": ('[services]\napp = "app"\n[allowed-imports]\napp = ["web"]', 4, "no service `web`"),
    "files of an ignore": ('[per-file-ignores]\n"test/" = ["CN203"]', 2, "`test/`; nothing is ignored"),
    "modules of settings": ('[config]\nmodules = [\n"app/config.py"]', 3, "`app/config.py`"),
    "a folder that is included": ('include = ["src/**/*.py", "app/"]', 1, "`src/**/*.py`"),
    "a code": ('select = ["CN0",\n"CN999"]', 2, "No rule is called `CN999`"),
    "a name": ('ignore = ["silent-fallbacks"]', 1, "No rule is called `silent-fallbacks`"),
    "a code in a table": ('[severity]\nCN998 = "off"', 2, "`CN998`"),
    "a code of some files": ('[per-file-ignores]\n"app/" = [\n"CN203",\n"CN998"]', 4, "`CN998`"),
    "a canonical symbol": ('[canonical]\n"x" = "app.db.manager.DatabaseManagr"', 2, "DatabaseManagr` is not in"),
    "a canonical symbol in a table": ('[canonical.x]\nsymbol = "app.nowhere.X"', 2, "`app.nowhere.X` is not in"),
    "a superseded symbol": (
        '[canonical.x]\nsymbol = "app.settings.DEBUG"\nsupersedes = [\n"app.db.old.fetch"]', 4, "app.db.old.fetch"),
    "a superseded module": (
        '[canonical.x]\nsymbol = "app.settings.DEBUG"\nsupersedes = ["app.db.older.*"]', 3, "app.db.older.*"),
    "an accepted symbol": (
        '[[accepted]]\nsymbols = ["app.db.old.connect",\n"*.DatabaseManagers"]\nreason = "x"', 3, "DatabaseManagers"),
    "a pattern that is none": (
        '[[pattern]]\nid = "a"\nmessage = "x"\npattern = "f()"\n[[pattern]]\nid = "b"\nmessage = "x"\n'
        'pattern = "print("', 8, "`print(` is no pattern"),
    "a pattern twice": (
        '[[pattern]]\nid = "a"\nmessage = "x"\npattern = "f()"\n[[pattern]]\nid = "a"\nmessage = "x"\n'
        'pattern = "g()"', 6, "another pattern `a`"),
    "files of a pattern": (
        '[[pattern]]\nid = "a"\nmessage = "x"\npattern = "f()"\nfiles = "web/"', 5, "`web/`"),
    "an id that could be a code": (
        '[[pattern]]\nid = "CN123"\nmessage = "x"\npattern = "f()"', 2, "small letters"),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "line", "words"), WRONG.values(), ids=WRONG)
def test_what_is_not_there_is_said_at_its_place(settings: str, line: int, words: str, told: Told) -> None:
    ((at, message),) = told(settings)

    assert at == line
    assert words in message


def test_places_in_pyproject_are_below_the_tool(told: Told) -> None:
    settings = '[project]\nname = "x"\n\n[tool.canonry]\nlessons = ["nowhere/*.md"]\n'

    assert told(settings, "pyproject.toml") == [(5, "No file is named by `nowhere/*.md`.")]


SWALLOWED = "def load(read):\n    try:\n        return read()\n    except Exception:\n        return None\n"
CLASS = "class {}:\n    def connect(self): ...\n    def close(self): ...\n    def query(self): ...\n"
USED = {
    "app/a.py": SWALLOWED,
    "app/b.py": "x = 1\n",
    "app/one.py": CLASS.format("DatabaseManager"),
    "app/two.py": CLASS.format("UnifiedDatabaseManager"),
}
SETTINGS = """\
[per-file-ignores]
"app/a.py" = ["CN203", "CN201"]
"app/b.py" = "silent-fallback"
"app/" = ["CN2", "no-print", "CN504"]

[[accepted]]
symbols = ["app.one.DatabaseManager", "app.two.UnifiedDatabaseManager"]
reason = "until spring"

[[accepted]]
symbols = ["app.a.load", "app.one.DatabaseManager"]
reason = "nothing alike"

[[accepted]]
symbols = ["app.a.load", "app.two.*"]
reason = "over"
until = 2021-03-31

[[pattern]]
id = "no-print"
message = "Use the logger"
pattern = "print($$$)"
"""
USELESS = [
    (2, "No finding of CN201 in `app/a.py` is ignored by this."),
    (3, "No finding of silent-fallback in `app/b.py` is ignored by this."),
    (4, "No finding of no-print in `app/` is ignored by this."),
    (10, "Nothing is accepted by this: no finding is about two of these definitions."),
]
ENDED = (14, "This has ended on 2021-03-31; nothing is accepted by it any more.")


def useless(tmp_path: Path, settings: str, workers: int = 1, *paths: str) -> list[tuple[int, str]]:
    root = tmp_path / "work"
    for path, text in {**USED, "canonry.toml": settings}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    workspace = Workspace(root, cache=tmp_path / "cache", workers=workers)
    workspace.refresh()
    workspace.audit([root / path for path in paths] or None)
    found = workspace.settings_findings()[root / "canonry.toml"]
    workspace.shutdown()
    return [(one.range.start.line + 1, one.message) for one in found if one.code == "CN900"]


def test_what_takes_back_nothing_is_said_once_all_was_checked(tmp_path: Path) -> None:
    assert useless(tmp_path, SETTINGS) == [*USELESS, ENDED]
    assert useless(tmp_path, SETTINGS, 1, "app/a.py") == [ENDED]


def test_workers_say_what_was_of_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH_DEFINITIONS", 1)
    monkeypatch.setattr(audit, "INLINE_BATCHES", 0)

    assert useless(tmp_path, SETTINGS, 2) == [*USELESS, ENDED]


def test_of_rules_that_are_off_nobody_knows(tmp_path: Path) -> None:
    off = 'ignore = ["CN2", "CN001", "CN704"]\n'

    assert useless(tmp_path, off + SETTINGS) == [(ENDED[0] + 1, ENDED[1])]
    assert useless(tmp_path, 'ignore = ["CN900"]\n' + SETTINGS) == []
