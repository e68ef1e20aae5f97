"""Actions, hover, completion, symbols and pulled diagnostics, for clients that can more or less."""

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client_capabilities

from .session import Session, capabilities, session, until

ASKED = types.CodeActionTriggerKind.Invoked
BY_ITSELF = types.CodeActionTriggerKind.Automatic
CLIENTS = ["visual-studio-code", "neovim@0.11.0", "emacs"]


async def opened(talk: Session) -> str:
    await talk.settled()
    uri = talk.open("new.py", "x = 1\ndef twin\n")
    await talk.hover_done(uri)
    return uri


def titled(menu: list[types.CodeAction], title: str) -> types.CodeAction:
    return next(action for action in menu if action.title == title)


# ---- code actions


async def test_the_lamp_of_a_client_that_resolves(root):
    async with session(root) as talk:
        uri = await opened(talk)
        (diagnostic,) = await talk.diagnostics(uri, 1)

        menu = await talk.actions(uri, 1, 5, trigger_kind=BY_ITSELF)

        assert [action.title for action in menu] == [
            "Use existing.twin",
            "Risky",
            "Refused",
            "Impossible",
            "Open it",
        ]
        assert [action.is_preferred for action in menu] == [True, None, None, None, None]
        assert all(action.kind == types.CodeActionKind.QuickFix for action in menu)
        assert all(action.diagnostics == (diagnostic,) for action in menu)
        assert all(action.edit is None for action in menu)
        assert titled(menu, "Impossible").disabled == types.CodeActionDisabled("the arguments differ")
        assert talk.workspace.called("resolve") == []


@pytest.mark.parametrize("context", [{"trigger_kind": ASKED}, {}])
async def test_an_opened_menu_says_what_is_safe_what_may_change_and_what_cannot_be_done(root, context):
    async with session(root) as talk:
        uri = await opened(talk)

        menu = await talk.actions(uri, 1, 5, **context)

        assert [action.title for action in menu] == [
            "Use existing.twin",
            "Risky (unsafe: arguments may change places)",
            "Refused",
            "Impossible",
            "Open it",
        ]
        assert [action.is_preferred for action in menu] == [True, None, None, None, None]
        assert titled(menu, "Refused").disabled == types.CodeActionDisabled("the call sites are not known")
        assert all(action.edit is None for action in menu)


async def test_an_action_that_is_chosen_gets_its_edit_with_the_version(root):
    async with session(root) as talk:
        uri = await opened(talk)
        menu = await talk.actions(uri, 1, 5)

        chosen = await talk.client.code_action_resolve_async(titled(menu, "Use existing.twin"))

        assert chosen.edit is not None and chosen.edit.document_changes is not None
        mine, other, create, new = chosen.edit.document_changes
        assert mine == types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(uri, 1),
            (types.TextEdit(types.Range(types.Position(1, 0), types.Position(1, 8)), "from x import twin"),),
        )
        assert other.text_document == types.OptionalVersionedTextDocumentIdentifier(
            talk.uri("existing.py"), None
        )
        assert isinstance(create, types.CreateFile) and create.uri == talk.uri("new.py")
        assert new.edits == (
            types.TextEdit(types.Range(types.Position(0, 0), types.Position(0, 0)), "x = 1\n"),
        )


async def test_an_action_that_is_refused_once_chosen_is_an_error_with_the_reason(root):
    async with session(root) as talk:
        uri = await opened(talk)
        menu = await talk.actions(uri, 1, 5, trigger_kind=BY_ITSELF)

        with pytest.raises(JsonRpcException, match="the call sites are not known") as raised:
            await talk.client.code_action_resolve_async(titled(menu, "Refused"))

        assert raised.value.code == types.LSPErrorCodes.RequestFailed
        assert talk.client.log_messages == []


async def test_an_edit_is_refused_where_its_document_has_changed_while_it_was_computed(root):
    async with session(root) as talk:
        uri = await opened(talk)
        menu = await talk.actions(uri, 1, 5, trigger_kind=BY_ITSELF)
        talk.workspace.resolve_gate.clear()

        async def choose() -> types.CodeAction:
            return await talk.client.code_action_resolve_async(titled(menu, "Use existing.twin"))

        chosen = asyncio.create_task(choose())
        await until(lambda: talk.workspace.called("resolve"))
        talk.type(uri, 2, 0, 0, "y = 2\n")
        await until(lambda: talk.server.buffers.get(uri).version == 2)  # type: ignore[union-attr]
        talk.workspace.resolve_gate.set()

        with pytest.raises(JsonRpcException, match=r"new\.py has changed meanwhile"):
            await chosen
        again = await choose()

        assert again.edit is not None and again.edit.document_changes is not None
        mine = again.edit.document_changes[0]
        assert mine.text_document == types.OptionalVersionedTextDocumentIdentifier(uri, 2)


