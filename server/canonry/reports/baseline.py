"""A file of findings that are known: docs/baseline.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from canonry.model import Finding
from canonry.reports.fingerprint import SourceOf, fingerprints
from canonry.reports.ordering import in_order
from canonry.reports.paths import shown_path

VERSION = 1
"""Of the format: raised when fingerprints or the file's form change."""


class DamagedBaseline(ValueError):
    """A file is no baseline; the message says what is wrong, and where."""


def baseline_json(findings: Iterable[Finding], root: Path, source_of: SourceOf) -> str:
    """A baseline of these findings: one line each, in order, so that changes of it are easy to review."""
    ordered = in_order(findings, root)
    rows = [
        {"path": shown_path(one.path, root), "code": one.code, "symbol": one.symbol, "fingerprint": mark}
        for one, mark in zip(ordered, fingerprints(ordered, root, source_of), strict=True)
    ]
    rows.sort(key=lambda row: (row["path"], row["code"], row["symbol"], row["fingerprint"]))
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    body = f"[\n{lines}\n  ]" if rows else "[]"
    text = f'{{\n  "canonry-baseline": {VERSION},\n  "findings": {body}\n}}\n'
    return text.encode("utf-8", "replace").decode()


def read_baseline(text: str) -> frozenset[str]:
    """The fingerprints of a baseline. Raises DamagedBaseline."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise DamagedBaseline(f"line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise DamagedBaseline("its values are nested too deeply") from error
    except ValueError as error:  # an integer of thousands of digits
        raise DamagedBaseline(str(error)) from error
    if not isinstance(document, dict) or "canonry-baseline" not in document:
        raise DamagedBaseline('there is no "canonry-baseline" in it')
    version = document["canonry-baseline"]
    if version is True or version != VERSION:
        raise DamagedBaseline(f"its version is {version!r}, this Canonry reads version {VERSION}")
    rows = document.get("findings")
    if not isinstance(rows, list):
        raise DamagedBaseline('"findings" is no list')
    found: set[str] = set()
    for number, row in enumerate(rows, 1):
        mark = row.get("fingerprint") if isinstance(row, dict) else None
        if not isinstance(mark, str):
            raise DamagedBaseline(f"finding {number} has no fingerprint")
        found.add(mark)
    return frozenset(found)


def new_findings(
    findings: Iterable[Finding], known: frozenset[str], root: Path, source_of: SourceOf
) -> list[Finding]:
    """The findings that a baseline does not have."""
    ordered = in_order(findings, root)
    marks = fingerprints(ordered, root, source_of)
    return [one for one, mark in zip(ordered, marks, strict=True) if mark not in known]
