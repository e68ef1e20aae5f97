"""Replacing uses of a superseded definition, here and in the whole workspace."""

from __future__ import annotations

from pathlib import Path

from canonry.edits.text import apply_edits
from canonry.model import Applicability, Fix, Position, Refusal
from canonry.workspace import Workspace

from .shop import opened, write

FILES = {
    "shop/__init__.py": "",
    "shop/old.py": "def make(user, label):\n    return user, label\n",
    "shop/new.py": "def get(label, user):\n    return user, label\n",
    "shop/first.py": "from shop.old import make\n\na = make(1, 2)\nb = make(3, 4)\n",
    "shop/second.py": "from shop import old\n\na = old.make(1, 2)\n",
}


def result(workspace: Workspace, fix: Fix | Refusal) -> dict[str, str]:
    assert isinstance(fix, Fix), fix
    return {
        one.path.relative_to(workspace.root).as_posix(): apply_edits(workspace.text_of(one.path), one.edits)
        for one in fix.files
    }


def test_all_uses_in_the_workspace_are_replaced(tmp_path: Path) -> None:
    root = (tmp_path / "work").resolve()
    write(root, FILES)
    workspace = opened(root, tmp_path / "cache")
    fix = workspace.replace_uses("shop.old.make", "shop.new.get")

    assert result(workspace, fix) == {
        "shop/first.py": ("from shop.new import get\n\na = get(user=1, label=2)\nb = get(user=3, label=4)\n"),
        "shop/second.py": "from shop.new import get\n\na = get(user=1, label=2)\n",
    }
    assert isinstance(fix, Fix) and fix.applicability is Applicability.SAFE
    workspace.shutdown()


def test_one_use_is_replaced_and_the_others_keep_their_import(tmp_path: Path) -> None:
    root = (tmp_path / "work").resolve()
    write(root, FILES)
    workspace = opened(root, tmp_path / "cache")
    fix = workspace.replace_uses("shop.old.make", "shop.new.get", (root / "shop/first.py", Position(3, 6)))

    assert result(workspace, fix) == {
        "shop/first.py": (
            "from shop.new import get\nfrom shop.old import make\n\na = make(1, 2)\n"
            "b = get(user=3, label=4)\n"
        ),
    }
    workspace.shutdown()


def test_an_open_document_counts_with_its_text_and_version(tmp_path: Path) -> None:
    root = (tmp_path / "work").resolve()
    write(root, FILES)
    workspace = opened(root, tmp_path / "cache")
    workspace.open(root / "shop/first.py", "", 3)
    workspace.open(root / "shop/third.py", "import shop.old\n\nc = shop.old.make(5, 6)\n", 8)
    fix = workspace.replace_uses("shop.old.make", "shop.new.get")

    assert isinstance(fix, Fix)
    assert [(one.path.name, one.version) for one in fix.files] == [("second.py", None), ("third.py", 8)]
    workspace.shutdown()


def test_what_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    root = (tmp_path / "work").resolve()
    write(root, FILES)
    workspace = opened(root, tmp_path / "cache")

    assert workspace.replace_uses("shop.old.make", "shop.new.gone") == Refusal(
        "there is no definition of shop.new.gone in the workspace"
    )
    workspace.shutdown()
