"""didOpen, didChange, didClose, didSave: the newest text of each document, as it is typed."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lsprotocol import types

from canonry.lsp.features import folders, settings_documents
from canonry.lsp.notebooks import CELL_SCHEME

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

_SCHEMES = ("file", "untitled", CELL_SCHEME)
_SUFFIXES = (".py", ".pyi")


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=False))(did_save)


def did_open(ls: CanonryServer, params: types.DidOpenTextDocumentParams) -> None:
    """Follow a Python document, and the text of a settings file; every other one is ignored."""
    document = params.text_document
    if settings_documents.is_settings(document.uri):
        opened = ls.settings_files.open(document.uri, document.text, document.version)
        settings_documents.follow(ls, document.uri, opened)
        return
    if not _is_ours(document.uri, document.language_id):
        return
    ls.buffers.open(document.uri, document.text, document.version)
    folders.adopt_for(ls, document.uri)
    ls.folders.settle(document.uri)
    _text_is_new(ls, document.uri)


def did_change(ls: CanonryServer, params: types.DidChangeTextDocumentParams) -> None:
    """Apply what was typed and check it; the work is in proportion to the edit."""
    document = params.text_document
    changed = ls.settings_files.change(document.uri, params.content_changes, document.version, ls.encoding)
    if changed is not None:
        settings_documents.follow(ls, document.uri, changed)
    elif ls.buffers.change(document.uri, params.content_changes, document.version, ls.encoding) is not None:
        _text_is_new(ls, document.uri)


def did_close(ls: CanonryServer, params: types.DidCloseTextDocumentParams) -> None:
    """Go back to what the disk has, and show nothing for the document."""
    uri = params.text_document.uri
    if ls.settings_files.get(uri) is not None:
        ls.settings_files.close(uri)
        settings_documents.follow(ls, uri, None)
    if ls.buffers.get(uri) is None:
        return
    ls.buffers.close(uri)
    ls.folders.unsettle(uri)
    ls.analysis.follow(uri)
    if not ls.client.pulls_diagnostics:
        ls.analysis.check_beside_soon()


def did_save(ls: CanonryServer, params: types.DidSaveTextDocumentParams) -> None:
    """Read the file anew: not every client tells of a change on disk that it has made itself."""
    place = ls.folders.place(params.text_document.uri)
    if place is not None and place.folder.indexer is not None and place.path.exists():
        place.folder.indexer.changed([place.path])


def _text_is_new(ls: CanonryServer, uri: str) -> None:
    if ls.client.pulls_diagnostics:
        # The client asks when it wants to know; the workspace learns the text before it asks more.
        ls.analysis.follow(uri)
    else:
        ls.analysis.check_soon(uri)


def _is_ours(uri: str, language: str) -> bool:
    address = urlsplit(uri)
    return address.scheme in _SCHEMES and (
        language == "python" or PurePosixPath(address.path).suffix in _SUFFIXES
    )
