"""The pages that come from the code are those that the code gives today."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from canonry.lsp.convert import DOCUMENTATION
from canonry.rules.base import Rule, all_rules

ROOT = Path(__file__).parents[1]


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "docs/generate.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_generated_pages_are_up_to_date() -> None:
    run = generate("--check")

    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_the_page_that_its_findings_link_to(rule: Rule) -> None:
    path = DOCUMENTATION.format(code=rule.code).partition("/main/")[2]

    assert (ROOT / path).read_text("utf-8").count(f"# {rule.code}: {rule.name}") == 1
    assert f"({rule.code}.md)" in (ROOT / "docs/rules/index.md").read_text("utf-8")


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in target and not (page.parent / target).exists():
                broken.append((page.name, target))

    assert broken == []
