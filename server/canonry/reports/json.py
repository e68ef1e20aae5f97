"""Reports for programs: docs/json.md describes them, the schemas beside this file define them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from canonry.model import Evidence, Finding, Match, Position, Range, Related, Symbol
from canonry.reports.ordering import in_order
from canonry.reports.paths import shown_path

VERSION = 1
"""Of the format: raised when a program that reads the former one would go wrong."""


def findings_json(findings: Iterable[Finding], root: Path) -> str:
    """The findings as one JSON document, sorted, with paths relative to `root`; ends with a newline."""
    return _document({"findings": [_finding(one, root) for one in in_order(findings, root)]})


def matches_json(query: str, matches: Iterable[Match], root: Path) -> str:
    """The existing definitions nearest to a query, best first; ends with a newline."""
    return _document({"query": query, "matches": [_match(one, root) for one in matches]})


def _document(content: dict[str, object]) -> str:
    text = json.dumps({"version": VERSION, **content}, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode() + "\n"


def _finding(finding: Finding, root: Path) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "severity": finding.severity.name.lower(),
        "path": shown_path(finding.path, root),
        "range": _range(finding.range),
        "symbol": finding.symbol,
        "priority": None if finding.priority is None else finding.priority.value,
        "tags": [one.value for one in finding.tags],
        "probability": None if finding.probability is None else round(finding.probability, 4),
        "evidence": [_evidence(one) for one in finding.evidence],
        "related": [_related(one, root) for one in finding.related],
    }


def _related(related: Related, root: Path) -> dict[str, object]:
    return {
        "message": related.message,
        "path": shown_path(related.location.path, root),
        "range": _range(related.location.range),
        "symbol": related.qualified_name,
    }


def _match(match: Match, root: Path) -> dict[str, object]:
    return {
        **_symbol(match.symbol, root),
        "probability": round(match.probability, 4),
        "evidence": [_evidence(one) for one in match.evidence],
        "weights": [{"kind": one.kind, "logit": round(one.logit, 4)} for one in match.weights],
    }


def _symbol(symbol: Symbol, root: Path) -> dict[str, object]:
    return {
        "symbol": symbol.qualified_name,
        "kind": symbol.kind.value,
        "signature": symbol.render(),
        "docstring": symbol.docstring,
        "path": shown_path(symbol.path, root),
        "range": _range(symbol.name_range),
        "uses": symbol.uses,
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {"kind": evidence.kind, "score": round(evidence.score, 4), "why": evidence.why}


def _range(range: Range) -> dict[str, object]:
    return {"start": _position(range.start), "end": _position(range.end)}


def _position(position: Position) -> dict[str, int]:
    """One-based, as editors show them and as the text report prints them."""
    return {"line": position.line + 1, "column": position.column + 1}
