"""What is typed: the newest text wins, its version is published, and nothing older."""

import asyncio

import pytest
from lsprotocol import types

from .session import capabilities, session, until


async def test_a_definition_that_exists_is_said_with_version_place_and_data(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "x = 1\n\ndef twin():\n", version=7)

        (diagnostic,) = await talk.diagnostics(uri, 7)

    assert diagnostic.range == types.Range(types.Position(2, 4), types.Position(2, 8))
    assert (diagnostic.source, diagnostic.code) == ("canonry", "CN001")
    assert diagnostic.data == {"code": "CN001", "symbol": "twin", "targets": ["existing.twin"]}
    assert diagnostic.related_information is not None
    assert diagnostic.related_information[0].location == types.Location(
        talk.uri("existing.py"), types.Range(types.Position(0, 4), types.Position(0, 8))
    )


@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
async def test_typing_and_findings_are_counted_in_the_negotiated_encoding(root, encoding):
    declared = capabilities()
    assert declared.general is not None
    declared.general.position_encodings = [encoding]
    widths = {"utf-8": 7, "utf-16": 3, "utf-32": 2}
    async with session(root, declared) as talk:
        assert talk.result is not None
        assert talk.result.capabilities.position_encoding == encoding
        await talk.settled()
        uri = talk.open("new.py", "漢😀;\n")
        talk.type(uri, 2, 0, widths[encoding] + 1, " def twin")

        (diagnostic,) = await talk.diagnostics(uri, 2)

        assert talk.workspace.buffers[root / "new.py"][0] == "漢😀; def twin\n"
        assert diagnostic.range.start.character == widths[encoding] + 6
        menu = await talk.actions(uri, 0, widths[encoding] + 6)
        assert menu[0].title == "Use existing.twin"
        assert talk.workspace.called("actions")[-1][1].start.column == 8


async def test_every_keystroke_is_answered_with_its_own_version(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "")
        await talk.diagnostics(uri, 1)
        for version, letter in enumerate("def twin", 2):
            talk.type(uri, version, 0, version - 2, letter)
            found = await talk.diagnostics(uri, version)

            assert [one.message for one in found] == (["`existing.twin` exists"] if letter == "n" else [])
        assert [one.version for one in talk.of(uri)] == list(range(1, 10))


async def test_a_newer_version_cancels_the_check_of_an_older_one(root):
    async with session(root) as talk:
        await talk.settled()
        workspace = talk.workspace
        workspace.gate.clear()
        uri = talk.open("new.py", "a = 1\n", version=1)
        await until(workspace.checking.is_set)
        talk.change(uri, 2, "def twin\n")
        await until(lambda: workspace.called("cancelled"))
        workspace.gate.set()
        await talk.diagnostics(uri, 2)
        await talk.settled()

        assert workspace.called("cancelled") == [(root / "new.py", 1)]
        assert [one.version for one in talk.of(uri)] == [2]


async def test_versions_that_nobody_waits_for_are_not_checked(root):
    async with session(root) as talk:
        await talk.settled()
        workspace = talk.workspace
        workspace.gate.clear()
        other = talk.open("other.py", "")
        await until(workspace.checking.is_set)
        uri = talk.open("new.py", "")
        for version in range(2, 30):
            talk.change(uri, version, f"x = {version}\n")
        # The answer to a request shows that all that was sent before it has arrived.
        hover = asyncio.ensure_future(
            talk.client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
            )
        )
        await until(lambda: (buffer := talk.server.buffers.get(uri)) is not None and buffer.version == 29)
        workspace.gate.set()
        await hover
        await talk.diagnostics(uri, 29)
        await talk.diagnostics(other, 1)
        await talk.settled()

        checked = [version for path, version in workspace.called("check") if path == root / "new.py"]
        assert checked == [29]
        assert [one.version for one in talk.of(uri)] == [29]


async def test_a_request_is_answered_from_the_newest_text_and_before_checks(root):
    async with session(root) as talk:
        await talk.settled()
        workspace = talk.workspace
        workspace.gate.clear()
        talk.open("other.py", "")
        await until(workspace.checking.is_set)
        uri = talk.open("new.py", "")
        talk.change(uri, 2, "\ndef twin\n")
        hover = asyncio.ensure_future(
            talk.client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(1, 5))
            )
        )
        await until(lambda: talk.server.analysis._requests)
        workspace.gate.set()

        found = await hover

        assert found is not None
        assert found.contents.value == "**existing.twin**"
        names = [call[0] for call in workspace.calls if len(call) > 1 and call[1] == root / "new.py"]
        assert names[:2] == ["open", "hover"]


async def test_a_request_that_the_client_cancels_while_it_waits_is_never_run(root):
    async with session(root) as talk:
        await talk.settled()
        workspace = talk.workspace
        workspace.gate.clear()
        uri = talk.open("new.py", "def twin\n")
        await until(workspace.checking.is_set)
        asked = talk.client.protocol.send_request(
            types.TEXT_DOCUMENT_HOVER,
            types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 5)),
            msg_id="mine",
        )
        talk.client.cancel_request(types.CancelParams("mine"))
        with pytest.raises(Exception, match="cancel"):
            await asyncio.wrap_future(asked)
        workspace.gate.set()
        await talk.settled()

        assert workspace.called("hover") == []


