"""Requests of our own: what exists for some words, what is like a definition, and its import.

Any client may send them: `canonry/search`, `canonry/similar`, `canonry/import`; docs/editors.md
says what goes in and out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from canonry.lsp.analysis import Cancelled, Subject
from canonry.lsp.convert import Converter, from_client
from canonry.model import Match, Symbol

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer
    from canonry.workspace import Workspace

_LIMIT = 50
"""More than anyone reads in a list that narrows as one types."""
_MOST_WHY = 4
"""Reasons of one match in a list."""
_LEAST_PROBABILITY = 0.1
"""Below this what is like a definition is noise, also where someone asks for it."""


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature("canonry/search")(search)
    server.feature("canonry/similar")(similar)
    server.feature("canonry/import")(import_edit)


async def search(ls: CanonryServer, params: object) -> list[dict[str, Any]]:
    """Definitions for `query`: letters of a name, or a description in several words."""
    query = _text(params, "query")
    return await asyncio.to_thread(_search, ls, query)


async def similar(ls: CanonryServer, params: object) -> dict[str, Any] | None:
    """The definition at a place and those that are like it, best first; None where there is none."""
    uri, position = _place(params)

    def work(subject: Subject, cancelled: Cancelled) -> dict[str, Any] | None:
        at = from_client(subject.buffer.lines, position, ls.encoding)
        try:
            symbol, matches = subject.workspace.similar_at(subject.path, at.line)
        except LookupError:
            return None
        convert = ls.convert
        told = [match for match in matches if match.probability >= _LEAST_PROBABILITY]
        return {
            "symbol": _described(convert, symbol),
            "matches": [_matched(convert, match) for match in told],
        }

    return await ls.analysis.ask(uri, work)


async def import_edit(ls: CanonryServer, params: object) -> list[types.TextEdit]:
    """The edits that import `name` of `module` into a document; none where it has it already."""
    uri = _uri(params)
    module, name = _text(params, "module"), _text(params, "name")

    def work(subject: Subject, cancelled: Cancelled) -> list[types.TextEdit]:
        edit = subject.workspace.import_edit(subject.path, module, name)
        if edit is None:
            return []
        return [types.TextEdit(ls.convert.range(subject.path, edit.range), edit.new_text)]

    return await ls.analysis.ask(uri, work) or []


def _search(ls: CanonryServer, query: str) -> list[dict[str, Any]]:
    convert = ls.convert
    items: dict[tuple[str, Path], dict[str, Any]] = {}
    for match in ls.folders.answers(lambda workspace: _found(workspace, query)):
        key = match.symbol.qualified_name, match.symbol.path
        if key not in items and len(items) < _LIMIT:
            items[key] = _matched(convert, match)
    return list(items.values())


def _found(workspace: Workspace, query: str) -> Sequence[Match]:
    words = query.split()
    if len(words) < 2:
        return [Match(symbol, 0.0) for symbol in workspace.search(query, _LIMIT)]
    # "parse duration" may be the name itself, or its beginning.
    named = [Match(symbol, 0.0) for symbol in workspace.search("_".join(words), _LIMIT)]
    exact = [one for one in named if one.symbol.name.lower().strip("_").startswith("_".join(words).lower())]
    return [*exact, *workspace.similar_text(query, _LIMIT)]


def _matched(convert: Converter, match: Match) -> dict[str, Any]:
    return {
        **_described(convert, match.symbol),
        "probability": match.probability,
        "why": [one.why for one in match.evidence[:_MOST_WHY]],
    }


def _described(convert: Converter, symbol: Symbol) -> dict[str, Any]:
    return {
        "name": symbol.name,
        "qualifiedName": symbol.qualified_name,
        "kind": str(symbol.kind),
        "module": symbol.module,
        "importable": symbol.importable,
        "signature": symbol.render(),
        "documentation": " ".join(symbol.docstring.partition("\n\n")[0].split()),
        "uses": symbol.uses,
        "shown": f"{convert.shown(symbol.path)}:{symbol.name_range.start.line + 1}",
        "uri": convert.uri_of(symbol.path),
        "range": convert.range(symbol.path, symbol.name_range),
        "fullRange": convert.range(symbol.path, symbol.range),
    }


def _uri(params: object) -> str:
    uri = getattr(getattr(params, "textDocument", None), "uri", None)
    if not isinstance(uri, str):
        raise JsonRpcInvalidParams("textDocument.uri: a string is expected")
    return uri


def _place(params: object) -> tuple[str, types.Position]:
    position = getattr(params, "position", None)
    line, character = getattr(position, "line", None), getattr(position, "character", None)
    if not isinstance(line, int) or not isinstance(character, int):
        raise JsonRpcInvalidParams("position: line and character are expected")
    return _uri(params), types.Position(line, character)


def _text(params: object, name: str) -> str:
    value = getattr(params, name, None)
    if not isinstance(value, str):
        raise JsonRpcInvalidParams(f"{name}: a string is expected")
    return value
