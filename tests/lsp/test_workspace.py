"""Folders, files that change on disk, settings, indexing with progress."""

import asyncio

import pytest
from canonry.index.discovery import TEXTS
from canonry.lsp.folders import Folders, project_of
from lsprotocol import types

from .fake_workspace import FakeWorkspace
from .session import Session, capabilities, session, until


@pytest.fixture
def root(tmp_path):
    return make(tmp_path / "one", "existing.py", "twin")


def make(folder, name, *definitions):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(f"def {one}():\n    pass\n" for one in definitions))
    return folder.resolve()


def changed(talk: Session, *events: tuple) -> None:
    talk.client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams([types.FileEvent(path.as_uri(), kind) for path, kind in events])
    )


def folder_of(path) -> types.WorkspaceFolder:
    return types.WorkspaceFolder(path.as_uri(), path.name)


CREATED, CHANGED, DELETED = (
    types.FileChangeType.Created,
    types.FileChangeType.Changed,
    types.FileChangeType.Deleted,
)


# ---- folders


async def test_a_document_belongs_to_the_innermost_folder_that_holds_it(root):
    inner = make(root / "inner", "other.py", "inner_twin")
    async with session(root, folders=[root, inner]) as talk:
        await talk.settled()
        talk.open("inner/new.py", "")
        talk.open("new.py", "")
        await talk.settled()

        assert set(talk.workspaces[inner].buffers) == {inner / "new.py"}
        assert set(talk.workspaces[root].buffers) == {root / "new.py"}


async def test_new_documents_and_those_of_elsewhere_are_compared_with_the_first_folder(root, tmp_path):
    elsewhere = make(tmp_path / "elsewhere", "new.py")
    async with session(root) as talk:
        await talk.settled()
        unsaved = talk.open("untitled:Untitled-1", "def twin\n")
        outside = talk.open((elsewhere / "new.py").as_uri(), "def twin\n")
        another = talk.open("untitled:Untitled-2", "x\n", version=3)

        assert len(await talk.diagnostics(unsaved, 1)) == 1
        assert len(await talk.diagnostics(outside, 1)) == 1
        await talk.diagnostics(another, 3)
        paths = list(talk.workspace.buffers)
        assert [path.parent for path in paths] == [root] * 3
        assert len({path.name for path in paths}) == 3
        assert not any(path.exists() for path in paths)
        menu = await talk.actions(unsaved, 0, 5)
        chosen = await talk.client.code_action_resolve_async(menu[0])
        assert chosen.edit is not None and chosen.edit.document_changes is not None
        assert chosen.edit.document_changes[0].text_document.uri == unsaved


async def test_cells_of_a_notebook_have_findings_and_keep_what_other_cells_use(root, tmp_path):
    other = make(tmp_path / "other", "existing.py", "twin")
    async with session(root, folders=[root, other]) as talk:
        await talk.settled()
        notebook = "vscode-notebook-cell:" + (other / "study.ipynb").as_uri().removeprefix("file:")
        cell = talk.open(f"{notebook}#W0", "def twin():\n")
        elsewhere = talk.open("vscode-notebook-cell:/another.ipynb#W0", "twin()\n")
        assert len(await talk.diagnostics(cell, 1)) == 1
        menu = await talk.actions(cell, 0, 5)
        assert menu[0].disabled is None
        await talk.diagnostics(elsewhere, 1)
        assert [path.parent for path in talk.workspaces[other].buffers] == [other]

        caller = talk.open(f"{notebook}#W1", "twins()\nx = twin()\n")
        await talk.diagnostics(caller, 1)
        menu = await talk.actions(cell, 0, 5)

    assert menu[0].disabled == types.CodeActionDisabled("twin is used in another cell of the notebook")
    assert menu[0].is_preferred is None


async def test_a_made_up_path_is_never_one_of_a_real_file(root):
    (root / "untitled-1.py").write_text("")
    folders = Folders(FakeWorkspace)
    folders.add(root)

    place = folders.settle("untitled:Untitled-1")

    assert place is not None
    assert place.path == root / "untitled-2.py"


async def test_installed_packages_that_are_looked_at_are_not_checked(root, tmp_path):
    path = tmp_path / "venv" / "lib" / "site-packages" / "requests" / "api.py"
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open(path.as_uri(), "def twin\n")
        assert await talk.actions(uri, 0, 5) == []
        await talk.settled()

        assert talk.published == []


async def test_without_a_folder_the_project_of_the_first_document_is_one(root):
    (root / "pyproject.toml").write_text("")
    make(root / "pkg", "more.py")
    async with session(root, folders=[]) as talk:
        uri = talk.open("pkg/new.py", "def twin\n")
        await until(lambda: talk.shown(uri))

        assert [folder.root for folder in talk.server.folders.all] == [root]


