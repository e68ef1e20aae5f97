"""What a rule is sure of is a warning, what it only takes for likely is information."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.model import Severity
from canonry.workspace import Workspace


def severities(root: Path, cache: Path, files: dict[str, str], code: str) -> list[tuple[int, Severity]]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    workspace = Workspace(root, cache=cache, workers=1)
    workspace.refresh()
    found = [(one.range.start.line, one.severity) for one in workspace.audit() if one.code == code]
    workspace.shutdown()
    return found


@pytest.mark.parametrize(
    ("remark", "severity"),
    [
        ("TODO: check permissions", Severity.WARNING),
        ("TODO(ann): we should encrypt this", Severity.WARNING),
        ("FIXME: the password ends up in the log", Severity.WARNING),
        ("HACK: insecure, but quick", Severity.WARNING),
        ("TODO: authentication", Severity.WARNING),
        ("TODO: discuss injection point options", Severity.INFORMATION),
        ("FIXME: set for the storage for a while, enabling permission checks there", Severity.INFORMATION),
        ("XXX: tokens of the old release have no prefix, so never rely on one", Severity.INFORMATION),
    ],
)
def test_a_task_of_security(tmp_path: Path, remark: str, severity: Severity) -> None:
    files = {"app.py": f"def serve():\n    # {remark}\n    return 1\n"}

    assert severities(tmp_path / "work", tmp_path / "cache", files, "CN701") == [(1, severity)]


def class_of(name: str, *methods: str) -> str:
    return f"class {name}:\n" + "".join(f"    def {one}(self): ...\n" for one in methods)


FOUR = ("open", "close", "ping", "ask")
SOME = ("open", "close", "ask", "tell")
MANY = ("open", "close", "list", "drop", "copy", "move")


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        (class_of("DatabaseManager", *FOUR), class_of("NewDatabaseManager", *FOUR), Severity.WARNING),
        (class_of("DatabaseManager", *FOUR), class_of("DatabaseMgr", *FOUR), Severity.WARNING),
        (class_of("DatabaseManager", *FOUR), class_of("DatabaseManager", *FOUR), Severity.WARNING),
        (class_of("DatabaseManager", *MANY), class_of("DatabaseManager", *SOME), Severity.INFORMATION),
    ],
)
def test_a_class_beside_another(tmp_path: Path, first: str, second: str, severity: Severity) -> None:
    files = {
        "shop/manager.py": first,
        "shop/other.py": second,
        "shop/use.py": "from shop.manager import DatabaseManager\n",
        "shop/more.py": "from shop.manager import DatabaseManager\n",
    }

    found = severities(tmp_path / "work", tmp_path / "cache", files, "CN002")
    assert [one for _, one in found] == [severity]
