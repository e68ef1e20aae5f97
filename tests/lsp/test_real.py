"""The whole server over stdio with the real engine, as three editors drive it."""

import asyncio
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent

import pytest
from canonry.lsp.lifetime import process_alive
from lsprotocol import types
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

from .session import Session, capabilities, converter, until
from .test_buffers import units

COMMAND = """
from pathlib import Path
from canonry.lsp.server import run_stdio

def factory(root):
    from canonry.workspace import Workspace
    return Workspace(root, cache=Path({cache!r}))

run_stdio("warning", factory)
"""
MONEY = dedent('''
    """Money."""

    import decimal


    def round_half_up(amount: decimal.Decimal, places: int = 2) -> decimal.Decimal:
        """Round an amount half up to a number of places, as invoices do."""
        exponent = decimal.Decimal(1).scaleb(-places)
        rounded = amount.quantize(exponent, rounding=decimal.ROUND_HALF_UP)
        if rounded.is_zero():
            return abs(rounded)
        return rounded
''')
TYPED = dedent('''
    import decimal


    def round_money(amount: decimal.Decimal, places: int = 2) -> decimal.Decimal:
        """Round an amount half up to a number of places."""
        exponent = decimal.Decimal(1).scaleb(-places)
        rounded = amount.quantize(exponent, rounding=decimal.ROUND_HALF_UP)
        if rounded.is_zero():
            return abs(rounded)
        return rounded
''')
BEFORE = "LABEL = '漢😀'\n"
NOTHING = "a client that declares nothing"
"""No resolve, no related places, no versioned changes, no progress, no watched files, no settings."""
CLIENTS = ["visual-studio-code", "neovim@0.11", "neovim@0.7", "emacs", NOTHING]


@pytest.fixture
def root(tmp_path):
    package = tmp_path / "project" / "shop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "money.py").write_text(MONEY)
    (package / "unrelated.py").write_text("def greet(name):\n    print('hello', name)\n    return name\n")
    return package.parent.resolve()


@asynccontextmanager
async def running(
    root: Path, declared: types.ClientCapabilities, folders=None, **settings
) -> AsyncIterator[Session]:
    client = LanguageClient(converter_factory=converter)
    register_lsp_features(client)
    talk = Session(client, None, root, {})  # type: ignore[arg-type]
    client.set_configuration({"": None, "canonry": settings})
    client.protocol.fm.features.pop(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: talk.published.append(params))
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(
        lambda params: talk.registered.extend(params.registrations)
    )
    code = COMMAND.format(cache=str(root.parent / "cache"))
    await client.start_io(sys.executable, "-c", code, cwd=str(root))
    try:
        await client.initialize_session(
            types.InitializeParams(
                capabilities=declared,
                workspace_folders=[
                    types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders or [root]
                ],
                initialization_options=settings,  # type: ignore[arg-type]
            )
        )
        yield talk
        await client.shutdown_session()
    finally:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()
        await client.stop()


async def indexed(talk: Session, name: str = "round_half_up") -> None:
    """Once the index has a definition."""
    async with asyncio.timeout(60):
        while not await symbols(talk, name):
            await asyncio.sleep(0.05)


async def symbols(talk: Session, query: str) -> list[str]:
    found = await talk.client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
    return [symbol.name for symbol in found or ()]


async def finding(talk: Session, uri: str) -> types.Diagnostic:
    """The finding about the function that was typed."""
    await until(
        lambda: [one for sent in talk.of(uri)[-1:] for one in sent.diagnostics if one.code == "CN001"]
    )
    return next(one for one in talk.of(uri)[-1].diagnostics if one.code == "CN001")


def applied(text: str, edits, encoding: str) -> str:
    """A text after edits, whose positions count units of an encoding."""
    lines = text.split("\n")

    def offset(place: types.Position) -> int:
        line = lines[place.line]
        column = next(c for c in range(len(line) + 1) if units(line[:c], encoding) == place.character)
        return sum(len(one) + 1 for one in lines[: place.line]) + column

    for edit in sorted(
        edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True
    ):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
