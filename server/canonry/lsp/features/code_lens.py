"""Code lenses on definitions: how many modules use one, and how many others are like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from canonry.lsp.analysis import Cancelled, Subject
from canonry.lsp.convert import OPEN_COMMAND
from canonry.lsp.features.looking import SHOW_SIMILAR
from canonry.model import Location, Match, Symbol, Trait

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

_LEAST_PROBABILITY = 0.5
"""As likely as not: a lens is seen all the time, so what is only a little like it is left out."""
_HIDDEN = Trait.NESTED | Trait.OVERLOAD | Trait.TEST | Trait.DUNDER | Trait.EMPTY


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))(code_lens)
    server.feature(types.CODE_LENS_RESOLVE)(resolve)


async def code_lens(ls: CanonryServer, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """A place for each definition where the settings want lenses; what it says comes when it is seen."""
    uri = params.text_document.uri

    def work(subject: Subject, cancelled: Cancelled) -> list[types.CodeLens] | None:
        if not subject.workspace.settings.code_lens:
            return None
        return [
            types.CodeLens(
                ls.convert.range(subject.path, symbol.name_range),
                data={"uri": uri, "line": symbol.name_range.start.line},
            )
            for symbol in subject.workspace.definitions(subject.path)
            if not symbol.traits & _HIDDEN
        ]

    return await ls.analysis.ask(uri, work)


async def resolve(ls: CanonryServer, lens: types.CodeLens) -> types.CodeLens:
    """The lens with its words. Choosing it opens what is most like the definition."""
    data = lens.data
    uri, line = (data.get("uri"), data.get("line")) if isinstance(data, dict) else (None, None)
    if not isinstance(uri, str) or not isinstance(line, int):
        raise JsonRpcInvalidParams("data: uri and line are expected")

    def work(subject: Subject, cancelled: Cancelled) -> types.Command | None:
        try:
            symbol, matches = subject.workspace.similar_at(subject.path, line)
        except LookupError:
            return None
        alike = [match for match in matches if match.probability >= _LEAST_PROBABILITY]
        uses = next(
            (one.uses for one in subject.workspace.definitions(subject.path) if one.range == symbol.range), 0
        )
        canonical = subject.workspace.is_canonical(symbol.qualified_name)
        title = words(canonical, uses, len(alike))
        command, arguments = _target(ls, uri, symbol, alike)
        return types.Command(title, command, arguments=arguments)

    # A definition that has gone meanwhile says nothing; the client asks for new lenses soon.
    lens.command = await ls.analysis.ask(uri, work) or types.Command("", "")
    return lens


def words(canonical: bool, uses: int, alike: int) -> str:
    """What a lens says: `canonical, 14 uses, 2 similar`."""
    said = ["canonical"] if canonical else []
    if uses or not alike:
        said.append(f"{uses} use{'s' * (uses != 1)}" if uses else "no uses elsewhere")
    if alike:
        said.append(f"{alike} similar")
    return ", ".join(said)


def _target(
    ls: CanonryServer, uri: str, symbol: Symbol, alike: list[Match]
) -> tuple[str, list[dict[str, Any]] | None]:
    """The command that choosing a lens runs, empty where there is none, and its arguments."""
    if alike and ls.client.shows_similar:
        at = ls.convert.range(symbol.path, symbol.name_range).start
        return SHOW_SIMILAR, [{"uri": uri, "line": at.line, "character": at.character}]
    if alike and ls.client.shows_documents:
        best = alike[0].symbol
        return OPEN_COMMAND, [ls.convert.place(Location(best.path, best.name_range))]
    return "", None
