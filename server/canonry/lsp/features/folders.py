"""Workspace folders: those of the start, those that come and go, and one for a lone document."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.lsp.features import configuration, diagnostics, watching
from canonry.lsp.features.progress import WorkDone
from canonry.lsp.folders import Folder, path_of, project_of
from canonry.lsp.indexing import Indexer

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

logger = logging.getLogger(__name__)


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(did_change_workspace_folders)


def take_initial(ls: CanonryServer, params: types.InitializeParams) -> None:
    """Take on the folders that `initialize` names, in the newest way that the client uses."""
    if params.workspace_folders:
        paths = [path_of(folder.uri) for folder in params.workspace_folders]
    elif params.root_uri:
        paths = [path_of(params.root_uri)]
    else:
        paths = [Path(params.root_path)] if params.root_path else []
    for path in paths:
        if path is not None:
            _take_on(ls, path)


def adopt_for(ls: CanonryServer, uri: str) -> None:
    """Where the client has no folder at all, take on the project of the document that it opens."""
    path = path_of(uri)
    if ls.folders.all or path is None:
        return
    folder = _take_on(ls, project_of(path), given_by_client=False)
    if folder is not None:
        start(ls, folder)


def _index_changed(ls: CanonryServer, folder: Folder) -> None:
    """What documents are compared with has changed, and what settings may name."""
    diagnostics.check_all(ls)
    ls.analysis.submit(lambda: configuration.show_problems(ls, folder))


def start(ls: CanonryServer, folder: Folder) -> None:
    """Read a folder for the first time, and follow what changes in it."""
    ls.analysis.submit(lambda: configuration.show_problems(ls, folder))
    if not folder.scanned or folder.indexer is not None:
        return
    folder.indexer = Indexer(
        folder,
        reporter=lambda title: WorkDone(ls, title),
        on_change=lambda: _index_changed(ls, folder),
        on_failure=ls.show_once,
    )
    watching.watch_if_needed(ls, folder)
    folder.indexer.refresh_soon()


async def did_change_workspace_folders(
    ls: CanonryServer, params: types.DidChangeWorkspaceFoldersParams
) -> None:
    """Take on the folders that were added, let go of those that were removed."""
    removed = [
        folder
        for gone in params.event.removed
        if (path := path_of(gone.uri)) is not None and (folder := ls.folders.remove(path)) is not None
    ]
    added = [
        folder
        for new in params.event.added
        if (path := path_of(new.uri)) is not None and (folder := _take_on(ls, path)) is not None
    ]
    for buffer in ls.buffers:
        ls.folders.settle(buffer.uri)
        # Closes it in the folder that it has left before that folder is closed itself.
        ls.analysis.follow(buffer.uri)
    ls.analysis.submit(lambda: configuration.withdraw_problems(ls, removed))
    if added:
        await configuration.pull(ls)
    for folder in added:
        start(ls, folder)
    diagnostics.check_all(ls)
    await asyncio.wrap_future(ls.analysis.submit(lambda: None))
    for folder in removed:
        await asyncio.to_thread(folder.close)


def _take_on(ls: CanonryServer, path: Path, *, given_by_client: bool = True) -> Folder | None:
    folder = ls.folders.add(path, given_by_client=given_by_client)
    if folder is not None:
        folder.editor_settings = ls.editor_settings
    return folder
