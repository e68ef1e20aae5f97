"""Annotations of GitHub Actions: workflow commands that show findings in a pull request's files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from canonry.model import Finding, Severity
from canonry.reports.ordering import in_order
from canonry.reports.paths import shown_path

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def findings_github(findings: Iterable[Finding], root: Path) -> str:
    """One workflow command a finding, with paths relative to `root`, which is the checkout's folder."""
    return "".join(_command(one, root) for one in in_order(findings, root))


def _command(finding: Finding, root: Path) -> str:
    start, end = finding.range.start, finding.range.end
    properties = {
        "file": shown_path(finding.path, root),
        "line": str(start.line + 1),
        "endLine": str(end.line + 1),
        "title": f"{finding.code} {finding.name}",
    }
    if start.line == end.line:  # columns are meant within one line
        properties |= {"col": str(start.column + 1), "endColumn": str(end.column + 1)}
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = finding.message
    for related in finding.related[:1]:
        place = related.location.range.start
        message += f"\n{shown_path(related.location.path, root)}:{place.line + 1}: {related.message}"
    return f"::{_LEVELS.get(finding.severity, 'notice')} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    """Escaped as @actions/core does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
