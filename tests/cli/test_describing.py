"""Commands that describe: the rules, a rule's page, the services."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run


def test_rules_are_listed_with_their_severities(canonry: Run) -> None:
    done = canonry("rules")

    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[:3] for line in lines if line[0] == "CN203"] == [["CN203", "silent-fallback", "warning"]]


def test_a_rule_is_explained_by_code_or_name(canonry: Run) -> None:
    done = canonry("explain", "cn203")

    assert done.stdout.startswith("# CN203: silent-fallback\n\nSeverity: warning.\n\n## What it does\n")
    assert canonry("explain", "silent-fallback").stdout == done.stdout


def test_an_unknown_rule_is_an_error_with_the_nearest_one(canonry: Run) -> None:
    done = canonry("explain", "silent-fallbacks")

    assert done.returncode == 2
    assert "Did you mean silent-fallback?" in done.stderr


def test_scopes_are_listed(canonry: Run, project: Path) -> None:
    assert canonry("scopes").stdout.startswith("no services")
    (project / "canonry.toml").write_text(
        '[services]\nshop = "app"\nshared = "libs"\n[allowed-imports]\nshop = ["x"]\n', "utf-8"
    )

    assert canonry("scopes").stdout.splitlines() == [
        "declared in the settings:",
        "shared: libs/ (0 files)",
        "shop: app/ (4 files, may import x)",
    ]


def test_lessons_are_listed_with_what_could_not_be_used(canonry: Run, project: Path) -> None:
    assert canonry("lessons").stdout.startswith("no lessons")
    (project / "canonry.toml").write_text('lessons = ["docs/*.md"]\n', "utf-8")
    assert canonry("lessons").returncode == 2
    (project / "docs").mkdir()
    (project / "docs" / "money.md").write_text(
        "# Money\n\nKeywords: `Decimal`\n\nWRONG: `float(price)`\n\nCORRECT: `Decimal(price)`\n\n"
        "WRONG: `rm x`\n",
        "utf-8",
    )

    done = canonry("lessons")

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "docs/money.md",
        "  1: Money",
        "    5: wrong: `float(price)` -> `Decimal(price)`",
        "    3: keyword: Decimal",
        "  9: not used: `rm x`: it is no Python that can be read",
    ]
    (project / "docs" / "other.md").write_bytes(b"\xff")
    assert "docs/other.md: line 1 is not UTF-8" in canonry("lessons").stderr
    checked = canonry("check", "--select", "CN7")
    assert "docs/other.md:1:1: warning CN901" in checked.stdout


def test_the_time_of_each_rule_is_told_beside_the_report(canonry: Run) -> None:
    done = canonry("check", "--profile", "app/money.py")

    assert done.stdout == "No findings.\n"
    assert done.stderr.startswith("rules: ")
    assert "CN203" in done.stderr