async def test_an_action_whose_document_was_closed_is_refused(root):
    async with session(root) as talk:
        uri = await opened(talk)
        menu = await talk.actions(uri, 1, 5)
        talk.close(uri)

        with pytest.raises(JsonRpcException, match=r"new\.py is not open any more"):
            await talk.client.code_action_resolve_async(menu[0])


async def test_data_that_is_no_action_is_an_error_and_the_server_lives(root):
    async with session(root) as talk:
        uri = await opened(talk)
        for data in ({"kind": "nonsense"}, [1], "x"):
            with pytest.raises(JsonRpcException, match="data:"):
                await talk.client.code_action_resolve_async(types.CodeAction("t", data=data))  # type: ignore[arg-type]

        assert await talk.actions(uri, 1, 5)


async def test_a_client_without_resolve_gets_the_edits_at_once(root):
    async with session(root, capabilities("emacs")) as talk:
        assert not talk.server.client.resolves_edits
        uri = await opened(talk)

        menu = await talk.actions(uri, 1, 5)

        assert all(action.edit is not None or action.disabled or action.command for action in menu)
        assert all(action.data is None for action in menu)
        edit = titled(menu, "Use existing.twin").edit
        assert edit is not None


async def test_without_a_way_to_grey_out_what_cannot_be_done_is_left_out(root):
    declared = capabilities()
    assert declared.text_document is not None
    declared.text_document.code_action = types.CodeActionClientCapabilities()
    declared.workspace.workspace_edit = None  # type: ignore[union-attr]
    declared.window.show_document = None  # type: ignore[union-attr]
    async with session(root, declared) as talk:
        uri = await opened(talk)

        menu = await talk.actions(uri, 1, 5)

        assert [action.title for action in menu] == [
            "Use existing.twin",
            "Risky (unsafe: arguments may change places)",
        ]
        edit = menu[0].edit
        assert edit is not None and edit.document_changes is None and edit.changes is not None
        assert set(edit.changes) == {uri, talk.uri("existing.py")}


@pytest.mark.parametrize(
    ("only", "found"),
    [(["quickfix"], 5), ([""], 5), (["refactor", "quickfix"], 5), (["refactor"], 0), (["source"], 0)],
)
async def test_only_the_kinds_that_are_asked_for(root, only, found):
    async with session(root) as talk:
        uri = await opened(talk)

        assert len(await talk.actions(uri, 1, 5, only=only)) == found


async def test_the_echoed_diagnostics_are_not_needed_and_a_place_without_finding_has_no_actions(root):
    async with session(root) as talk:
        uri = await opened(talk)

        assert await talk.actions(uri, 0, 0) == []


async def test_an_existing_definition_is_opened_by_the_client(root):
    async with session(root) as talk:
        uri = await opened(talk)
        command = titled(await talk.actions(uri, 1, 5), "Open it").command
        assert command is not None

        await talk.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command.command, arguments=command.arguments)
        )

        (shown,) = talk.client.shown_documents
        assert shown.uri == talk.uri("existing.py")
        assert shown.selection == types.Range(types.Position(0, 4), types.Position(0, 8))


async def test_a_command_with_wrong_arguments_is_an_error(root):
    async with session(root) as talk:
        await talk.settled()
        for arguments in ([], [3], [{"uri": 1}]):
            with pytest.raises(JsonRpcException):
                await talk.client.workspace_execute_command_async(
                    types.ExecuteCommandParams("canonry.open", arguments=arguments)  # type: ignore[arg-type]
                )
        assert await talk.client.workspace_symbol_async(types.WorkspaceSymbolParams("twin"))


# ---- hover, completion, symbols


@pytest.mark.parametrize("profile", CLIENTS)
async def test_hover_says_what_exists(root, profile):
    async with session(root, capabilities(profile)) as talk:
        uri = await opened(talk)

        found = await talk.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(1, 6))
        )

        assert found is not None
        assert "existing.twin" in found.contents.value
        assert found.range == types.Range(types.Position(1, 4), types.Position(1, 8))
        assert (
            await talk.client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
            )
            is None
        )