@pytest.mark.parametrize("profile", CLIENTS)
async def test_what_exists_is_said_while_it_is_typed_and_used_instead(root, profile, encoding):
    declared = types.ClientCapabilities() if profile == NOTHING else capabilities(profile)
    declared.general = types.GeneralClientCapabilities(position_encodings=[encoding])
    if declared.workspace is not None:
        declared.workspace.configuration = True
    async with running(root, declared) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", BEFORE)
        # Typed line by line, and the first one behind characters that the encodings count differently.
        typed = ";" + TYPED
        text = BEFORE.rstrip("\n") + typed + "\n"
        line, column = 0, units(BEFORE.rstrip("\n"), encoding)
        for version, new in enumerate(typed.splitlines(keepends=True), 2):
            talk.type(uri, version, line, column, new)
            line, column = line + 1, 0

        diagnostic = await finding(talk, uri)
        at = text[: text.index("round_money")].count("\n")
        assert diagnostic.range.start == types.Position(at, 4)
        assert diagnostic.data["targets"][0] == "shop.money.round_half_up"
        if diagnostic.related_information:
            assert diagnostic.related_information[0].location.uri == talk.uri("shop/money.py")
            assert diagnostic.related_information[0].location.range.start == types.Position(6, 4)
        else:
            assert "shop/money.py:7" in diagnostic.message

        menu = await talk.actions(uri, at, 6)
        use = next(action for action in menu if "shop.money" in action.title and action.command is None)
        assert use.kind == types.CodeActionKind.QuickFix
        chosen = use if use.edit is not None else await talk.client.code_action_resolve_async(use)
        assert chosen.edit is not None
        if chosen.edit.document_changes is not None:
            edits = [edit for change in chosen.edit.document_changes for edit in change.edits]
        else:
            edits = chosen.edit.changes[uri]
        after = applied(text, edits, encoding)
        assert "from shop.money import round_half_up" in after
        assert "quantize" not in after
        assert BEFORE.rstrip("\n") in after
        talk.change(uri, 100, after)
        await until(lambda: talk.of(uri)[-1].version == 100)
        assert [one.code for one in talk.of(uri)[-1].diagnostics if one.code == "CN001"] == []


async def test_hover_symbols_and_completion_know_what_exists(root):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", TYPED + "\n\ndef round_h")
        diagnostic = await finding(talk, uri)

        hover = await talk.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), diagnostic.range.start)
        )
        assert hover is not None and "round_half_up" in hover.contents.value
        assert "round_half_up" in await symbols(talk, "rndhalf")
        end = types.Position((TYPED + "\n\n").count("\n"), len("def round_h"))
        found = await talk.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), end)
        )
        assert found is not None
        item = next(item for item in found.items if item.label.startswith("round_half_up"))
        edits = [item.text_edit, *(item.additional_text_edits or ())]
        after = applied(TYPED + "\n\ndef round_h", edits, "utf-16")
        assert "from shop.money import round_half_up" in after
        assert "def round_h" not in after


async def test_files_on_disk_are_followed(root):
    async with running(root, capabilities()) as talk:
        await indexed(talk)

        def changed(kind: types.FileChangeType, name: str) -> None:
            event = types.FileEvent(talk.uri(name), kind)
            talk.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

        async def known(name: str, *, yes: bool) -> None:
            async with asyncio.timeout(60):
                while (name in await symbols(talk, name)) != yes:
                    await asyncio.sleep(0.05)

        path = root / "shop" / "late.py"
        path.write_text("def arrive_late(train):\n    return train\n")
        changed(types.FileChangeType.Created, "shop/late.py")
        await known("arrive_late", yes=True)
        path.write_text("def arrive_early(train):\n    return train\n")
        changed(types.FileChangeType.Changed, "shop/late.py")
        await known("arrive_early", yes=True)
        await known("arrive_late", yes=False)
        path.unlink()
        changed(types.FileChangeType.Deleted, "shop/late.py")
        await known("arrive_early", yes=False)


async def test_a_second_folder_has_its_own_definitions(root, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "trains.py").write_text("def arrive_late(train):\n    return train\n")
    async with running(root, capabilities(), folders=[root, other.resolve()]) as talk:
        await indexed(talk)
        await indexed(talk, "arrive_late")
        uri = talk.open((other.resolve() / "billing.py").as_uri(), TYPED)
        mine = talk.open("shop/billing.py", TYPED)

        await finding(talk, mine)
        await until(lambda: talk.of(uri))
        assert [one.code for one in talk.of(uri)[-1].diagnostics if one.code == "CN001"] == []


async def test_settings_are_applied_without_restart(root):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", TYPED)
        await finding(talk, uri)

        talk.client.set_configuration({"severity": {"CN001": "off"}}, section="canonry")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await until(lambda: talk.of(uri)[-1].diagnostics == ())
        talk.client.set_configuration({}, section="canonry")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await finding(talk, uri)

        settings = root / "pyproject.toml"
        settings.write_text("[tool.canonry]\nseverity = { CN001 = 'off' }\nno-such-key = 1\n")
        event = types.FileEvent(settings.as_uri(), types.FileChangeType.Created)
        talk.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await until(lambda: talk.of(uri)[-1].diagnostics == ())
        await until(lambda: talk.shown(settings.as_uri()))
        assert talk.of(settings.as_uri())[-1].diagnostics[0].range.start.line == 2


