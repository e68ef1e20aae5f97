"""Positions, and the engine's data in the protocol's words for clients that can more or less."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from canonry.lsp.buffers import split_lines
from canonry.lsp.client import ClientProfile, profile_of
from canonry.lsp.convert import (
    Converter,
    action_from_data,
    action_to_data,
    column_of,
    from_client,
    range_from_client,
    to_client,
    units_of,
)
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
    Related,
    Severity,
    Symbol,
    SymbolKind,
    TextEdit,
)
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from .test_buffers import ENCODINGS, places, texts, units

UTF8, UTF16, UTF32 = (types.PositionEncodingKind(name) for name in ("utf-8", "utf-16", "utf-32"))
A, B = Path("/ws/a.py"), Path("/ws/pkg/b.py")
FILES = {A: ["x = '😀' ; def twin():\n", "    pass\n", ""], B: ["def twin():\n", ""]}


def converter(encoding: str = UTF16, **abilities: bool) -> Converter:
    def text_of(path: Path) -> Sequence[str]:
        return FILES.get(path, ())

    return Converter(
        encoding, ClientProfile(**abilities), text_of, Path.as_uri, lambda path: str(path.relative_to("/ws"))
    )


def span(line: int, start: int, end: int) -> Range:
    return Range(Position(line, start), Position(line, end))


def client_span(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


# ---- positions


@given(texts, st.sampled_from(ENCODINGS))
def test_every_place_of_a_text_goes_to_the_client_and_comes_back(text, encoding):
    lines = split_lines(text)
    for (line, character), offset in places(text, encoding).items():
        place = from_client(lines, types.Position(line, character), encoding)

        assert place.line == line
        assert sum(map(len, lines[:line])) + place.column == offset
        assert to_client(lines, place, encoding) == types.Position(line, character)


@given(texts, st.sampled_from(ENCODINGS), st.integers(0, 40), st.integers(0, 60))
def test_what_lies_outside_of_the_text_or_within_a_character_is_clamped(text, encoding, line, character):
    lines = split_lines(text)

    place = from_client(lines, types.Position(line, character), encoding)

    if line >= len(lines):
        assert place == Position(len(lines) - 1, len(lines[-1]))
        return
    content = lines[line].rstrip("\r\n")
    assert place.line == line
    # The last column whose units do not exceed what was asked for.
    assert place.column == max(
        c for c in range(len(content) + 1) if units(content[:c], encoding) <= character
    )


@given(texts, st.sampled_from(ENCODINGS), st.integers(0, 40), st.integers(0, 60))
def test_places_past_the_text_are_clamped_on_their_way_to_the_client(text, encoding, line, column):
    lines = split_lines(text)

    place = to_client(lines, Position(line, column), encoding)

    if line >= len(lines):
        assert place == types.Position(len(lines) - 1, units(lines[-1], encoding))
    else:
        content = lines[line].rstrip("\r\n")
        assert place == types.Position(line, units(content[:column], encoding))


def test_the_three_encodings_differ_where_they_should():
    line = "é漢😀x\r\n"

    assert [units_of(line, 3, encoding) for encoding in (UTF8, UTF16, UTF32)] == [9, 4, 3]
    assert [column_of(line, 4, encoding) for encoding in (UTF8, UTF16, UTF32)] == [1, 3, 4]
    assert column_of(line, 3, UTF16) == 2  # within the pair
    assert column_of(line, 99, UTF16) == 4  # before the line's ending
    assert column_of(line, -1, UTF16) == 0


def test_a_range_whose_ends_are_exchanged_is_put_in_order():
    assert range_from_client(["abc"], client_span(0, 2, 1), UTF16) == span(0, 1, 2)


def test_a_file_without_text_keeps_the_columns_as_they_are():
    assert to_client((), Position(7, 9), UTF16) == types.Position(7, 9)
    assert from_client((), types.Position(7, 9), UTF16) == Position(0, 0)


# ---- findings

FINDING = Finding(
    "CN001",
    "reimplemented",
    "`pkg.b.twin` does this already",
    Severity.WARNING,
    A,
    span(0, 14, 18),
    related=(
        Related("defined here", Location(B, span(0, 4, 8)), "pkg.b.twin"),
        Related("or here", Location(Path("/ws/gone.py"), span(3, 4, 8)), "gone.twin"),
    ),
    symbol="a.twin",
)


def test_a_finding_for_a_client_that_can_everything():
    diagnostic = converter(related_information=True, code_description=True).diagnostic(FINDING, FILES[A])

    assert diagnostic == types.Diagnostic(
        range=client_span(0, 15, 19),
        message="`pkg.b.twin` does this already",
        severity=types.DiagnosticSeverity.Warning,
        code="CN001",
        code_description=types.CodeDescription(
            "https://github.com/canonry/canonry/blob/main/docs/rules/CN001.md"
        ),
        source="canonry",
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location("file:///ws/pkg/b.py", client_span(0, 4, 8)), "defined here"
            ),
            types.DiagnosticRelatedInformation(
                types.Location("file:///ws/gone.py", client_span(3, 4, 8)), "or here"
            ),
        ],
        data={"code": "CN001", "symbol": "a.twin", "targets": ["pkg.b.twin", "gone.twin"]},
    )


def test_a_client_without_related_information_is_told_the_place_in_the_message():
    diagnostic = converter().diagnostic(FINDING, FILES[A])

    assert diagnostic.message == "`pkg.b.twin` does this already (existing: pkg/b.py:1)"
    assert diagnostic.related_information is None
    assert diagnostic.code_description is None


@pytest.mark.parametrize(("encoding", "start"), [(UTF8, 17), (UTF16, 15), (UTF32, 14)])
def test_a_finding_stands_where_its_text_was_when_it_was_found(encoding, start):
    assert converter(encoding).diagnostic(FINDING, FILES[A]).range == client_span(0, start, start + 4)
    older = ["# shorter\n", ""]
    assert converter(encoding).diagnostic(FINDING, older).range == client_span(0, 9, 9)


# ---- edits

FIX = Fix(
    "Use pkg.b.twin",
    (
        FileEdit(A, (TextEdit(span(0, 10, 18), "import"),), version=3),
        FileEdit(B, (TextEdit(span(0, 0, 3), "class"),)),
        FileEdit(Path("/ws/new.py"), (TextEdit(span(0, 0, 0), "x\n"),), creates=True),
    ),
    Applicability.UNSAFE,
    "defaults differ",
)


def test_an_edit_for_a_client_without_versions():
    edit = converter().workspace_edit(FIX)

    assert edit.document_changes is None
    assert edit.changes == {
        "file:///ws/a.py": [types.TextEdit(client_span(0, 11, 19), "import")],
        "file:///ws/pkg/b.py": [types.TextEdit(client_span(0, 0, 3), "class")],
        "file:///ws/new.py": [types.TextEdit(client_span(0, 0, 0), "x\n")],
    }


def test_an_edit_for_a_client_with_versions_names_the_version_of_the_open_file_only():
    edit = converter(document_changes=True, creates_files=True).workspace_edit(FIX)

    assert edit.changes is None and edit.change_annotations is None
    assert edit.document_changes == [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier("file:///ws/a.py", 3),
            [types.TextEdit(client_span(0, 11, 19), "import")],
        ),
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier("file:///ws/pkg/b.py", None),
            [types.TextEdit(client_span(0, 0, 3), "class")],
        ),
        types.CreateFile("file:///ws/new.py", options=types.CreateFileOptions(ignore_if_exists=True)),
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier("file:///ws/new.py", None),
            [types.TextEdit(client_span(0, 0, 0), "x\n")],
        ),
    ]


def test_an_unsafe_edit_asks_for_confirmation_where_the_client_can_ask():
    edit = converter(document_changes=True, change_annotations=True).workspace_edit(FIX)

    assert edit.change_annotations is not None and edit.document_changes is not None
    ((name, annotation),) = edit.change_annotations.items()
    assert annotation == types.ChangeAnnotation("Use pkg.b.twin", True, "defaults differ")
    for change in edit.document_changes:
        assert isinstance(change, types.TextDocumentEdit)
        assert all(
            isinstance(one, types.AnnotatedTextEdit) and one.annotation_id == name for one in change.edits
        )


def test_a_safe_edit_asks_nothing():
    safe = Fix(FIX.title, FIX.files, Applicability.SAFE)

    edit = converter(document_changes=True, change_annotations=True).workspace_edit(safe)

    assert edit.change_annotations is None
    assert edit.document_changes is not None
    assert type(edit.document_changes[0].edits[0]) is types.TextEdit


# ---- actions

ACTION = Action(
    ActionKind.USE_EXISTING,
    "Use pkg.b.twin",
    A,
    "a.twin",
    0,
    "pkg.b.twin",
    Location(B, span(0, 4, 8)),
    preferred=True,
)


def test_an_action_comes_back_from_the_client_as_it_went():
    assert action_from_data(action_to_data(ACTION)) == ACTION


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {"kind": "use-existing"}, {**action_to_data(ACTION), "path": 3}]
)
def test_data_that_is_no_action_is_refused(data):
    with pytest.raises(ValueError):
        action_from_data(data)


def test_an_action_for_a_client_that_resolves():
    entry = converter(resolves_edits=True, preferred_actions=True).code_action(ACTION, [])

    assert entry == types.CodeAction(
        "Use pkg.b.twin", types.CodeActionKind.QuickFix, is_preferred=True, data=action_to_data(ACTION)
    )


def test_an_action_for_a_client_that_does_not():
    edit = types.WorkspaceEdit(changes={})

    entry = converter().code_action(ACTION, [], edit)

    assert entry == types.CodeAction("Use pkg.b.twin", types.CodeActionKind.QuickFix, edit=edit)


def test_a_disabled_action_is_greyed_out_or_left_out():
    disabled = Action(ActionKind.USE_EXISTING, "Use it", A, "a.twin", 0, disabled="why", preferred=True)

    entry = converter(disabled_actions=True, preferred_actions=True, resolves_edits=True).code_action(
        disabled, []
    )

    assert entry == types.CodeAction(
        "Use it", types.CodeActionKind.QuickFix, disabled=types.CodeActionDisabled("why")
    )
    assert converter().code_action(disabled, []) is None


def test_an_existing_definition_is_opened_by_a_command_where_the_client_can_show_it():
    opens = Action(
        ActionKind.OPEN_EXISTING, "Open it", A, "a.twin", 0, "pkg.b.twin", Location(B, span(0, 4, 8))
    )

    entry = converter(shows_documents=True, resolves_edits=True).code_action(opens, [])

    assert entry is not None and entry.data is None and entry.edit is None
    place = {
        "uri": "file:///ws/pkg/b.py",
        "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 8}},
    }
    assert entry.command == types.Command("Open it", "canonry.open", arguments=[place])
    assert converter().code_action(opens, []) is None


def test_two_definitions_are_compared_by_a_command_of_the_client():
    beside = Action(
        ActionKind.COMPARE, "Compare", A, "a.twin", 0, "pkg.b.twin", Location(B, span(0, 4, 8)),
        location=Location(A, span(0, 14, 18)),
    )  # fmt: skip

    entry = converter(compares=True, resolves_edits=True).code_action(beside, [])

    assert entry is not None and entry.data is None and entry.edit is None and entry.command is not None
    assert entry.command.command == "canonry.compare"
    assert entry.command.arguments is not None
    assert [(one["uri"].rpartition("/")[2], one["name"]) for one in entry.command.arguments] == [
        (A.name, "a.twin"),
        (B.name, "pkg.b.twin"),
    ]
    assert converter(shows_documents=True).code_action(beside, []) is None


@pytest.mark.parametrize(
    ("experimental", "expected"),
    [
        ({"canonry": {"compare": True}}, True),
        ({"canonry": {"similar": True}}, False),
        (None, False),
    ],
)
def test_a_client_says_that_it_can_compare(experimental, expected):
    assert profile_of(types.ClientCapabilities(experimental=experimental)).compares is expected


# ---- the rest


def test_a_hover_in_the_format_that_the_client_knows():
    hover = Hover(span(0, 14, 18), "**twin**", "twin")

    assert converter(hover_markdown=True).hover(hover, FILES[A]) == types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, "**twin**"), client_span(0, 15, 19)
    )
    assert converter().hover(hover, FILES[A]).contents == types.MarkupContent(
        types.MarkupKind.PlainText, "twin"
    )


def test_a_completion_replaces_the_statement_and_adds_the_import():
    completion = Completion(
        "twin",
        "pkg.b",
        "**doc**",
        "def twin",
        TextEdit(span(0, 10, 18), ""),
        (TextEdit(span(0, 0, 0), "from pkg.b import twin\n"),),
        "001",
    )

    item = converter(completion_markdown=True, completion_label_details=True).completion(completion, FILES[A])

    assert item == types.CompletionItem(
        label="twin",
        label_details=types.CompletionItemLabelDetails(description="pkg.b"),
        kind=types.CompletionItemKind.Reference,
        detail="pkg.b",
        documentation=types.MarkupContent(types.MarkupKind.Markdown, "**doc**"),
        sort_text="001",
        filter_text="def twin",
        insert_text_format=types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(client_span(0, 11, 19), ""),
        additional_text_edits=[types.TextEdit(client_span(0, 0, 0), "from pkg.b import twin\n")],
    )
    plain = converter().completion(completion, FILES[A])
    assert (plain.label_details, plain.documentation) == (None, "**doc**")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SymbolKind.FUNCTION, types.SymbolKind.Function),
        (SymbolKind.METHOD, types.SymbolKind.Method),
        (SymbolKind.CLASS, types.SymbolKind.Class),
    ],
)
def test_a_symbol_stands_at_its_name(kind, expected):
    symbol = Symbol("twin", "a.Twins.twin", kind, "a", A, span(0, 10, 20), span(0, 14, 18))

    assert converter().symbol(symbol) == types.WorkspaceSymbol(
        types.Location("file:///ws/a.py", client_span(0, 15, 19)), "twin", expected, container_name="a.Twins"
    )