@pytest.mark.parametrize("profile", CLIENTS)
async def test_completion_offers_existing_definitions_while_a_name_is_typed(root, profile):
    async with session(root, capabilities(profile)) as talk:
        assert talk.result is not None
        provider = talk.result.capabilities.completion_provider
        assert provider is not None and provider.trigger_characters == (" ",)
        await talk.settled()
        uri = talk.open("new.py", "\ndef tw")

        found = await talk.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(1, 6))
        )

        assert isinstance(found, types.CompletionList)
        assert found.is_incomplete
        (item,) = found.items
        assert (item.label, item.filter_text) == ("twin", "def twin")
        assert item.text_edit == types.TextEdit(types.Range(types.Position(1, 0), types.Position(1, 6)), "")
        assert item.additional_text_edits is not None
        assert item.additional_text_edits[0].new_text == "from existing import twin\n"
        nowhere = await talk.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
        )
        assert nowhere is None


async def test_symbols_of_all_folders_are_found(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("other").resolve()
    (other / "more.py").write_text("\ndef twice():\n    pass\n")
    async with session(root, folders=[root, other]) as talk:
        await talk.settled()

        found = await talk.client.workspace_symbol_async(types.WorkspaceSymbolParams("tw"))

        assert found is not None
        assert [(symbol.name, symbol.container_name) for symbol in found] == [
            ("twin", "existing"),
            ("twice", "more"),
        ]
        assert found[1].location == types.Location(
            (other / "more.py").as_uri(), types.Range(types.Position(1, 4), types.Position(1, 9))
        )


# ---- diagnostics that are pulled


async def pull(talk: Session, uri: str, previous: str | None = None) -> object:
    return await talk.client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=previous)
    )


async def test_a_client_that_pulls_is_answered_and_not_pushed_to(root):
    async with session(root, capabilities(pull=True)) as talk:
        assert talk.result is not None
        options = talk.result.capabilities.diagnostic_provider
        assert options is not None
        assert options.inter_file_dependencies and not options.workspace_diagnostics
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")

        first = await pull(talk, uri)
        assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
        assert [item.code for item in first.items] == ["CN001"]
        again = await pull(talk, uri, first.result_id)
        assert again == types.RelatedUnchangedDocumentDiagnosticReport(first.result_id)
        talk.change(uri, 2, "\ndef twin\n")
        moved = await pull(talk, uri, first.result_id)
        assert isinstance(moved, types.RelatedFullDocumentDiagnosticReport)
        assert moved.items[0].range.start.line == 1
        talk.close(uri)
        await talk.settled()
        assert talk.published == []


async def test_a_client_that_pulls_is_told_when_the_index_has_changed(root):
    async with session(root, capabilities(pull=True)) as talk:
        await until(lambda: talk.client.diagnostic_refresh_count == 1)
        (root / "late.py").write_text("def late():\n    pass\n")
        talk.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams(
                [types.FileEvent(talk.uri("late.py"), types.FileChangeType.Created)]
            )
        )
        await until(lambda: talk.client.diagnostic_refresh_count == 2)


async def test_a_client_that_does_not_pull_is_not_offered_it(root):
    async with session(root) as talk:
        assert talk.result is not None
        assert talk.result.capabilities.diagnostic_provider is None


async def test_a_client_that_pulls_and_cannot_be_told_to_is_pushed_to(root):
    declared = client_capabilities("neovim@0.11")
    assert declared.text_document is not None and declared.text_document.diagnostic is not None
    async with session(root, declared) as talk:
        assert talk.result is not None
        assert talk.result.capabilities.diagnostic_provider is None
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")

        pushed = await talk.diagnostics(uri, 1)

        assert [one.code for one in pushed] == ["CN001"]


async def test_a_document_that_is_not_followed_has_no_diagnostics(root):
    async with session(root, capabilities(pull=True)) as talk:
        report = await pull(talk, "git:/new.py")

        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert report.items == ()


async def test_an_action_that_fails_leaves_the_others_in_the_menu(root):
    declared = capabilities()
    declared.text_document.code_action.resolve_support = None  # type: ignore[union-attr]
    async with session(root, declared) as talk:
        uri = await opened(talk)
        talk.workspace.failing.add("resolve")

        menu = await talk.actions(uri, 1, 5)

        assert [action.title for action in menu] == ["Impossible", "Open it"]
