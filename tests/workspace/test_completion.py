"""A name after `def` or `class` at the margin is completed to what exists, as an import in its place."""

from __future__ import annotations

import ast

import pytest
from canonry.edits.text import apply_edits
from canonry.model import Completion, Position
from canonry.workspace import Workspace


def typed(workspace: Workspace, text: str) -> dict[str, Completion]:
    """What is offered at the `|` in the text of a new file."""
    before, _, after = text.partition("|")
    workspace.update(workspace.root / "shop/new.py", before + after)
    position = Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
    return {one.label: one for one in workspace.complete(workspace.root / "shop/new.py", position)}


def accepted(text: str, item: Completion) -> str:
    return apply_edits(text.replace("|", ""), [item.edit, *item.additional_edits])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def rou|", "from shop.money import round_half_up\n\n"),
        ("import os\n\n\ndef rou|\n", "import os\n\nfrom shop.money import round_half_up\n\n\n\n"),
        (
            '"""Doc."""\n\nx = 1\n\n\nasync def rou|\n\n\ny = 2\n',
            '"""Doc."""\n\nfrom shop.money import round_half_up\n\nx = 1\n\n\n\n\n\ny = 2\n',
        ),
        (
            "import os\nfrom shop.files import slugify_title\n\n"
            "x = 1\n\ndef rou|\n\ndef other(a):\n    return a\n",
            "import os\nfrom shop.files import slugify_title\nfrom shop.money import round_half_up\n\n"
            "x = 1\n\n\n\ndef other(a):\n    return a\n",
        ),
        (
            "import os\r\n\r\ndef rou|\r\n",
            "import os\r\n\r\nfrom shop.money import round_half_up\r\n\r\n\r\n",
        ),
    ],
)
def test_the_header_becomes_an_import_at_its_place(workspace: Workspace, text: str, expected: str) -> None:
    item = typed(workspace, text)["round_half_up"]
    result = accepted(text, item)

    assert item.detail == "use existing round_half_up from shop.money"
    assert item.filter_text.endswith("def round_half_up")
    assert result == expected
    ast.parse(result)


def test_a_class_is_completed_to_a_class(workspace: Workspace) -> None:
    assert set(typed(workspace, "class Led|")) == {"Ledger"}
    assert "Ledger" not in typed(workspace, "def Led|")


@pytest.mark.parametrize(
    "text",
    [
        "class Box:\n    def rou|",
        "def outer():\n    def rou|",
        "from shop.money import round_half_up\n\n\ndef rou|",
        "def r|",
        "def rou|(amount):",
        "rou|",
        "def |",
    ],
    ids=["method", "nested", "imported", "letter", "written", "expression", "nothing"],
)
def test_nothing_is_offered(workspace: Workspace, text: str) -> None:
    assert "round_half_up" not in typed(workspace, text)


def test_what_imports_the_file_is_not_offered_in_it(workspace: Workspace) -> None:
    path = workspace.root / "shop/money.py"
    text = path.read_text("utf-8") + "\n\ndef total\n"
    workspace.open(path, text)

    items = workspace.complete(path, Position(text.count("\n") - 1, len("def total")))

    assert "total_of" not in {one.label for one in items}


def test_what_stands_in_another_open_document_is_offered(workspace: Workspace) -> None:
    workspace.open(workspace.root / "shop/unsaved.py", "def roundabout_way(a):\n    return a * 2\n")

    item = typed(workspace, "def rounda|")["roundabout_way"]

    assert "from shop.unsaved import roundabout_way" in accepted("def rounda|", item)
