"""After any changes on disk an audit that judges what they touch says what judging everything says."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from canonry.match import matcher
from canonry.model import Finding
from canonry.workspace import Workspace, check

CASES = Path(__file__).parents[1] / "contract"
CODES = (
    *("CN002", "CN003", "CN004", "CN007", "CN008", "CN101", "CN102", "CN103", "CN104", "CN301", "CN303"),
    *("CN401", "CN403", "CN501", "CN502", "CN504", "CN505", "CN506", "CN507", "CN603", "CN702"),
)
"""Of rules that ask for other files."""
SETTINGS = """
[per-file-ignores]
"click/*" = ["CN001"]
"again/types.py" = ["CN701"]

[[accepted]]
symbols = ["click.formatting.measure_table", "again.formatting.measure_table"]
reason = "for a test"
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workspaces with findings of many rules as folders of one, beside real code that is there twice."""
    root = tmp_path_factory.mktemp("sources") / "work"
    (root / "click").mkdir(parents=True)
    (root / "again").mkdir()
    (root / "canonry.toml").write_text(SETTINGS, "utf-8")
    for name in ("formatting.py", "types.py"):
        text = (Path(click.__file__).parent / name).read_text("utf-8")
        (root / "click" / name).write_text(text, "utf-8")
        (root / "again" / name).write_text(text.replace("param", "argument"), "utf-8")
    for code in CODES:
        for path in sorted(CASES.glob(f"{code}_*/**/*"))[:8]:
            target = root / path.relative_to(CASES)
            if path.is_file() and path.suffix in (".py", ".yml", ".yaml", ""):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    return root


@pytest.fixture
def root(sources: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sources, tmp_path / "work"))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """The files that are judged, each with whether all of its rules were asked."""
    paths: dict[str, bool] = {}
    original = check.asked_of

    def asked_of(rules: Any, module: Any, context: Any, *rest: Any) -> list[Finding]:
        known = rest[3]
        paths[module.path] = known is None
        return original(rules, module, context, *rest)

    monkeypatch.setattr(check, "asked_of", asked_of)
    return paths


Audited = tuple[tuple[Finding, ...], Mapping[Path, tuple[Finding, ...]]]


def audited(workspace: Workspace) -> Audited:
    return workspace.audit(), workspace.settings_findings()


def audited_anew(workspace: Workspace) -> Audited:
    """The same with nothing known of the last audit; what is known then stays."""
    path = workspace.status().location / "verdicts.msgpack"
    kept = path.read_bytes()
    path.unlink()
    found = audited(workspace)
    path.write_bytes(kept)
    return found


def further_down(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    path.write_text("# one line more\n\n" + text, "utf-8")


def cut(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    path.write_text("".join(lines[:at] + lines[at + chance.randrange(1, 12) :]), "utf-8")


def joined(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    path.write_text(text + "\n\n" + chance.choice(every).read_text("utf-8"), "utf-8")


def renamed(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    names = [line.split("(")[0].split(":")[0].split()[-1] for line in text.splitlines() if "def " in line]
    path.write_text(text.replace(chance.choice(names), "newly_named") if names else text, "utf-8")


def copied(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    path.with_name(f"more_{chance.randrange(1000)}.py").write_text(text, "utf-8")


def moved(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    path.rename(path.with_name(f"moved_{chance.randrange(1000)}.py"))


def removed(path: Path, text: str, chance: random.Random, every: list[Path]) -> None:
    path.unlink()


CHANGES: list[Callable[[Path, str, random.Random, list[Path]], None]] = [
    further_down,
    cut,
    joined,
    renamed,
    copied,
    moved,
    removed,
]


@pytest.mark.parametrize("seed", range(2))
def test_any_changes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    if seed % 2:  # only large workspaces are screened; this one passes for one
        monkeypatch.setattr(matcher, "SURE_SIZE", 0)
    chance = random.Random(seed)
    assert len({one.code for one in workspace.audit()}) > 15

    for step in range(5):
        for _ in range(chance.choice((1, 1, 2, 5))):
            every = sorted(workspace.root.rglob("*.py"))
            path = chance.choice(every)
            chance.choice(CHANGES)(path, path.read_text("utf-8"), chance, every)
        workspace.refresh()
        if step == 3:
            workspace.settle()
        found = audited(workspace)

        assert found == audited_anew(workspace)
        if step == 4:
            assert found[0] == tuple(one for path in workspace.files() for one in workspace.check(path))


def test_a_change_is_judged_and_what_it_touches(workspace: Workspace, judged: dict[str, bool]) -> None:
    workspace.audit()
    judged.clear()
    changed = workspace.root / "again/formatting.py"
    changed.write_text("# further down\n" + changed.read_text("utf-8"), "utf-8")
    workspace.refresh()
    found = workspace.audit()
    wholly = {path for path, all_rules in judged.items() if all_rules}
    again = workspace.audit()

    assert "again/formatting.py" in wholly
    assert len(wholly) < len(workspace.files()) / 10
    # What is compared with others is compared again: how rare a word is depends on all files.
    assert False in judged.values()
    assert again == found


def test_nothing_is_judged_where_nothing_has_changed(workspace: Workspace, judged: dict[str, bool]) -> None:
    found = workspace.audit()
    judged.clear()

    assert workspace.audit() == found
    assert judged == {}


def test_what_a_rule_asked_of_other_files_is_asked_again(workspace: Workspace) -> None:
    """The markers of one file decide about the uses of a name in others; nothing is near to anything."""
    root = workspace.root
    (root / "old.py").write_text("RATE = 3\n\n\ndef tariff(a):\n    return a.tariff * RATE\n", "utf-8")
    (root / "user.py").write_text("from old import tariff\n\nprint(tariff(None))\n", "utf-8")
    workspace.refresh()
    before = workspace.audit()
    text = (root / "old.py").read_text("utf-8")
    (root / "old.py").write_text(
        text.replace("def tariff", "# canonry: superseded-by new.tariff\ndef tariff"), "utf-8"
    )
    workspace.refresh()
    after = workspace.audit()

    def uses(found: tuple[Finding, ...]) -> list[str]:
        return [one.code for one in found if one.path.name == "user.py"]

    assert "CN004" not in uses(before)
    assert "CN004" in uses(after)
