"""Rules run again on what has changed say what a run from nothing says; one that fails stops no other."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from canonry.model import Severity
from canonry.rules.base import Invalid, Rule, all_rules
from canonry.workspace import Workspace, judging
from canonry.workspace.judging import Judged, judge
from hypothesis import HealthCheck, given, settings

PATH = "shop/new.py"
EXAMPLES = [
    text
    for rule in all_rules()
    for one in rule.INVALID
    for text in (one.code.values() if isinstance(one.code, dict) else [one.code])
]
BLOCKS = [
    *sorted({block + "\n\n\n" for text in EXAMPLES for block in text.split("\n\n\n")}),
    "x = (\n",
    "'''\n",
    "Exception = KeyError\n",
    "if True:\n",
    "\n",
]
edits = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "indent"]),
        st.integers(0, 6),
        st.sampled_from(range(len(BLOCKS))),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("judging")
    (folder / "work" / "shop").mkdir(parents=True)
    (folder / "work" / "shop" / "__init__.py").write_text("", "utf-8")
    made = Workspace(folder / "work", cache=folder / "cache", workers=1)
    made.refresh()
    yield made
    made.shutdown()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits)
def test_what_is_kept_changes_no_finding(workspace: Workspace, changes: list[tuple[str, int, int]]) -> None:
    path = workspace.root / PATH
    blocks: list[str] = []
    for change, place, number in changes:
        at = min(place, len(blocks))
        if change == "insert" or not blocks:
            blocks.insert(at, BLOCKS[number])
        elif change == "delete":
            del blocks[min(at, len(blocks) - 1)]
        else:
            at = min(at, len(blocks) - 1)
            blocks[at] = "".join("    " + line for line in blocks[at].splitlines(keepends=True))
        text = "".join(blocks)
        workspace.update(path, text)
        kept = workspace.check(path)
        workspace.close_buffer(path)
        workspace.open(path, text)
        # Opened anew, nothing is kept; then the next change starts from what this check keeps.
        assert kept == workspace.check(path)
        workspace.update(path, text + "\n")
        workspace.check(path)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda one: one.code)
def test_what_has_moved_is_said_as_it_stands(workspace: Workspace, rule: Rule) -> None:
    path = workspace.root / PATH
    for text in [one.code for one in rule.INVALID if isinstance(one.code, str)]:
        workspace.open(path, text)
        workspace.check(path)
        workspace.update(path, "# Moved.\n\n\n" + text)
        kept = workspace.check(path)
        workspace.close_buffer(path)
        workspace.open(path, "# Moved.\n\n\n" + text)

        assert kept == workspace.check(path)


@pytest.mark.parametrize("rule", [one for one in all_rules() if one.signs], ids=lambda one: one.code)
def test_without_its_signs_a_rule_has_nothing_to_say(workspace: Workspace, rule: Rule) -> None:
    looking = type("Looking", (type(rule),), {"signs": ()})()
    path = workspace.root / PATH
    said = 0
    for text in EXAMPLES:
        workspace.open(path, text)
        checker = workspace._checker(workspace._documents.document(path))
        found = [judge([one], checker._module(), checker, None, lambda: False) for one in (looking, rule)]
        told = [[(one.range, one.message) for one in some] for some in found]
        said += len(told[0])

        assert told[0] == told[1]

    assert said


class Failing(Rule):
    code, name, severity = "CN998", "failing", Severity.WARNING

    def check(self, module, context, cancelled):
        raise ZeroDivisionError(module.path)


def test_a_rule_that_raises_is_named_once_and_stops_no_other(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    path = workspace.root / PATH
    workspace.open(path, "try:\n    f()\nexcept Exception:\n    pass\n")
    checker = workspace._checker(workspace._documents.document(path))
    rules = [Failing(), *all_rules()]
    judging._failed.discard("CN998")

    with caplog.at_level(logging.ERROR):
        found = [judge(rules, checker._module(), checker, Judged(), lambda: False) for _ in range(2)]

    assert [one.code for one in found[0]] == [one.code for one in found[1]] == ["CN203"]
    assert [record.getMessage() for record in caplog.records] == [f"CN998 (failing) failed in {PATH}"]


class Broad(Rule):
    code, name, severity, beats = "CN997", "broad", Severity.WARNING, ("CN203",)

    def check(self, module, context, cancelled):
        function = module.tree.nodes("function_definition")[0]
        yield self.finding(module, module.tree.header(function), "all of it", covers=function)


def test_one_cause_is_said_once_by_the_more_specific_rule(workspace: Workspace) -> None:
    path = workspace.root / PATH
    silent = "try:\n    f()\nexcept Exception:\n    pass\n"
    inside = "def g():\n" + "".join(f"    {line}\n" for line in silent.splitlines())
    workspace.open(path, inside + silent)
    checker = workspace._checker(workspace._documents.document(path))

    found = judge([*all_rules(), Broad()], checker._module(), checker, Judged(), lambda: False)

    assert [(one.code, one.range.start.line) for one in found] == [("CN203", 7), ("CN997", 0)]


def test_a_fix_is_that_of_the_newest_text(workspace: Workspace) -> None:
    path = workspace.root / PATH
    code = next(one for one in all_rules() if one.code == "CN203").INVALID[0]
    assert isinstance(code, Invalid)
    text = str(code.code)
    workspace.open(path, text)
    first = workspace.check(path)[0]
    action = next(one for one in workspace.actions(path, first.range) if one.kind == "fix")

    workspace.update(path, "# moved\n" + text, 7)
    fix = workspace.resolve(action)

    assert fix.files[0].version == 7
    assert fix.files[0].edits[0].range.start.line == first.range.start.line + 2
