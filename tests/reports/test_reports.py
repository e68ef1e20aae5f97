"""Reports: what a person and a program read of the same findings."""

from __future__ import annotations

import io
import json
import random
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from canonry.model import (
    Evidence,
    Finding,
    Location,
    Match,
    Position,
    Range,
    Related,
    Severity,
    Signature,
    Symbol,
    SymbolKind,
    Weight,
)
from canonry.reports.json import findings_json, matches_json
from canonry.reports.text import findings_text, headline, matches_text
from rich.console import Console

ROOT = Path("/work/shop")
SOURCE = "import x\n\ndef round_currency(value):\n    return value\n"


def at(line: int, column: int, end: int) -> Range:
    return Range(Position(line, column), Position(line, end))


FINDING = Finding(
    code="CN001",
    name="reimplemented-definition",
    message="`round_currency` already exists as `app.money.round_half_up`: same calls: quantize; 2 params",
    severity=Severity.WARNING,
    path=ROOT / "app" / "orders.py",
    range=at(2, 4, 18),
    evidence=(
        Evidence("calls", 1.0, "same calls: quantize"),
        Evidence("parameters", 0.51239, "2 params"),
    ),
    related=(
        Related(
            "existing: def round_half_up(amount)",
            Location(ROOT / "app" / "money.py", at(7, 4, 17)),
            "app.money.round_half_up",
        ),
    ),
    probability=0.912345,
    symbol="app.orders.round_currency",
)
SETTING = Finding(
    "CN901", "invalid-setting", "Unknown setting `x`", Severity.ERROR, ROOT / "canonry.toml", at(0, 0, 1)
)
MATCH = Match(
    Symbol(
        "round_half_up",
        "app.money.round_half_up",
        SymbolKind.FUNCTION,
        "app.money",
        ROOT / "app" / "money.py",
        Range(Position(6, 0), Position(9, 0)),
        at(7, 4, 17),
        Signature(),
        "Round an amount.\n\nMore.",
        uses=3,
    ),
    0.28,
    (Evidence("name", 0.4, "similar name: round"),),
    (Weight("start", -2.0), Weight("name", 1.0), Weight("length", 0.04)),
)


def source_of(path: Path) -> str:
    if path.name != "orders.py":
        raise FileNotFoundError(path)
    return SOURCE


def plain(findings: list[Finding]) -> str:
    return findings_text(findings, ROOT, source_of).plain


def test_a_finding_as_text_shows_source_reasons_and_the_existing_place() -> None:
    assert plain([FINDING]) == (
        "app/orders.py:3:5: warning CN001 `round_currency` already exists as `app.money.round_half_up`\n"
        "  3 | def round_currency(value):\n"
        "    |     ^^^^^^^^^^^^^^\n"
        "  why: same calls: quantize\n"
        "  why: 2 params\n"
        "  existing: def round_half_up(amount)\n"
        "    app/money.py:8:5\n"
        "\n"
        "1 finding in 1 file.\n"
    )


def test_a_finding_without_source_and_evidence_is_one_line() -> None:
    assert plain([SETTING]) == "canonry.toml:1:1: error CN901 Unknown setting `x`\n\n1 finding in 1 file.\n"


def test_no_findings_are_said() -> None:
    assert plain([]) == "No findings.\n"
    assert plain([FINDING, SETTING, FINDING]).endswith("\n3 findings in 2 files.\n")


def test_the_message_is_shown_whole_where_the_reasons_are_not_in_it() -> None:
    assert headline(SETTING) == SETTING.message
    other = Finding("CN001", "x", "a: b", Severity.HINT, ROOT, at(0, 0, 0), (Evidence("k", 1.0, "c"),))
    assert headline(other) == "a: b"


@pytest.mark.parametrize(
    ("line", "range", "excerpt"),
    [
        ("名前 = f()", at(0, 5, 6), "  1 | 名前 = f()\n    |        ^\n"),
        ("\tx = 1", at(0, 1, 2), "  1 |     x = 1\n    |     ^\n"),
        ("abc", at(0, 3, 3), "  1 | abc\n    |    ^\n"),
        ("def f(", Range(Position(0, 4), Position(3, 2)), "  1 | def f(\n    |     ^^\n"),
        ("a\x1b[31mb\u202e", at(0, 0, 1), "  1 | a\ufffd[31mb\ufffd\n    | ^\n"),
    ],
)
def test_carets_stand_below_what_is_meant(line: str, range: Range, excerpt: str) -> None:
    finding = Finding("CN001", "x", "m", Severity.HINT, ROOT / "a.py", range)

    text = findings_text([finding], ROOT, lambda path: line + "\r\nnext").plain

    assert text == f"a.py:1:{range.start.column + 1}: hint CN001 m\n{excerpt}\n1 finding in 1 file.\n"