async def test_a_closed_document_shows_nothing_and_goes_back_to_the_disk(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")
        await talk.diagnostics(uri, 1)
        talk.close(uri)
        await until(lambda: talk.of(uri)[-1].version is None)
        await talk.settled()

        assert talk.shown(uri) == []
        assert talk.workspace.buffers == {}
        # What is said of it afterwards is no error.
        talk.change(uri, 9, "def twin\n")
        talk.close(uri)
        assert await talk.actions(uri, 0, 5) == []
        assert len(talk.of(uri)) == 2


async def test_closing_during_a_check_publishes_nothing_after_the_empty_list(root):
    async with session(root) as talk:
        await talk.settled()
        workspace = talk.workspace
        workspace.gate.clear()
        uri = talk.open("new.py", "def twin\n")
        await until(workspace.checking.is_set)
        talk.close(uri)
        await until(lambda: workspace.called("cancelled"))
        workspace.gate.set()
        await talk.settled()

        assert [(one.version, one.diagnostics) for one in talk.of(uri)] == [(None, ())]


async def test_a_document_that_is_closed_and_opened_again_is_followed(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def twin\n", version=5)
        await talk.diagnostics(uri, 5)
        talk.close(uri)
        talk.open("new.py", "def twin():\n", version=1)

        assert len(await talk.diagnostics(uri, 1)) == 1
        await talk.settled()
        assert talk.shown(uri) == ["`existing.twin` exists"]
        assert talk.workspace.buffers[root / "new.py"] == ("def twin():\n", 1)


@pytest.mark.parametrize(
    ("uri", "language"),
    [
        ("git:/ws/new.py", "python"),
        ("http://example.org/new.py", "python"),
        ("file:///ws/notes.md", "markdown"),
        ("untitled:Untitled-3", "markdown"),
    ],
)
async def test_what_is_no_python_document_on_disk_or_new_is_ignored(root, uri, language):
    async with session(root) as talk:
        talk.open(uri, "def twin\n", language=language)
        talk.change(uri, 2, "def twin():\n")
        assert await talk.actions(uri, 0, 5) == []
        talk.close(uri)
        await talk.settled()

        assert talk.published == []
        assert talk.workspace.called("open") == []
        assert talk.client.log_messages == []


async def test_a_check_that_fails_is_logged_once_and_what_was_shown_is_withdrawn(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")
        assert len(await talk.diagnostics(uri, 1)) == 1
        talk.workspace.failing.add("check")
        talk.change(uri, 2, "def twin(\n")

        assert await talk.diagnostics(uri, 2) == []
        talk.workspace.failing.clear()
        talk.change(uri, 3, "def twin()\n")
        assert len(await talk.diagnostics(uri, 3)) == 1


async def test_documents_are_kept_here_and_not_by_the_protocol_library_too(root):
    async with session(root) as talk:
        uri = talk.open("new.py", "\fdef twin\n")
        await talk.diagnostics(uri, 1)

        assert talk.server.workspace.text_documents == {}


async def test_other_open_documents_are_checked_again_once_typing_rests(root, monkeypatch):
    monkeypatch.setattr("canonry.lsp.analysis.REST", 0.05)
    async with session(root) as talk:
        await talk.settled()
        first = talk.open("first.py", "def twin():\n")
        await talk.diagnostics(first, 1)
        talk.workspace.index.clear()  # as if what is typed elsewhere took the twin away
        second = talk.open("second.py", "x = 1\n")
        await talk.diagnostics(second, 1)

        await until(lambda: talk.shown(first) == [])

        assert [one.version for one in talk.of(first)] == [1, 1]
        await talk.settled()  # the second one's check is of the same rest, and may come after
        checks = len(talk.workspace.called("check"))
        talk.change(second, 2, "x = 2\n")
        await talk.diagnostics(second, 2)
        await until(lambda: len(talk.workspace.called("check")) == checks + 3)
        await talk.hover_done(second)

        assert len(talk.of(first)) == 2  # the same again is not sent again
        assert len(talk.of(second)) == 2


async def test_a_check_beside_gives_way_to_what_is_typed(root, monkeypatch):
    monkeypatch.setattr("canonry.lsp.analysis.REST", 3600.0)  # however slow it is until the gate is shut
    async with session(root) as talk:
        await talk.settled()
        first = talk.open("first.py", "def twin():\n")
        await talk.diagnostics(first, 1)
        second = talk.open("second.py", "x = 1\n")
        await talk.diagnostics(second, 1)
        talk.workspace.gate.clear()
        talk.workspace.index.clear()
        monkeypatch.setattr("canonry.lsp.analysis.REST", 0.05)
        await talk.hover_done(second)

        def of_first() -> str:
            named = [call[0] for call in talk.workspace.calls if call[1:2] == (talk.root / "first.py",)]
            return " ".join(name for name in named if name in ("forget", "check"))

        await until(lambda: of_first().endswith("forget check"))
        talk.change(second, 2, "x = 2\n")
        await until(lambda: talk.workspace.called("cancelled"))
        talk.workspace.gate.set()
        await talk.diagnostics(second, 2)

        await until(lambda: talk.shown(first) == [])

        # It goes on where it was: begun anew after every key it would never end while someone types.
        assert "forget check check" in of_first()