async def test_without_a_folder_a_new_document_waits_for_one(root):
    async with session(root, folders=[]) as talk:
        uri = talk.open("untitled:Untitled-1", "def twin\n")
        assert await talk.actions(uri, 0, 5) == []
        talk.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([folder_of(root)], []))
        )
        await until(lambda: talk.shown(uri))


def test_the_project_of_a_document_is_its_nearest_marked_parent(tmp_path):
    make(tmp_path / "a" / "b", "c.py")
    (tmp_path / "a" / ".git").mkdir()

    assert project_of(tmp_path / "a" / "b" / "c.py") == tmp_path / "a"


async def test_the_home_and_temporary_folders_are_not_read_as_projects(root, monkeypatch):
    monkeypatch.setenv("HOME", str(root))
    async with session(root) as talk:
        uri = talk.open("new.py", "def twin\n")
        await talk.diagnostics(uri, 1)

        assert talk.workspace.called("refresh") == []


async def test_folders_come_and_go(root, tmp_path):
    second = make(tmp_path / "two", "more.py", "second_twin")
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open((second / "new.py").as_uri(), "def second_twin\ndef twin\n")
        assert [one.message for one in await talk.diagnostics(uri, 1)] == ["`existing.twin` exists"]

        change = types.WorkspaceFoldersChangeEvent(added=[folder_of(second)], removed=[])
        talk.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
        await until(lambda: talk.shown(uri) == ["`more.second_twin` exists"])
        assert talk.workspace.buffers == {}

        change = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder_of(second)])
        talk.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
        await until(lambda: talk.shown(uri) == ["`existing.twin` exists"])
        await until(lambda: talk.workspaces[second].closed)

        change = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder_of(root)])
        talk.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
        await until(lambda: talk.shown(uri) == [])
        await until(lambda: talk.workspace.closed)


