"""What is shown for the name of a definition: what exists already, and the definition's own standing."""

from __future__ import annotations

from itertools import takewhile

from canonry.model import Hover, Match, Position, Symbol
from canonry.workspace.buffers import Document
from canonry.workspace.check import Checker

MOST_SHOWN = 3
"""Existing definitions in one hover."""
MOST_DOC_LINES = 8
"""Lines of a docstring."""
LEAST_PROBABILITY = 0.1
"""Below the threshold candidates are shown on demand; below this they are noise even so."""


def hover(document: Document, checker: Checker, position: Position) -> Hover | None:
    """The hover for the definition whose name is at `position`; None elsewhere."""
    for one in document.facts.definitions:
        if one.name_range.contains(position):
            matches = [match for match in checker.similar(one) if match.probability >= LEAST_PROBABILITY][
                :MOST_SHOWN
            ]
            uses = checker.uses(one)
            if not matches and not uses:
                return None
            # Editors show the finding beside the hover: its reasons are not said twice.
            found = any(finding.range == one.name_range for finding in checker.findings())
            parts = [_existing(match, found and at == 0) for at, match in enumerate(matches)]
            if uses:
                parts.append(f"`{one.name}` is used by {_modules(uses)}.")
            markdown = "\n\n---\n\n".join(parts)
            return Hover(one.name_range, markdown, _plain(matches, uses, one.name))
    return None


def _existing(match: Match, found: bool) -> str:
    """One match; `found` where a finding stands at the definition, and names this one first."""
    symbol = match.symbol
    lead = "**Already exists**" if found else "**Similar**"
    lines = [
        f"{lead}: `{symbol.qualified_name}` · {match.probability:.0%}".replace("%", " %"),
        f"```python\n{symbol.render()}\n```",
    ]
    documentation = _documentation(symbol)
    if documentation:
        lines.append(documentation)
    lines.append(f"`{symbol.path.name}:{symbol.name_range.start.line + 1}` · {_used(symbol)}")
    if match.evidence and not found:
        lines.append("Why: " + "; ".join(one.why for one in match.evidence))
    return "\n\n".join(lines)


def _plain(matches: list[Match], uses: int, name: str) -> str:
    lines = []
    for match in matches:
        symbol = match.symbol
        lines.append(
            f"Exists: {symbol.qualified_name} ({match.probability:.0%}), {_used(symbol)}".replace("%", " %")
        )
        lines.append(f"  {symbol.render()}")
        if match.evidence:
            lines.append("  why: " + "; ".join(one.why for one in match.evidence))
    if uses:
        lines.append(f"{name} is used by {_modules(uses)}.")
    return "\n".join(lines)


def _documentation(symbol: Symbol) -> str:
    """The prose at a docstring's beginning: examples of the interpreter are no Markdown."""
    lines = symbol.docstring.splitlines()
    prose = list(takewhile(lambda line: not line.lstrip().startswith(">>>"), lines))
    shown = prose[:MOST_DOC_LINES]
    return "\n".join(shown).rstrip() + ("\n…" if len(prose) > MOST_DOC_LINES else "")


def _used(symbol: Symbol) -> str:
    return f"used by {_modules(symbol.uses)}" if symbol.uses else "not used by other modules"


def _modules(count: int) -> str:
    return "1 module" if count == 1 else f"{count} modules"
