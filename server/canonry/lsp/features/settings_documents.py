"""Settings files that are open: a change of one has to fit what its editor shows, saved or not.

They are no documents to check: their texts alone are followed, where a client can be asked to tell them.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from canonry.lsp.folders import path_of

if TYPE_CHECKING:
    from pathlib import Path

    from canonry.lsp.buffers import Buffer
    from canonry.lsp.folders import Folder
    from canonry.lsp.language_server import CanonryServer

_NAMES = ("pyproject.toml", "canonry.toml")


async def ask_for(ls: CanonryServer) -> None:
    """Have the client tell of open settings files, which it would not do by itself."""
    if not ls.client.registers_documents:
        return
    chosen = [types.TextDocumentFilterPattern(f"**/{name}", scheme="file") for name in _NAMES]
    plain = types.TextDocumentRegistrationOptions(chosen)
    incremental = types.TextDocumentSyncKind.Incremental
    await ls.register_in_client(types.TEXT_DOCUMENT_DID_OPEN, plain)
    await ls.register_in_client(
        types.TEXT_DOCUMENT_DID_CHANGE, types.TextDocumentChangeRegistrationOptions(incremental, chosen)
    )
    await ls.register_in_client(types.TEXT_DOCUMENT_DID_CLOSE, plain)


def is_settings(uri: str) -> bool:
    """Whether a document is a settings file by its name."""
    address = urlsplit(uri)
    return address.scheme == "file" and PurePosixPath(unquote(address.path)).name in _NAMES


def follow(ls: CanonryServer, uri: str, buffer: Buffer | None) -> None:
    """Hand the newest text of a settings file on; None where it was closed."""
    path = path_of(uri)
    for folder, inside in ls.folders.containing(path) if path is not None else ():
        ls.analysis.submit(partial(_tell, folder, inside, buffer))


def _tell(folder: Folder, path: Path, buffer: Buffer | None) -> None:
    workspace = folder.workspace()
    if workspace is None:
        return
    if buffer is None:
        workspace.close_settings(path)
    else:
        workspace.open_settings(path, buffer.text, buffer.version)
