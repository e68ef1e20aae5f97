"""What a team has declared decides which of several definitions is offered, and which is no finding."""

from __future__ import annotations

import shutil
from pathlib import Path

from canonry.workspace import Workspace

BODY = '''\
from decimal import ROUND_HALF_UP, Decimal


{mark}def round_half_up(amount, places=2):
    """Round an amount of money half up, as invoices want it."""
    quantum = Decimal(10) ** -places
    rounded = Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
    return rounded
'''


def offered(tmp_path: Path, settings: str = "", mark: str = "") -> dict[str, str]:
    """For each file with a finding the definition that is offered first."""
    root = tmp_path / "work"
    (root / "app").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (root / "app" / f"{name}.py").write_text(BODY.format(mark=mark if name == "c" else ""), "utf-8")
    # How rare a word is is counted in the workspace; three functions alone have none that is.
    shutil.copytree(Path(__file__).parents[1] / "match/truth/kit", root / "kit")
    (root / "canonry.toml").write_text(f"{settings}[reuse]\nminimum-probability = 0.2\n", "utf-8")
    workspace = Workspace(root, cache=tmp_path / "cache", workers=1)
    workspace.refresh()
    found = {
        one.path.stem: one.related[0].qualified_name
        for one in workspace.audit([root / "app"])
        if one.code == "CN001"
    }
    workspace.shutdown()
    return found


def test_without_a_declaration_all_are_alike(tmp_path: Path) -> None:
    assert offered(tmp_path) == {
        "a": "app.b.round_half_up",
        "b": "app.a.round_half_up",
        "c": "app.a.round_half_up",
    }


def test_a_marker_comment_declares(tmp_path: Path) -> None:
    found = offered(tmp_path, mark="# canonry: canonical\n")

    assert found == dict.fromkeys("ab", "app.c.round_half_up")


def test_the_settings_declare(tmp_path: Path) -> None:
    found = offered(tmp_path, '[canonical]\nrounding = "app.b.round_half_up"\n')

    assert found == dict.fromkeys("ac", "app.b.round_half_up")
