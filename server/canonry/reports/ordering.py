"""The order in which findings are reported."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from canonry.model import Finding
from canonry.reports.paths import shown_path


def in_order(findings: Iterable[Finding], root: Path) -> list[Finding]:
    """By path, place, code and message: the same findings give the same report, byte for byte."""
    return sorted(findings, key=lambda one: (shown_path(one.path, root), one.range, one.code, one.message))
