"""SARIF as code scanning reads it."""

from __future__ import annotations

import json
from pathlib import Path

from canonry.model import Finding, Location, Position, Range, Related, Severity
from canonry.reports.github import findings_github
from canonry.reports.sarif import findings_sarif
from sarif_pydantic import Sarif

ROOT = Path("/work")
TEXT = "a = 1\nb = f(x)\n"


def finding(path: str = "app/ü b.py", line: int = 1, **more: object) -> Finding:
    place = Range(Position(line, 0), Position(line, 5))
    values: dict[str, object] = {"code": "CN001", "name": "reimplemented-definition", "message": "twice"}
    values |= {"severity": Severity.WARNING, "path": ROOT / path, "range": place, **more}
    return Finding(**values)  # type: ignore[arg-type]


def log(*findings: Finding) -> dict[str, object]:
    text = findings_sarif(findings, ROOT, lambda path: TEXT)
    Sarif.model_validate_json(text)
    run = json.loads(text)["runs"][0]
    assert isinstance(run, dict)
    return run


def test_a_log_without_findings_is_valid() -> None:
    assert log()["results"] == []


def test_a_result_has_its_place_its_rule_and_what_exists() -> None:
    existing = Related(
        "existing: f()", Location(ROOT / "app/f.py", Range(Position(3, 4), Position(3, 5))), "f"
    )
    run = log(finding(related=(existing,), probability=0.875, symbol="app.b"))
    (result,) = run["results"]  # type: ignore[misc]
    (rule,) = run["tool"]["driver"]["rules"]  # type: ignore[index]

    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "app/%C3%BC%20b.py", "uriBaseId": "SRCROOT"}
    assert place["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 6}
    assert (result["level"], result["rank"]) == ("warning", 87.5)
    assert result["relatedLocations"][0]["message"] == {"text": "existing: f()"}
    assert rule["id"] == "CN001"
    assert "## What it does" in rule["help"]["markdown"]
    assert rule["shortDescription"]["text"].startswith("Finds a function, method or class")


def test_fingerprints_stay_when_lines_move_and_differ_between_findings() -> None:
    def marks(*findings: Finding, text: str = TEXT) -> list[str]:
        run = json.loads(findings_sarif(findings, ROOT, lambda path: text))["runs"][0]
        return [one["partialFingerprints"]["canonryFinding/v1"] for one in run["results"]]

    (mark,) = marks(finding())

    assert marks(finding(line=3), text="\n\n" + TEXT) == [mark]
    assert marks(finding(message="otherwise said")) == [mark]
    assert (
        len({mark, *marks(finding("other.py")), *marks(finding(code="CN203")), *marks(finding(line=0))}) == 4
    )
    assert len(set(marks(finding(), finding(line=3), text=TEXT + TEXT))) == 2


def test_a_file_that_cannot_be_read_has_a_fingerprint_too() -> None:
    def unreadable(path: Path) -> str:
        raise OSError

    assert '"canonryFinding/v1": "' in findings_sarif([finding()], ROOT, unreadable)


def test_annotations_are_escaped() -> None:
    told = findings_github([finding("a,b:c.py", message="50 %\nmore", severity=Severity.HINT)], ROOT)

    assert told == (
        "::notice file=a%2Cb%3Ac.py,line=2,endLine=2,title=CN001 reimplemented-definition,col=1,endColumn=6"
        "::50 %25%0Amore\n"
    )
