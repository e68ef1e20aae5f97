"""Requests of our own about the server itself: `canonry/status` and `canonry/rebuildIndex`."""

from __future__ import annotations

import asyncio
import platform
import sys
from typing import TYPE_CHECKING, Any

from canonry import __version__

if TYPE_CHECKING:
    from canonry.lsp.folders import Folder
    from canonry.lsp.language_server import CanonryServer

_MOST_SKIPPED = 20
"""Files that were not read, by name; the rest is a number."""


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature("canonry/status")(status)
    server.feature("canonry/rebuildIndex")(rebuild_index)


async def status(ls: CanonryServer, params: object) -> dict[str, Any]:
    """The server's version and Python, and for each folder what its index holds."""
    folders = await asyncio.to_thread(lambda: [_told(folder) for folder in ls.folders.all])
    return {
        "version": __version__,
        "python": platform.python_version(),
        "executable": sys.executable,
        "platform": platform.platform(),
        "folders": folders,
    }


async def rebuild_index(ls: CanonryServer, params: object) -> None:
    """Drop the index of every folder and read its files anew; progress tells how far that is."""
    for folder in ls.folders.all:
        workspace = await asyncio.to_thread(folder.workspace)
        if workspace is not None and folder.indexer is not None:
            await asyncio.to_thread(workspace.clear_index)
            folder.indexer.refresh_soon()


def _told(folder: Folder) -> dict[str, Any]:
    workspace = folder.workspace()
    if workspace is None:
        return {"path": str(folder.path), "failed": True}
    found = workspace.status()
    return {
        "path": str(folder.path),
        "scanned": folder.scanned,
        "ready": found.ready and (folder.indexer is None or folder.indexer.idle),
        "files": found.files,
        "definitions": found.definitions,
        "lines": found.lines,
        "index": str(found.location),
        "size": found.size,
        "skipped": len(found.skipped),
        "skippedFiles": [[str(path), reason] for path, reason in found.skipped[:_MOST_SKIPPED]],
        "problems": sum(len(findings) for findings in workspace.settings_findings().values()),
    }
