"""Canonry's plain data to the protocol's and back; nothing else turns positions.

Canonry counts columns in code points, the protocol in units of the negotiated encoding. Lines
are the same on both sides: ended by `\\n`, `\\r\\n` or a lone `\\r`. Whatever a client sends is
clamped to the text, as the protocol has it: past a line's end is its end, past the last line
is the end of the text, within a character is its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from lsprotocol import types

from canonry.lsp.client import COMPARE_COMMAND, ClientProfile
from canonry.model import (
    Action,
    ActionKind,
    Applicability,
    Completion,
    FileEdit,
    Finding,
    Fix,
    Hover,
    Location,
    Position,
    Range,
    Symbol,
    SymbolKind,
    Tag,
)

SOURCE = "canonry"
DOCUMENTATION = "https://github.com/canonry/canonry/blob/main/docs/rules/{code}.md"
OPEN_COMMAND = "canonry.open"

_UNSAFE = "canonry.unsafe"
"""The one change annotation of an edit."""

_SYMBOL_KINDS = {
    SymbolKind.FUNCTION: types.SymbolKind.Function,
    SymbolKind.METHOD: types.SymbolKind.Method,
    SymbolKind.CLASS: types.SymbolKind.Class,
}

_TAGS = {
    Tag.UNNECESSARY: types.DiagnosticTag.Unnecessary,
    Tag.DEPRECATED: types.DiagnosticTag.Deprecated,
}

Encoding = types.PositionEncodingKind | str


def column_of(line: str, units: int, encoding: Encoding) -> int:
    """The code point column of `units` code units into `line`, clamped to its text."""
    content = _content_length(line)
    if units <= 0:
        return 0
    if encoding == types.PositionEncodingKind.Utf32 or line.isascii():
        return min(units, content)
    if encoding == types.PositionEncodingKind.Utf8:
        head = line[:content].encode("utf-8", "surrogatepass")[:units]
        return len(head.decode("utf-8", "ignore"))
    head = line[:content].encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(head.decode("utf-16-le", "ignore"))


def units_of(line: str, column: int, encoding: Encoding) -> int:
    """How many code units stand before the code point `column` of `line`, clamped to its text."""
    column = min(max(column, 0), _content_length(line))
    if encoding == types.PositionEncodingKind.Utf32 or line.isascii():
        return column
    if encoding == types.PositionEncodingKind.Utf8:
        return len(line[:column].encode("utf-8", "surrogatepass"))
    return len(line[:column].encode("utf-16-le", "surrogatepass")) // 2


def splits_pair(lines: Sequence[str], position: types.Position) -> bool:
    """Whether a place that is counted in UTF-16 lies between the halves of a surrogate pair."""
    if not 0 <= position.line < len(lines):
        return False
    line = lines[position.line]
    column = column_of(line, position.character, types.PositionEncodingKind.Utf16)
    if column >= _content_length(line) or ord(line[column]) < 0x10000:
        return False
    return position.character > units_of(line, column, types.PositionEncodingKind.Utf16)


def from_client(lines: Sequence[str], position: types.Position, encoding: Encoding) -> Position:
    """The place in a text that a client means; `lines` with their endings, the last without one."""
    if position.line < 0:
        return Position(0, 0)
    if position.line >= len(lines):
        return Position(len(lines) - 1, len(lines[-1])) if lines else Position(0, 0)
    return Position(position.line, column_of(lines[position.line], position.character, encoding))


def range_from_client(lines: Sequence[str], range: types.Range, encoding: Encoding) -> Range:
    """The stretch of a text that a client means, its ends in order."""
    start, end = (from_client(lines, at, encoding) for at in (range.start, range.end))
    return Range(min(start, end), max(start, end))


def to_client(lines: Sequence[str], position: Position, encoding: Encoding) -> types.Position:
    """The client's words for a place in a text; without lines the columns stand as they are."""
    if not lines:
        return types.Position(position.line, position.column)
    if position.line >= len(lines):
        return types.Position(len(lines) - 1, units_of(lines[-1], len(lines[-1]), encoding))
    return types.Position(position.line, units_of(lines[position.line], position.column, encoding))


