"""Every rule's examples, which are its documentation too, and the shape that all rules have.

An example is code, or a whole workspace as a dictionary of files. A line that ends with
`# want: CN001 text` wants a finding of that code there whose message has the text (the text may be
left out). What no line wants must not be found.
"""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest
from canonry.rules.base import Invalid, Rule, Valid, all_rules
from canonry.workspace import Workspace

HEADINGS = ("What it does", "Why is this bad?", "Example", "Use instead", "When it stays silent")
MARK = re.compile(r"# want: (CN\d{3})(?: (.+))?$")
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
    workspace.shutdown()
    texts = {place[:2]: place[3] for place in expected}

    told = []
    for one in found:
        place = (one.path.relative_to(workspace.root).as_posix(), one.range.start.line)
        text = texts.get(place, "")
        told.append((*place, one.code, text if text in one.message else one.message))

    assert sorted(told) == expected
    assert bool(expected) == isinstance(example, Invalid)


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
