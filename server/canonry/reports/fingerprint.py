"""What a finding is known by when lines move: its rule, its file, what it is about and how its line reads."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from canonry.model import Finding
from canonry.reports.paths import shown_path

SourceOf = Callable[[Path], str]
"""The text of a file; may raise OSError or ValueError, then the finding is known by the rest."""


def fingerprints(findings: Iterable[Finding], root: Path, source_of: SourceOf) -> list[str]:
    """For each finding 16 hexadecimal digits; findings alike in one file are told apart by their number.

    Neither line numbers nor the message are in it, so it stays when code above changes or evidence is
    worded otherwise. It changes with the file's path, so a copy in another file is another finding.
    """

    @cache
    def lines_of(path: Path) -> list[str]:
        try:
            return source_of(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        except (OSError, ValueError):
            return []

    seen: Counter[str] = Counter()
    found: list[str] = []
    for one in findings:
        lines, line = lines_of(one.path), one.range.start.line
        text = " ".join(lines[line].split()) if line < len(lines) else ""
        parts = (one.code, shown_path(one.path, root), one.symbol, text)
        key = "\0".join(parts)
        seen[key] += 1
        whole = f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")
        found.append(hashlib.blake2b(whole, digest_size=8).hexdigest())
    return found
