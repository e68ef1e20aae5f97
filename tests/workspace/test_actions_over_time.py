"""Whatever is typed between the menu and the choice: the change fits the newest text, or there is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.edits.text import Lines, Splice, apply_edits, splice_text
from canonry.model import Action, ActionKind, Position, Range, Refusal
from canonry.workspace import Workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .shop import COPY, FILES, opened, write

NEW = "shop/new.py"
TEXT = COPY + "\n\ndef total(x):\n    return round_currency(x), '🦆', round_currency(amount=x, places=0)\n"
PIECES = st.sampled_from(
    ["", "\n", "x", "# 🦆\n", "def round_currency(a): pass\n", "    ", '"""', "import os\n", ")", "\r\n"]
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("shop").resolve()
    write(folder / "work", FILES)
    workspace = opened(folder / "work", folder / "cache")
    yield workspace
    workspace.shutdown()


def menu(shop: Workspace) -> list[Action]:
    path = shop.root / NEW
    shop.update(path, TEXT, 1)
    header = Range(Position(3, 5), Position(3, 5))
    return [one for one in shop.actions(path, header) if one.kind is not ActionKind.OPEN_EXISTING]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 30), PIECES), max_size=3), st.data())
def test_a_change_fits_the_newest_text_or_there_is_none(
    shop: Workspace, typed: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    action = data.draw(st.sampled_from(menu(shop)), label="action")
    text = TEXT
    for start, length, new in typed:
        start = min(start, len(text))
        text = splice_text(text, [Splice(start, min(start + length, len(text)), new)])
    path = shop.root / NEW
    shop.update(path, text, 2)

    found = shop.resolve(action)

    if isinstance(found, Refusal):
        assert found.reason and "internal" not in found.reason
        return
    for one in found.files:
        if one.path != path:
            assert one.version is None
            continue
        assert one.version == 2
        after = apply_edits(text, one.edits)
        assert parses(after) or not parses(text)
        lines = Lines(text)
        assert all(lines.offset(edit.range.end) <= len(text) for edit in one.edits)


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def test_other_open_documents_change_at_the_version_that_was_read(shop: Workspace, tmp_path: Path) -> None:
    del tmp_path
    user = shop.root / "shop/user.py"
    shop.open(user, "from shop.new import round_currency\n\nprint(round_currency(1))\n", 7)
    (use,) = [one for one in menu(shop) if one.preferred]

    found = shop.resolve(use)
    shop.close_buffer(user)

    assert not isinstance(found, Refusal)
    assert {one.path.name: one.version for one in found.files} == {"new.py": 1, "user.py": 7}
