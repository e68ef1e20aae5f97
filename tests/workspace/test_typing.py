"""Every stage of typing is answered: nothing raises, and what exists is said as soon as it is clear."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from canonry.model import Position, Range
from canonry.workspace import Workspace
from hypothesis import HealthCheck, given, settings

from .shop import COPY, READER, said

NEW = "shop/new.py"


@pytest.mark.parametrize("after", ["", "\n\ndef other(a):\n    return a\n"], ids=["end", "middle"])
def test_every_stage_is_answered(workspace: Workspace, after: str) -> None:
    path = workspace.root / NEW
    stages = []
    for end in range(len(COPY) + 1):
        workspace.update(path, COPY[:end] + after, end)
        stages.append(said(workspace.check(path)))
        workspace.hover(path, Position(3, 6))
        workspace.complete(path, Position(min(3, COPY[:end].count("\n")), 0))
        workspace.actions(path, Range(Position(0, 0), Position(20, 0)))

    assert stages[-1] == [("round_currency", "shop.money.round_half_up")]
    assert {best for stage in stages for _, best in stage} == {"shop.money.round_half_up"}
    # Said before the last line is there, and for good once the statement before it is complete.
    assert stages[COPY.index("    return rounded")] == stages[-1]


@pytest.mark.parametrize(
    "broken",
    ["\n\ndef half(\n", "\n\nx = '''\n", "\n\nclass \n", "\n\nfoo(bar[\n", "\n\n\tindent\n  dedent\n"],
)
def test_what_is_broken_further_down_changes_nothing(workspace: Workspace, broken: str) -> None:
    path = workspace.root / NEW
    workspace.open(path, COPY + broken)

    assert ("round_currency", "shop.money.round_half_up") in said(workspace.check(path))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                [*READER.splitlines(keepends=True), "def ", "(", "'''", "\x00", "😀", "class X", "\r"]
            )
        ).map("".join),
    ),
    line=st.integers(0, 30),
    column=st.integers(0, 30),
)
def test_no_text_makes_it_raise(workspace: Workspace, text: str, line: int, column: int) -> None:
    path, at = workspace.root / NEW, Position(line, column)
    workspace.update(path, text)

    for finding in workspace.check(path):
        assert finding.path == path
    for action in workspace.actions(path, Range(Position(0, 0), at)):
        assert action.title
    for symbol in workspace.definitions(path):
        assert symbol.name
    workspace.hover(path, at)
    for item in workspace.complete(path, at):
        assert item.edit.range.start.line == line


HEADER = "def read_json_lines(path):\n"
FIRST = "    records = []\n"


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        (HEADER, True),
        (HEADER + FIRST, True),
        (HEADER + "    rows = list()\n    # one for each line\n", True),
        (HEADER + "    return open(path)\n", False),
        (HEADER + FIRST + "    raise ValueError(path)\n", False),
        (HEADER.rstrip() + " records = []\n", False),
    ],
    ids=["header", "begun", "begun otherwise", "returns", "raises", "one line"],
)
def test_what_is_begun_is_said_until_it_is_saved(workspace: Workspace, text: str, is_said: bool) -> None:
    path = workspace.root / NEW
    workspace.update(path, text)
    found = said(workspace.check(path))
    assert found == ([("read_json_lines", "shop.files.read_json_lines")] if is_said else [])

    path.write_text(text, "utf-8")
    workspace.refresh()

    # With so few lines it is no finding; a bare header is no whole definition.
    assert said(workspace.check(path)) == (found if text == HEADER else [])


def test_what_is_begun_is_compared_with_what_has_lines_enough(workspace: Workspace) -> None:
    path = workspace.root / NEW
    workspace.set_editor_settings({"reuse": {"minimumLines": 8}})
    workspace.update(path, HEADER + FIRST)

    assert said(workspace.check(path)) == []