async def test_a_folder_behind_a_link_keeps_the_name_that_the_client_gave_it(root, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(root)
    async with session(root, folders=[link]) as talk:
        await until(lambda: root in talk.workspaces and talk.workspace.called("refresh"))
        uri = talk.open((link / "new.py").as_uri(), "def twin\n")
        await until(lambda: talk.shown(uri))

        (diagnostic,) = talk.of(uri)[-1].diagnostics
        assert diagnostic.related_information is not None
        assert diagnostic.related_information[0].location.uri == (link / "existing.py").as_uri()
        assert set(talk.workspace.buffers) == {root / "new.py"}


async def test_a_client_of_the_old_kind_names_its_folder_as_root(root):
    async with session(root, initialize=False) as talk:
        await talk.client.initialize_session(
            types.InitializeParams(capabilities=capabilities(), root_uri=root.as_uri())
        )
        await until(lambda: root in talk.workspaces and talk.workspace.called("refresh"))


# ---- files on disk


async def test_what_the_client_watches_is_registered(root):
    async with session(root) as talk:
        await talk.settled()
        options = {one.method: one.register_options for one in talk.registered}

        globs = [watcher["globPattern"] for watcher in options["workspace/didChangeWatchedFiles"]["watchers"]]
        assert globs[:7] == [
            "**/*.py",
            "**/*.pyi",
            "**/*.md",
            "**/*.markdown",
            "**/pyproject.toml",
            "**/canonry.toml",
            "**/.gitignore",
        ]
        assert globs[-1] == "**/*"
        assert globs[7:-1] == [f"**/{name}" for name in TEXTS]
        assert {"**/*.yaml", "**/Procfile", "**/*.service", "**/*.sh"}.issubset(globs)
        assert options["workspace/didChangeConfiguration"] == {"section": "canonry"}


async def test_files_that_are_created_changed_and_deleted_are_followed(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def later\ndef twin\n")
        assert len(await talk.diagnostics(uri, 1)) == 1

        make(root, "late.py", "later")
        changed(talk, (root / "late.py", CREATED))
        await until(lambda: talk.shown(uri) == ["`late.later` exists", "`existing.twin` exists"])
        make(root, "existing.py", "other")
        changed(talk, (root / "existing.py", CHANGED))
        await until(lambda: talk.shown(uri) == ["`late.later` exists"])
        (root / "late.py").unlink()
        changed(talk, (root / "late.py", DELETED))
        await until(lambda: talk.shown(uri) == [])


async def test_a_folder_that_is_gone_takes_its_files_along(root):
    package = make(root / "package", "inside.py", "inner")
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def inner\n")
        assert len(await talk.diagnostics(uri, 1)) == 1
        (package / "inside.py").unlink()
        package.rmdir()
        changed(talk, (package, DELETED), (root / ".git" / "lock", DELETED), (root / "notes.txt", DELETED))

        await until(lambda: talk.shown(uri) == [])
        assert talk.workspace.called("files_changed") == [(frozenset({package}),)]


async def test_a_change_that_changes_nothing_checks_nothing(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")
        await talk.diagnostics(uri, 1)
        changed(talk, (root / "existing.py", CHANGED))
        await until(lambda: talk.workspace.called("files_changed"))
        await talk.settled()

        assert len(talk.of(uri)) == 1


async def test_a_file_in_two_folders_is_told_to_both(root):
    inner = make(root / "inner", "other.py")
    async with session(root, folders=[root, inner]) as talk:
        await talk.settled()
        changed(talk, (inner / "other.py", CHANGED))

        for workspace in talk.workspaces.values():
            await until(lambda workspace=workspace: workspace.called("files_changed"))


async def test_a_new_gitignore_has_the_folder_read_anew(root):
    async with session(root) as talk:
        await talk.settled()
        changed(talk, (root / ".gitignore", CREATED))
        await until(lambda: len(talk.workspace.called("refresh")) == 2)


async def test_a_saved_document_is_read_by_the_index(root):
    async with session(root) as talk:
        await talk.settled()
        uri = talk.open("existing.py", "def other\n")
        talk.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await until(lambda: talk.workspace.called("files_changed") == [(frozenset({root / "existing.py"}),)])


async def test_where_the_client_cannot_watch_the_server_does(root):
    declared = capabilities()
    assert declared.workspace is not None
    declared.workspace.did_change_watched_files = None
    async with session(root, declared) as talk:
        await talk.settled()
        assert "workspace/didChangeWatchedFiles" not in [one.method for one in talk.registered]
        uri = talk.open("new.py", "def later\ndef moved\n")
        # The watch begins at some moment; until then what is created is not an event.
        for number in range(1000):
            make(root, f"late{number}.py", "later")
            await asyncio.sleep(0.05)
            if talk.shown(uri):
                break
        assert talk.shown(uri)
        outside = make(root.parent / "outside", "inside.py", "moved")
        outside.rename(root / "arrived")
        await until(lambda: "`arrived.inside.moved` exists" in talk.shown(uri))
        (root / "arrived").rename(root.parent / "gone")
        await until(lambda: "`arrived.inside.moved` exists" not in talk.shown(uri))


# ---- settings


@pytest.mark.parametrize(
    "options",
    [
        {"severity": {"CN001": "off"}},
        {"canonry": {"severity": {"CN001": "off"}}},
        {"settings": {"canonry": {"severity": {"CN001": "off"}}}},
    ],
)
async def test_settings_of_the_start_in_whatever_they_are_wrapped(root, options):
    async with session(root, options=options) as talk:
        await talk.settled()

        assert talk.workspace.called("set_editor_settings") == [({"severity": {"CN001": "off"}},)]


async def test_the_client_is_asked_for_its_settings_before_the_index_is_built(root):
    async with session(root, configuration={"exclude": ["x"]}) as talk:
        await talk.settled()

        names = [call[0] for call in talk.workspace.calls]
        assert names.index("set_editor_settings") < names.index("refresh")
        assert talk.workspace.called("refresh") == [()]


async def test_changed_settings_are_asked_for_and_applied(root):
    async with session(root, configuration={}) as talk:
        await talk.settled()
        uri = talk.open("new.py", "def twin\n")
        await talk.diagnostics(uri, 1)
        talk.client.set_configuration({"severity": {"CN001": "hint"}}, section="canonry")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await until(lambda: len(talk.of(uri)) == 2)

        assert talk.workspace.called("set_editor_settings")[-1] == ({"severity": {"CN001": "hint"}},)
        assert len(talk.workspace.called("refresh")) == 1
        talk.client.set_configuration({"exclude": ["old/**"]}, section="canonry")
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await until(lambda: len(talk.workspace.called("refresh")) == 2)


async def test_pushed_settings_are_applied_where_the_client_cannot_be_asked(root):
    declared = capabilities()
    assert declared.workspace is not None
    declared.workspace.configuration = False
    async with session(root, declared) as talk:
        await talk.settled()
        pushed = {"canonry": {"severity": {"CN001": "off"}}}
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(pushed))
        await until(
            lambda: talk.workspace.called("set_editor_settings") == [({"severity": {"CN001": "off"}},)]
        )
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await talk.settled()
        assert len(talk.workspace.called("set_editor_settings")) == 1


async def test_problems_of_settings_files_are_shown_and_cleared(root):
    settings = root / "pyproject.toml"
    settings.write_text("[tool.canonry]\nwrong = 1\n")
    async with session(root, capabilities(pull=True)) as talk:
        uri = settings.as_uri()
        await until(lambda: talk.shown(uri) == ["no such key"])
        (diagnostic,) = talk.of(uri)[-1].diagnostics
        assert (diagnostic.source, diagnostic.code, diagnostic.range.start.line) == ("canonry", "CN901", 1)

        settings.write_text("[tool.canonry]\n")
        changed(talk, (settings, CHANGED))
        # Findings of settings are shown once more when indexing ends: maybe after the file was written.
        await until(lambda: talk.workspace.called("reload_settings") == [()])
        await until(lambda: talk.shown(uri) == [])


async def test_lessons_that_change_on_disk_are_read_and_documents_checked_again(root):
    async with session(root) as talk:
        uri = talk.open("new.py", "")
        await talk.settled()
        before = len(talk.of(uri))

        changed(talk, (root / "docs/lessons.md", CHANGED))
        await until(lambda: talk.workspace.called("reload_lessons") == [()])
        await until(lambda: len(talk.of(uri)) > before)


async def test_problems_of_settings_files_go_with_their_folder(root):
    (root / "pyproject.toml").write_text("wrong\n")
    uri = (root / "pyproject.toml").as_uri()
    async with session(root) as talk:
        await until(lambda: talk.shown(uri))
        change = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder_of(root)])
        talk.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
        await until(lambda: not talk.shown(uri))


