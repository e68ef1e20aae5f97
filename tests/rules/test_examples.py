"""Every rule's examples, which are its documentation too, and the shape that all rules have.

An example is code, or a whole workspace as a dictionary of files. A line that ends with
`# want: CN001 text` wants a finding of that code there whose message has the text (the text may be
left out). What no line wants must not be found.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from canonry.edits.text import apply_edits
from canonry.model import ActionKind, Applicability, Finding, Fix
from canonry.rules.base import Invalid, Rule, Valid, all_rules
from canonry.workspace import Workspace

HEADINGS = ("What it does", "Why is this bad?", "Example", "Use instead", "When it stays silent")
MARK = re.compile(r"(?: {2})?# want: (CN\d{3})(?: (.+))?$", re.MULTILINE)
EXAMPLES = [
    pytest.param(
        rule, one, id=f"{rule.code}-{type(one).__name__.lower()}-{getattr(one, 'what', '') or one.why}"
    )
    for rule in all_rules()
    for one in (*rule.INVALID, *rule.VALID)
]


def wanted(files: dict[str, str]) -> list[tuple[str, int, str, str]]:
    return sorted(
        (path, number, match[1], match[2] or "")
        for path, text in files.items()
        for number, line in enumerate(text.splitlines())
        if (match := MARK.search(line))
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Valid | Invalid, tmp_path: Path) -> None:
    files = example.code if isinstance(example.code, dict) else {"example.py": example.code}
    root = tmp_path / "work"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    expected = wanted(files)
    workspace = Workspace(root, cache=tmp_path / "cache", workers=1)
    workspace.refresh()
    found = [one for one in workspace.audit() if one.code == rule.code]
    wants_fix = isinstance(example, Invalid) and example.fixed is not None
    fixed = first_fix(workspace, found) if wants_fix else None
    workspace.shutdown()
    texts = {place[:2]: place[3] for place in expected}

    told = []
    for one in found:
        place = (one.path.relative_to(workspace.root).as_posix(), one.range.start.line)
        text = texts.get(place, "")
        told.append((*place, one.code, text if text in one.message else one.message))

    assert sorted(told) == expected
    assert bool(expected) == isinstance(example, Invalid)
    if isinstance(example, Invalid) and example.fixed is not None:
        after = example.fixed if isinstance(example.fixed, dict) else {"example.py": example.fixed}
        assert fixed is not None
        assert fixed[0] == after
        assert fixed[1] is example.applicability


def first_fix(workspace: Workspace, found: list[Finding]) -> tuple[dict[str, str], Applicability]:
    """The files that the first finding's first fix changes, without the marks, and its applicability."""
    first = found[0]
    action = next(one for one in workspace.actions(first.path, first.range) if one.kind is ActionKind.FIX)
    fix = workspace.resolve(action)
    assert isinstance(fix, Fix), fix
    changed = {}
    for file in fix.files:
        text = file.path.read_text("utf-8") if file.path.exists() else ""
        after = MARK.sub("", apply_edits(text, list(file.edits)))
        ast.parse(after)
        changed[file.path.relative_to(workspace.root).as_posix()] = after
    return changed, fix.applicability


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_has_its_shape(rule: Rule) -> None:
    module = importlib.import_module(type(rule).__module__)
    documentation = inspect.getdoc(type(rule)) or ""

    assert re.fullmatch(r"CN\d{3}", rule.code)
    assert Path(str(module.__file__)).stem == rule.name.replace("-", "_")
    assert type(rule).__name__ == rule.name.title().replace("-", "")
    assert tuple(re.findall(r"^## (.+)$", documentation, re.MULTILINE)) == HEADINGS
    assert len(rule.INVALID) >= 4
    assert len(rule.VALID) >= 6
    reasons = [one.why for one in rule.VALID] + [one.what for one in rule.INVALID]
    assert all(reasons)
    assert len(set(reasons)) == len(reasons)


def test_codes_and_names_are_unique() -> None:
    rules = all_rules()

    assert rules
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
