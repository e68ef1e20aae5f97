"""Settings: taken from the client when it tells or when it is asked, applied without restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.lsp import log
from canonry.lsp.features import diagnostics
from canonry.lsp.protocol import PATIENCE

if TYPE_CHECKING:
    from canonry.lsp.folders import Folder
    from canonry.lsp.language_server import CanonryServer

logger = logging.getLogger(__name__)

_SECTION = "canonry"
_OF_THE_INDEX = ("include", "exclude", "respect_gitignore", "source_roots", "max_file_size")
"""The settings that decide which files are read and how they are named."""


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(did_change_configuration)


def take_initial(ls: CanonryServer, options: object) -> None:
    """Take the settings from `initializationOptions`, in whatever they are wrapped."""
    if isinstance(options, Mapping):
        ls.editor_settings = _own(ls, options)


async def follow_client(ls: CanonryServer) -> None:
    """Have the client tell when its settings change, and ask for those that it has."""
    if ls.client.registers_configuration:
        await ls.register_in_client(
            types.WORKSPACE_DID_CHANGE_CONFIGURATION,
            types.DidChangeConfigurationRegistrationOptions(section=_SECTION),
        )
    await pull(ls)


async def did_change_configuration(ls: CanonryServer, params: types.DidChangeConfigurationParams) -> None:
    """Apply the client's new settings: those it answers, or else those it has pushed."""
    if ls.client.configuration:
        await pull(ls)
    elif isinstance(params.settings, Mapping):
        ls.editor_settings = _own(ls, params.settings)
        for folder in ls.folders.all:
            _apply(ls, folder, ls.editor_settings)


async def pull(ls: CanonryServer) -> None:
    """Ask the client for each folder's settings, and return once they are applied.

    Without an answer all stays as it is.
    """
    folders = ls.folders.all
    if not ls.client.configuration or not folders:
        return
    items = [types.ConfigurationItem(scope_uri=folder.path.as_uri(), section=_SECTION) for folder in folders]
    try:
        answers = await asyncio.wait_for(
            ls.workspace_configuration_async(types.ConfigurationParams(items)), PATIENCE
        )
    except Exception as error:
        logger.warning("The client does not tell its settings: %s", str(error) or type(error).__name__)
        return
    applied = [
        # A client that keeps no such section answers null or nothing: what it gave at the start holds.
        asyncio.wrap_future(_apply(ls, folder, {**ls.editor_settings, **_own(ls, answer)}))
        for folder, answer in zip(folders, answers or (), strict=False)
        if isinstance(answer, Mapping)
    ]
    await asyncio.gather(*applied, return_exceptions=True)


def reload(ls: CanonryServer, folder: Folder) -> None:
    """Read a folder's settings files anew and apply them."""

    def work() -> None:
        workspace = folder.workspace()
        if workspace is None:
            return
        before = workspace.settings
        if workspace.reload_settings():
            _settings_changed(ls, folder, before, workspace.settings)
        show_problems(ls, folder)

    ls.analysis.submit(work)


def reload_lessons(ls: CanonryServer, folder: Folder, paths: Collection[Path]) -> None:
    """Read a folder's lessons anew where a change at any of these paths may be one of theirs."""

    def work() -> None:
        workspace = folder.workspace()
        if workspace is None or not any(map(workspace.touches_lessons, paths)):
            return
        if workspace.reload_lessons():
            diagnostics.check_all(ls)
            show_problems(ls, folder)

    ls.analysis.submit(work)


def show_problems(ls: CanonryServer, folder: Folder) -> None:
    """Publish what is wrong with a folder's settings files, and clear what was. In the analysis thread."""
    workspace = folder.workspace()
    if workspace is None or folder not in ls.folders.all:  # it may have left since this was asked for
        return
    shown = set()
    for path, findings in workspace.settings_findings().items():
        if findings:
            uri = ls.folders.uri_of(path)
            diagnostics.publish_file(ls, uri, path, findings)
            shown.add(uri)
    for uri in folder.shown_settings - shown:
        diagnostics.withdraw_file(ls, uri)
    folder.shown_settings = shown


def withdraw_problems(ls: CanonryServer, removed: Iterable[Folder]) -> None:
    """Clear what was published for the settings files of folders. In the analysis thread."""
    for folder in removed:
        for uri in folder.shown_settings:
            diagnostics.withdraw_file(ls, uri)
        folder.shown_settings = set()


def _apply(ls: CanonryServer, folder: Folder, settings: dict[str, object]) -> Future[None]:
    is_new = folder.editor_settings != settings
    folder.editor_settings = settings

    def work() -> None:
        if not is_new:
            return
        workspace = folder.workspace()
        if workspace is None:
            return
        before = workspace.settings
        workspace.set_editor_settings(settings)
        _settings_changed(ls, folder, before, workspace.settings)
        show_problems(ls, folder)

    return ls.analysis.submit(work)


def _settings_changed(ls: CanonryServer, folder: Folder, before: object, after: object) -> None:
    if folder.indexer is not None and any(
        getattr(before, name) != getattr(after, name) for name in _OF_THE_INDEX
    ):
        folder.indexer.refresh_soon()
    diagnostics.check_all(ls)


def _own(ls: CanonryServer, settings: Mapping[str, object]) -> dict[str, object]:
    """The settings of the engine; those of the server itself are applied and taken out."""
    found = dict(settings)
    for wrapper in ("settings", _SECTION, "settings"):
        inner = found.get(wrapper)
        if isinstance(inner, Mapping):
            found = dict(inner)
    level = found.pop("logLevel", None)
    if isinstance(level, str) and level in log.LEVELS:
        log.set_level(level)
    return found