# ---- indexing


def progress_of(talk: Session) -> list:
    ((_, reports),) = talk.client.progress_reports.items()
    return reports


async def test_indexing_shows_its_progress(root):
    make(root, "more.py", "more")

    def hold(workspace: FakeWorkspace) -> None:
        workspace.index_gate.clear()

    async with session(root, prepare=hold) as talk:
        await until(lambda: talk.client.progress_reports and progress_of(talk))
        begin = progress_of(talk)[0]
        assert isinstance(begin, types.WorkDoneProgressBegin)
        assert (begin.title, begin.cancellable) == ("Indexing one", True)
        assert begin.percentage is not None
        talk.workspace.index_gate.set()
        await until(lambda: isinstance(progress_of(talk)[-1], types.WorkDoneProgressEnd))
        assert progress_of(talk)[-1].message == "2 files, 2 definitions"


async def test_typing_is_answered_while_the_index_is_built_and_checked_again_after(root):
    async with session(root, prepare=lambda workspace: workspace.index_gate.clear()) as talk:
        uri = talk.open("new.py", "def twin\n")
        assert await talk.diagnostics(uri, 1) == []
        talk.workspace.index_gate.set()
        await until(lambda: talk.shown(uri) == ["`existing.twin` exists"])


async def test_indexing_stops_when_its_user_says_so_and_keeps_what_there_is(root):
    async with session(root, prepare=lambda workspace: workspace.index_gate.clear()) as talk:
        await until(lambda: talk.client.progress_reports and progress_of(talk))
        (token,) = talk.client.progress_reports
        talk.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
        await until(lambda: isinstance(progress_of(talk)[-1], types.WorkDoneProgressEnd))

        assert progress_of(talk)[-1].message == "cancelled"
        await talk.settled()
        assert len(talk.workspace.called("refresh")) == 1
        uri = talk.open("new.py", "x\n")
        assert await talk.diagnostics(uri, 1) == []


async def test_a_client_without_progress_is_asked_for_none(root):
    declared = capabilities()
    assert declared.window is not None
    declared.window.work_done_progress = False
    async with session(root, declared) as talk:
        await talk.settled()

        assert talk.client.progress_reports == {}


async def test_indexing_that_fails_is_told_once_and_the_server_goes_on(root):
    async with session(root, prepare=lambda workspace: workspace.failing.add("refresh")) as talk:
        await until(lambda: talk.client.messages)
        (message,) = talk.client.messages
        assert message.type == types.MessageType.Error
        assert "could not index" in message.message and "refresh is broken" in message.message
        changed(talk, (root / ".gitignore", CREATED))
        await until(lambda: len(talk.workspace.called("refresh")) == 2)
        uri = talk.open("new.py", "def twin\n")
        assert await talk.diagnostics(uri, 1) == []
        await talk.settled()
        assert len(talk.client.messages) == 1


async def test_a_folder_that_cannot_be_analysed_at_all_leaves_the_others_alone(root, tmp_path):
    second = make(tmp_path / "two", "more.py", "second_twin")

    def refuse(workspace: FakeWorkspace) -> None:
        if workspace.root == root:
            raise OSError("no entry")

    async with session(root, folders=[root, second], prepare=refuse) as talk:
        uri = talk.open((second / "new.py").as_uri(), "def second_twin\n")
        await until(lambda: talk.shown(uri))
        lost = talk.open("new.py", "def twin\n")
        assert await talk.actions(lost, 0, 5) == []
        assert talk.of(lost) == []
