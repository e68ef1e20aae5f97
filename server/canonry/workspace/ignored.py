"""The ignoring comments of one file: which findings they take back, and which of them have been of use."""

from __future__ import annotations

from canonry.model import Finding, Position
from canonry.rules.useless_ignore import UselessIgnore
from canonry.scopes.comments import IGNORE, Told, ignoring, read_comments
from canonry.workspace.buffers import Document


class Comments:
    """The ignoring comments of a document."""

    def __init__(self, document: Document) -> None:
        self.all = read_comments(document.facts.ignores)
        self.used: set[tuple[Told, str]] = set()
        """Comments that have taken back a finding, each with the code by which it did."""
        self._document = document

    def take_back(self, finding: Finding) -> bool:
        """Whether a comment takes a finding back; it is noted as of use then."""
        if not self.all:
            return False
        first = last = at = finding.range.start.line
        around: list[tuple[int, int]] = []
        for definition in self._document.facts.definitions:
            header = max(definition.name_line, definition.body_line - 1)
            if definition.name_range == finding.range:
                first, last, around = definition.start_line, header, []
                break  # it is about this definition, not about what is inside of another
            if definition.start_line <= at <= definition.end_line:
                around.append((definition.start_line, header))
        last = max(last, end_of_string(self._document, first).line)
        applying = self._applying(finding, first, last)
        for first, last in around:
            applying += [
                one
                for one in self._applying(finding, first, last)
                if one.codes and one.word == IGNORE and one not in applying
            ]
        if finding.code == UselessIgnore.code:  # or a comment without codes would hide that it is useless
            applying = [one for one in applying if one.codes]
        for one in applying:
            self.used.update(
                (one, code)
                for code in one.codes or ("",)
                if finding.code.startswith(code) or code == finding.name.upper()
            )
        return bool(applying)

    def _applying(self, finding: Finding, first: int, last: int) -> list[Told]:
        lines = self._document.lines
        if 0 < first <= len(lines) and not lines[first - 1].lstrip().startswith("#"):
            first += 1  # a comment that ends the statement above speaks of that one
        return ignoring(self.all, finding.code, first, last, finding.name)


def end_of_string(document: Document, line: int) -> Position:
    """Where the string ends that a line is in the midst of, where no comment can stand; else the line."""
    tree = document.tree
    for node in tree.nodes("string"):
        if node.start_point[0] <= line < node.end_point[0]:
            return tree.range(node).end
    return Position(line, 0)