def test_colours_are_used_on_a_terminal_only() -> None:
    text = findings_text([FINDING], ROOT, source_of)
    terminal, file = io.StringIO(), io.StringIO()
    Console(file=terminal, force_terminal=True, soft_wrap=True, no_color=False).print(text, end="")
    Console(file=file, soft_wrap=True).print(text, end="")

    assert file.getvalue() == text.plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()) == text.plain
    assert terminal.getvalue() != text.plain


def test_matches_as_text() -> None:
    text = matches_text("round_money", [MATCH], ROOT, explain=True).plain

    assert text == (
        "Most like round_money:\n"
        "\n"
        " 28 %  app.money.round_half_up\n"
        "  app/money.py:8:5\n"
        "  def round_half_up()\n"
        "  Round an amount.\n"
        "  used by 3 other modules\n"
        "  why: similar name: round\n"
        "  weights: start -2.00, name +1.00; together -0.96\n"
    )
    assert "why" not in matches_text("round_money", [MATCH], ROOT, explain=False).plain
    assert matches_text("x", [], ROOT, explain=True).plain == "Nothing like x was found.\n"


def test_findings_as_json_follow_the_schema() -> None:
    schema = json.loads(files("canonry.reports").joinpath("findings.schema.json").read_text("utf-8"))

    document = json.loads(findings_json([SETTING, FINDING], ROOT))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    first, second = document["findings"]
    assert first["path"] == "app/orders.py"
    assert first["range"] == {"start": {"line": 3, "column": 5}, "end": {"line": 3, "column": 19}}
    assert first["severity"] == "warning"
    assert first["probability"] == 0.9123
    assert first["evidence"][1] == {"kind": "parameters", "score": 0.5124, "why": "2 params"}
    assert first["related"][0]["path"] == "app/money.py"
    assert first["related"][0]["symbol"] == "app.money.round_half_up"
    assert second["probability"] is None
    assert second["related"] == []


def test_matches_as_json_follow_the_schema() -> None:
    schema = json.loads(files("canonry.reports").joinpath("matches.schema.json").read_text("utf-8"))

    document = json.loads(matches_json("round_money", [MATCH], ROOT))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert document["query"] == "round_money"
    assert document["matches"][0]["docstring"] == "Round an amount.\n\nMore."
    assert document["matches"][0]["weights"][1] == {"kind": "name", "logit": 1.0}


def test_the_documents_in_the_manual_follow_the_schemas() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    found, matched = re.findall(r"```json\n(.*?)```", manual, re.DOTALL)

    for text, name in ((found, "findings"), (matched, "matches")):
        schema = json.loads(files("canonry.reports").joinpath(f"{name}.schema.json").read_text("utf-8"))
        jsonschema.validate(json.loads(text), schema)


def test_the_order_of_findings_does_not_matter() -> None:
    findings = [
        Finding("CN001", "x", message, Severity.HINT, ROOT / name, at(line, 0, 1))
        for name in ("b.py", "a.py")
        for line in (3, 1)
        for message in ("z", "a")
    ]
    expected = findings_json(findings, ROOT)

    shuffled = random.Random(7).sample(findings, len(findings))

    assert findings_json(shuffled, ROOT) == expected
    assert findings_text(shuffled, ROOT, source_of) == findings_text(findings, ROOT, source_of)


def test_paths_and_texts_that_are_no_unicode_are_still_reported() -> None:
    path = Path("/elsewhere/caf\udce9.py")
    finding = Finding("CN001", "x", "\ud800", Severity.HINT, path, at(0, 0, 1))

    document = json.loads(findings_json([finding], ROOT))

    assert document["findings"][0]["path"] == "/elsewhere/caf\ufffd.py"
    assert document["findings"][0]["message"] == "?"