def range_to_client(lines: Sequence[str], range: Range, encoding: Encoding) -> types.Range:
    """The client's words for a stretch of a text."""
    return types.Range(to_client(lines, range.start, encoding), to_client(lines, range.end, encoding))


def _content_length(line: str) -> int:
    if line.endswith("\r\n"):
        return len(line) - 2
    return len(line) - line.endswith(("\n", "\r"))


@dataclass(frozen=True)
class Converter:
    """What a conversion needs to know of the session.

    `text_of` gives the lines of a file as the client sees it, none where it cannot be read;
    `uri_of` the URI under which the client knows it; `shown` a path in words for a message.
    """

    encoding: Encoding
    client: ClientProfile
    text_of: Callable[[Path], Sequence[str]]
    uri_of: Callable[[Path], str]
    shown: Callable[[Path], str]

    def range(self, path: Path, range: Range) -> types.Range:
        """A range of the file `path`."""
        return range_to_client(self.text_of(path), range, self.encoding)

    def location(self, location: Location) -> types.Location:
        """A place in a file."""
        return types.Location(self.uri_of(location.path), self.range(location.path, location.range))

    def diagnostic(self, finding: Finding, lines: Sequence[str]) -> types.Diagnostic:
        """A finding in the text `lines`, which need not be the newest one of its file."""
        message, related = finding.message, None
        if self.client.related_information:
            related = [
                types.DiagnosticRelatedInformation(self.location(other.location), other.message)
                for other in finding.related
            ]
        elif finding.related:
            best = finding.related[0].location
            word = "existing" if finding.code.startswith("CN0") else "see"
            message += f" ({word}: {self.shown(best.path)}:{best.range.start.line + 1})"
        href = types.CodeDescription(DOCUMENTATION.format(code=finding.code))
        return types.Diagnostic(
            range=range_to_client(lines, finding.range, self.encoding),
            message=message,
            severity=types.DiagnosticSeverity(int(finding.severity)),
            code=finding.code,
            code_description=href if self.client.code_description else None,
            source=SOURCE,
            related_information=related or None,
            tags=[_TAGS[tag] for tag in finding.tags]
            if self.client.diagnostic_tags and finding.tags
            else None,
            data={
                **({"priority": finding.priority.value} if finding.priority is not None else {}),
                "code": finding.code,
                "symbol": finding.symbol,
                "targets": [other.qualified_name for other in finding.related],
            },
        )

    def workspace_edit(self, fix: Fix) -> types.WorkspaceEdit:
        """The edit that makes a fix's changes."""
        if not self.client.document_changes:
            return types.WorkspaceEdit(
                changes={self.uri_of(file.path): self._text_edits(file) for file in fix.files}
            )
        asks = (
            fix.applicability is Applicability.UNSAFE
            and self.client.change_annotations
            and not self.client.confirms
        )
        changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
        for file in fix.files:
            uri = self.uri_of(file.path)
            if file.creates and self.client.creates_files:
                changes.append(types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)))
            edits = self._text_edits(file)
            changes.append(
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(uri, file.version),
                    [types.AnnotatedTextEdit(_UNSAFE, edit.range, edit.new_text) for edit in edits]
                    if asks
                    else edits,
                )
            )
        annotation = types.ChangeAnnotation(
            label=fix.title, needs_confirmation=True, description=fix.caution or None
        )
        return types.WorkspaceEdit(
            document_changes=changes, change_annotations={_UNSAFE: annotation} if asks else None
        )

    def _text_edits(self, file: FileEdit) -> list[types.TextEdit]:
        lines = self.text_of(file.path)
        return [
            types.TextEdit(range_to_client(lines, edit.range, self.encoding), edit.new_text)
            for edit in file.edits
        ]

    def code_action(
        self, action: Action, diagnostics: Sequence[types.Diagnostic], edit: types.WorkspaceEdit | None = None
    ) -> types.CodeAction | None:
        """A menu entry, with its edit where the client cannot ask for it later.

        None where the client has no way to show or run it: a disabled action that it cannot
        grey out, a place that it cannot be asked to open.
        """
        if action.disabled and not self.client.disabled_actions:
            return None
        command = None
        if action.kind is ActionKind.OPEN_EXISTING:
            if not self.client.shows_documents or action.target_location is None:
                return None
            place = self.place(action.target_location)
            command = types.Command(action.title, OPEN_COMMAND, arguments=[place])
        if action.kind is ActionKind.COMPARE:
            if not self.client.compares or action.location is None or action.target_location is None:
                return None
            places = [
                self.place(action.location) | {"name": action.symbol},
                self.place(action.target_location) | {"name": action.target},
            ]
            command = types.Command(action.title, COMPARE_COMMAND, arguments=places)
        resolvable = self.client.resolves_edits and not action.disabled and command is None
        return types.CodeAction(
            title=action.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=list(diagnostics) or None,
            is_preferred=(action.preferred and not action.disabled) or None
            if self.client.preferred_actions
            else None,
            disabled=types.CodeActionDisabled(action.disabled) if action.disabled else None,
            edit=edit,
            command=command,
            data=action_to_data(action) if resolvable else None,
        )

    def place(self, location: Location) -> dict[str, Any]:
        """A location as plain JSON: the argument of the command that opens it."""
        at = self.location(location)
        start, end = at.range.start, at.range.end
        return {
            "uri": at.uri,
            "range": {
                "start": {"line": start.line, "character": start.character},
                "end": {"line": end.line, "character": end.character},
            },
        }

    def hover(self, hover: Hover, lines: Sequence[str]) -> types.Hover:
        """What is known of the definition under the cursor."""
        markdown = self.client.hover_markdown
        return types.Hover(
            types.MarkupContent(
                types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText,
                hover.markdown if markdown else hover.plain,
            ),
            range_to_client(lines, hover.range, self.encoding),
        )

    def completion(self, completion: Completion, lines: Sequence[str]) -> types.CompletionItem:
        """An existing definition as an entry of the list of completions."""
        labels = self.client.completion_label_details
        documentation: types.MarkupContent | str = completion.documentation
        if documentation and self.client.completion_markdown:
            documentation = types.MarkupContent(types.MarkupKind.Markdown, completion.documentation)
        edits = [
            types.TextEdit(range_to_client(lines, edit.range, self.encoding), edit.new_text)
            for edit in (completion.edit, *completion.additional_edits)
        ]
        return types.CompletionItem(
            label=completion.label,
            label_details=types.CompletionItemLabelDetails(description=completion.detail) if labels else None,
            detail=completion.detail,
            kind=types.CompletionItemKind.Reference,
            documentation=documentation or None,
            filter_text=completion.filter_text or None,
            sort_text=completion.sort_key or None,
            insert_text_format=types.InsertTextFormat.PlainText,
            text_edit=edits[0],
            additional_text_edits=edits[1:] or None,
        )

    def symbol(self, symbol: Symbol) -> types.WorkspaceSymbol:
        """A definition as an answer to a search."""
        return types.WorkspaceSymbol(
            location=self.location(Location(symbol.path, symbol.name_range)),
            name=symbol.name,
            kind=_SYMBOL_KINDS[symbol.kind],
            container_name=symbol.qualified_name.rpartition(".")[0] or None,
        )


def action_to_data(action: Action) -> dict[str, Any]:
    """An action as plain JSON, for the client to send back when it is chosen."""
    data: dict[str, Any] = msgspec.to_builtins(action, enc_hook=lambda path: str(path))
    return data


def action_from_data(data: object) -> Action:
    """The action of `action_to_data`. Raises ValueError where `data` is none."""
    return msgspec.convert(data, Action, dec_hook=lambda kind, value: kind(value))
