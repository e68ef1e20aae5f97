"""Reports for people: the place, its source with a caret, what is wrong and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

from canonry.model import Evidence, Finding, Location, Match, Range, Severity, Symbol
from canonry.reports.ordering import in_order
from canonry.reports.paths import shown_path

SourceOf = Callable[[Path], str]
"""The text of a file; may raise OSError or ValueError, then there is no excerpt."""

COLOURS = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFORMATION: "bold blue",
    Severity.HINT: "bold cyan",
}

LEAST_WEIGHT = 0.05
"""Of a logit. What adds less is not told: it moves a probability by a hundredth at most."""

_CONTROLS = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "\N{REPLACEMENT CHARACTER}",
) | {ord("\t"): "    "}
"""What could steer a terminal or turn the direction of writing must not reach it from a source file."""


def findings_text(findings: Iterable[Finding], root: Path, source_of: SourceOf) -> Text:
    """Every finding with its excerpt and reasons, and how many there are; styled, to be printed by rich."""
    ordered = in_order(findings, root)
    lines_of = _lines_reader(source_of)
    report = Text()
    for finding in ordered:
        report.append_text(finding_text(finding, root, lines_of(finding.path)))
        report.append("\n")
    report.append(_summary(ordered), style="bold")
    return report.append("\n")


def finding_text(finding: Finding, root: Path, lines: Sequence[str]) -> Text:
    """One finding; `lines` are those of its file, empty where they cannot be had."""
    text = _place(Location(finding.path, finding.range), root)
    text.append(": ")
    text.append(f"{finding.severity.name.lower()} {finding.code}", style=COLOURS[finding.severity])
    text.append(f" {_printable(headline(finding))}\n")
    text.append_text(_excerpt(finding.range, lines, COLOURS[finding.severity]))
    text.append_text(_reasons(finding.evidence))
    for related in finding.related:
        text.append("  ")
        text.append(_printable(related.message), style="green")
        text.append("\n    ")
        text.append_text(_place(related.location, root))
        text.append("\n")
    return text


def headline(finding: Finding) -> str:
    """The message without the reasons at its end, which have lines of their own below."""
    if not finding.evidence:
        return finding.message
    return finding.message.partition(f": {finding.evidence[0].why}")[0]


def matches_text(query: str, matches: Sequence[Match], root: Path, *, explain: bool) -> Text:
    """The existing definitions nearest to a query, best first, with the reasons if `explain`."""
    if not matches:
        return Text(f"Nothing like {query} was found.\n")
    text = Text("Most like ")
    text.append(_printable(query), style="bold")
    text.append(":\n")
    for match in matches:
        text.append(f"\n{match.probability:4.0%}  ".replace("%", " %"), style="bold")
        text.append_text(_definition(match.symbol, root))
        if explain:
            text.append_text(_reasons(match.evidence))
            text.append_text(_weights(match))
    return text


def _definition(symbol: Symbol, root: Path) -> Text:
    text = Text(_printable(symbol.qualified_name), style="bold cyan")
    text.append("\n  ")
    text.append_text(_place(Location(symbol.path, symbol.name_range), root))
    text.append(f"\n  {_printable(symbol.render())}\n", style="not bold default")
    summary = symbol.docstring.strip().partition("\n")[0]
    if summary:
        text.append(f"  {_printable(summary)}\n", style="not bold default italic")
    if symbol.uses:
        text.append(f"  used by {_counted(symbol.uses, 'other module')}\n", style="not bold default")
    return text


def _place(location: Location, root: Path) -> Text:
    """`path:line:column`, one-based, which terminals and editors make a link of."""
    start = location.range.start
    path = _printable(shown_path(location.path, root))
    return Text(f"{path}:{start.line + 1}:{start.column + 1}", style="bold")


def _excerpt(range: Range, lines: Sequence[str], style: str) -> Text:
    """The line where it begins and a caret below each of its columns there."""
    text = Text()
    if range.start.line >= len(lines):
        return text
    line = lines[range.start.line]
    until = range.end.column if range.end.line == range.start.line else len(line)
    before, marked = line[: range.start.column], line[range.start.column : until]
    number = str(range.start.line + 1)
    margin = " " * len(number)
    text.append(f"  {number} | ", style="blue")
    text.append(_printable(line) + "\n")
    text.append(f"  {margin} | ", style="blue")
    text.append(" " * cell_len(_printable(before)))
    text.append("^" * max(1, cell_len(_printable(marked))) + "\n", style=style)
    return text


def _weights(match: Match) -> Text:
    """What the probability is made of: parts of its logit."""
    text = Text()
    if match.weights:
        told = [f"{one.kind} {one.logit:+.2f}" for one in match.weights if abs(one.logit) >= LEAST_WEIGHT]
        total = sum(one.logit for one in match.weights)
        text.append("  weights: ", style="dim")
        text.append(f"{', '.join(told)}; together {total:+.2f}\n")
    return text


def _reasons(evidence: Sequence[Evidence]) -> Text:
    text = Text()
    for one in evidence:
        text.append("  why: ", style="dim")
        text.append(f"{_printable(one.why)}\n")
    return text


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "No findings."
    files = len({finding.path for finding in findings})
    return f"{_counted(len(findings), 'finding')} in {_counted(files, 'file')}."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _lines_reader(source_of: SourceOf) -> Callable[[Path], Sequence[str]]:
    @cache
    def lines_of(path: Path) -> Sequence[str]:
        try:
            return [line.rstrip("\r") for line in source_of(path).split("\n")]
        except (OSError, ValueError):
            return ()  # deleted or not text: the finding stands without its source

    return lines_of


def _printable(text: str) -> str:
    return text.translate(_CONTROLS)
