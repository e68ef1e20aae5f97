"""Files that change on disk: by git, by another editor, by a tool."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.index.discovery import TEXTS, is_text
from canonry.lsp.features import configuration
from canonry.lsp.folders import path_of

if TYPE_CHECKING:
    from canonry.lsp.folders import Folder
    from canonry.lsp.language_server import CanonryServer

logger = logging.getLogger(__name__)

_SETTINGS = ("pyproject.toml", "canonry.toml")
_IGNORES = (".gitignore",)
_CODE = (".py", ".pyi")
_PROSE = (".md", ".markdown")
"""What files of lessons are called that clients watch; what is watched here may have any name."""
_GLOBS = (
    *(f"**/*{suffix}" for suffix in (*_CODE, *_PROSE)),
    *(f"**/{name}" for name in (*_SETTINGS, *_IGNORES, *TEXTS)),
)


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(did_change_watched_files)


async def register_watchers(ls: CanonryServer) -> None:
    """Have the client watch the files that matter, where it can."""
    if not ls.client.registers_watchers:
        return
    watchers = [types.FileSystemWatcher(glob) for glob in _GLOBS]
    # A folder that is deleted or moved away is told as one event of its own by some clients.
    watchers.append(types.FileSystemWatcher("**/*", types.WatchKind.Delete))
    await ls.register_in_client(
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.DidChangeWatchedFilesRegistrationOptions(watchers),
    )


def did_change_watched_files(ls: CanonryServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Follow what has changed."""
    changes = [
        (path, change.type == types.FileChangeType.Deleted)
        for change in params.changes
        if (path := path_of(change.uri)) is not None
    ]
    follow(ls, changes)


def follow(ls: CanonryServer, changes: Iterable[tuple[Path, bool]]) -> None:
    """Have each folder read what has changed in it; each change is a path and whether it is gone."""
    code: dict[Folder, set[Path]] = {}
    settings: set[Folder] = set()
    ignores: set[Folder] = set()
    lessons: dict[Folder, set[Path]] = {}
    for path, gone in changes:
        for folder, inside in ls.folders.containing(path):
            if path.name in _SETTINGS:
                settings.add(folder)
            elif path.name in _IGNORES:
                ignores.add(folder)
            elif _is_read(path) or (gone and _may_be_package(inside, folder.root)):
                code.setdefault(folder, set()).add(inside)
            if path.suffix not in _CODE:
                lessons.setdefault(folder, set()).add(inside)
    for folder in settings:
        configuration.reload(ls, folder)
    for folder, paths in lessons.items():
        configuration.reload_lessons(ls, folder, paths)
    for folder in ls.folders.all:
        if folder.indexer is None:
            continue
        if folder in ignores:
            folder.indexer.refresh_soon()
        elif folder in code:
            folder.indexer.changed(code[folder])


def watch_if_needed(ls: CanonryServer, folder: Folder) -> None:
    """Watch a folder here, in a thread, where the client does not."""
    if ls.client.registers_watchers and folder.given_by_client:
        return
    threading.Thread(target=_watch, args=(ls, folder), name=f"watch {folder.root.name}", daemon=True).start()


def _watch(ls: CanonryServer, folder: Folder) -> None:
    from watchfiles import Change, DefaultFilter, watch

    try:
        for batch in watch(
            folder.root, watch_filter=DefaultFilter(), stop_event=folder.left, raise_interrupt=False
        ):
            changes = [(Path(path), change is Change.deleted) for change, path in batch]
            # A folder that was moved here is one event, without those of its files.
            moved = [path for path, gone in changes if not gone and path.is_dir()]
            changes += [(file, False) for path in moved for file in path.rglob("*") if _is_read(file)]
            ls.in_loop(lambda changes=changes: follow(ls, changes))  # type: ignore[misc]
    except Exception:
        logger.exception("%s cannot be watched: changes by other programs are not seen", folder.root)


def _is_read(path: Path) -> bool:
    """Whether the index may have anything of a file of that name."""
    return path.suffix in _CODE or is_text(path.name)


def _may_be_package(path: Path, root: Path) -> bool:
    """Whether something that is gone may have been a folder of modules.

    The names of packages have no dot in them; hidden folders and caches are no concern.
    """
    return all(part.isidentifier() and part != "__pycache__" for part in path.relative_to(root).parts)
