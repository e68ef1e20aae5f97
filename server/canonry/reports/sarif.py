"""SARIF 2.1.0, as code scanning reads it. Plain dictionaries: a test holds them against the format."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from canonry import __version__
from canonry.model import Finding, Location, Range, Related, Severity
from canonry.reports.fingerprint import SourceOf, fingerprints
from canonry.reports.ordering import in_order
from canonry.reports.paths import shown_path
from canonry.rules.base import Rule, all_rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
INFORMATION = "https://github.com/canonry/canonry"
HELP = INFORMATION + "/blob/main/docs/rules/{code}.md"
FINGERPRINT = "canonryFinding/v1"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def findings_sarif(findings: Iterable[Finding], root: Path, source_of: SourceOf) -> str:
    """The findings as one SARIF log with one run, sorted, paths relative to `root`; ends with a newline."""
    ordered = in_order(findings, root)
    rules = {rule.code: rule for rule in all_rules()}
    names = dict(sorted({one.code: one.name for one in ordered}.items()))
    places = {code: at for at, code in enumerate(names)}
    marks = fingerprints(ordered, root, source_of)
    run = {
        "tool": {
            "driver": {
                "name": "Canonry",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": INFORMATION,
                "rules": [_rule(code, name, rules.get(code)) for code, name in names.items()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The workspace."}}},
        "results": [
            _result(one, mark, places[one.code], root) for one, mark in zip(ordered, marks, strict=True)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode() + "\n"


def _rule(code: str, name: str, rule: Rule | None) -> Mapping[str, object]:
    described: dict[str, object] = {"id": code, "name": _pascal(name), "helpUri": HELP.format(code=code)}
    if rule is not None:
        text = inspect.cleandoc(rule.__doc__ or "")
        described["shortDescription"] = {"text": _summary(text) or name}
        described["help"] = {"text": text, "markdown": text}
        described["defaultConfiguration"] = {"level": _level(rule.severity)}
    else:
        described["shortDescription"] = {"text": name}
    return described


def _summary(text: str) -> str:
    """The first sentence below the first heading."""
    body = " ".join(line for line in text.splitlines() if not line.startswith("#")).strip()
    return body.partition(". ")[0].removesuffix(".") + "." if body else ""


def _result(finding: Finding, mark: str, rule: int, root: Path) -> Mapping[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _physical(finding.path, finding.range, root)}],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if finding.symbol:
        result["locations"] = [
            {
                "physicalLocation": _physical(finding.path, finding.range, root),
                "logicalLocations": [{"fullyQualifiedName": finding.symbol}],
            }
        ]
    if finding.related:
        result["relatedLocations"] = _related(finding.related, root)
    if finding.probability is not None:
        result["rank"] = round(100 * finding.probability, 1)
    return result


def _related(related: Sequence[Related], root: Path) -> list[Mapping[str, object]]:
    def location(at: int, place: Location, message: str) -> Mapping[str, object]:
        return {
            "id": at,
            "physicalLocation": _physical(place.path, place.range, root),
            "message": {"text": message},
        }

    return [location(at, one.location, one.message) for at, one in enumerate(related, 1)]


def _physical(path: Path, range: Range, root: Path) -> Mapping[str, object]:
    artifact: dict[str, object] = {"uri": quote(shown_path(path, root))}
    if path.is_relative_to(root):
        artifact["uriBaseId"] = "SRCROOT"
    return {
        "artifactLocation": artifact,
        "region": {
            "startLine": range.start.line + 1,
            "startColumn": range.start.column + 1,
            "endLine": range.end.line + 1,
            "endColumn": range.end.column + 1,
        },
    }


def _level(severity: Severity) -> str:
    return _LEVELS.get(severity, "note")


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