async def test_a_settings_file_changes_as_its_editor_shows_it(root):
    settings = root / "pyproject.toml"
    settings.write_text("[project]\nname = 'shop'\n")
    unsaved = "# not saved yet\n\n[project]\nname = 'shop'\nversion = '1'\n\n[tool.canonry]\nexclude = []\n"
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", TYPED)
        at = (await finding(talk, uri)).range.start.line
        told = talk.open("pyproject.toml", "", language="toml")
        talk.change(told, 2, unsaved)

        async def accepted() -> types.TextDocumentEdit:
            menu = await talk.actions(uri, at, 5)
            (accept,) = [one for one in menu if one.title.startswith("Accept ")]
            chosen = await talk.client.code_action_resolve_async(accept)
            assert chosen.edit is not None and chosen.edit.document_changes is not None
            (change,) = chosen.edit.document_changes
            assert isinstance(change, types.TextDocumentEdit)
            return change

        open_one = await accepted()
        talk.close(told)
        closed = await accepted()

    assert (open_one.text_document.uri, open_one.text_document.version) == (told, 2)
    assert closed.text_document.version is None
    after = applied(unsaved, open_one.edits, "utf-16")
    assert after.startswith(unsaved)
    assert tomllib.loads(after)["tool"]["canonry"]["accepted"][0]["symbols"][0] == "shop.billing.round_money"
    assert "accepted" in applied(settings.read_text(), closed.edits, "utf-16")
    registered = [one.method for one in talk.registered if one.method.startswith("textDocument/did")]
    assert registered == ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"]


async def test_lessons_are_applied_without_restart(root):
    (root / "canonry.toml").write_text('lessons = ["docs/*.md"]\n')
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", "import time\n\ntime.sleep(1)\n")
        await until(lambda: talk.of(uri))

        lesson = root / "docs" / "waiting.md"
        lesson.parent.mkdir()
        lesson.write_text("# Waiting\n\nWRONG: `time.sleep(1)`\n\nCORRECT: `shop.wait()`\n")
        event = types.FileEvent(lesson.as_uri(), types.FileChangeType.Created)
        talk.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await until(lambda: [one.code for one in talk.of(uri)[-1].diagnostics] == ["CN703"])

        lesson.unlink()
        event = types.FileEvent(lesson.as_uri(), types.FileChangeType.Deleted)
        talk.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await until(lambda: talk.of(uri)[-1].diagnostics == ())


async def test_broken_python_at_every_keystroke_is_answered(root):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", "")
        text = "class A(\n  def x(:\n\tasync 漢 '''\n\\\n@\x0c\r\r\n}]) 😀 lambda: *"
        for version in range(1, len(text) + 1):
            talk.change(uri, version + 1, text[:version])
        await talk.diagnostics(uri, len(text) + 1)

        assert talk.client.log_messages == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
async def test_a_client_that_vanishes_while_the_index_is_built_leaves_no_process(root):
    for number in range(1500):
        (root / f"module{number}.py").write_text(MONEY * 20)
    client = LanguageClient(converter_factory=converter)
    register_lsp_features(client)
    code = COMMAND.format(cache=str(root.parent / "cache"))
    await client.start_io(sys.executable, "-c", code, cwd=str(root))
    server = client._server
    assert server is not None
    await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities(), workspace_folders=[types.WorkspaceFolder(root.as_uri(), "project")]
        )
    )
    await until(lambda: children(server.pid))
    workers = children(server.pid)

    server.stdin.close()  # type: ignore[union-attr]
    await until(lambda: server.returncode is not None)
    await until(lambda: not any(process_alive(pid) for pid in workers))
    await client.stop()


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


async def test_everything_safe_is_fixed_at_once(root):
    text = "x = 1  # canonry: ignore[CN203] '漢😀'\ny = 2\nz = 3  # canonry: ignore[CN203]\n"
    path = root / "shop" / "marks.py"
    path.write_text(text)
    async with running(root, capabilities("neovim@0.11")) as talk:
        await indexed(talk)
        uri = talk.open("shop/marks.py", text)
        (action,) = await talk.actions(uri, 0, only=["source.fixAll"])
        other = await talk.actions(uri, 0, only=["source.organizeImports"])

    assert (action.title, action.kind) == ("Apply 2 safe fixes of Canonry", "source.fixAll.canonry")
    assert action.edit is not None
    changes = (
        action.edit.document_changes[0].edits
        if action.edit.document_changes
        else (action.edit.changes or {})[uri]
    )
    assert [one.new_text for one in changes] == ["", ""]
    assert [one.range.start for one in changes] == [types.Position(0, 5), types.Position(2, 5)]
    assert other == []
