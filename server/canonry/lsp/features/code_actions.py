"""Code actions: cheap titles, the edit computed when one is chosen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from canonry.lsp.analysis import Cancelled, Subject
from canonry.lsp.convert import OPEN_COMMAND, action_from_data, range_from_client
from canonry.lsp.features import looking
from canonry.lsp.notebooks import used_in_other_cell
from canonry.lsp.protocol import RequestFailed
from canonry.model import Action, ActionKind, Applicability, Finding, Fix, Refusal

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer

FIX_ALL = "source.fixAll.canonry"

logger = logging.getLogger(__name__)

_Offered = tuple[Subject, list[tuple[Action, list[Finding]]], Sequence[types.CodeAction]]
"""A document, its actions with their findings, and what only this project's own client can run."""


def register(server: CanonryServer) -> None:
    """Answer the messages of this file."""
    options = types.CodeActionOptions(
        code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True
    )
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(resolve)

    @server.command(OPEN_COMMAND)
    async def open_command(location: types.Location) -> None:  # pygls reads the argument by its type
        await open_existing(server, location)


async def code_action(ls: CanonryServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """What can be done at a range; with the edits where the client cannot ask for them later."""
    if _wants_all(params.context.only):
        return await _fix_all(ls, params)
    if not _wanted(params.context.only):
        return None

    def work(subject: Subject, cancelled: Cancelled) -> _Offered:
        # The diagnostics that the client sends along are left alone: not every client's are right.
        range = range_from_client(subject.buffer.lines, params.range, ls.encoding)
        actions = [_within(ls, subject, one) for one in subject.workspace.actions(subject.path, range)]
        findings = ls.analysis.findings(subject, cancelled) if actions else ()
        look = ls.client.shows_similar and not actions
        more = looking.actions(ls, subject, range) if look else ()
        return subject, [(action, _about(action, findings)) for action in actions], more

    found = await ls.analysis.ask(params.text_document.uri, work)
    if found is None:
        return None
    # A lamp that comes and goes with the cursor has to be quick; a menu may say more.
    asked = params.context.trigger_kind is not types.CodeActionTriggerKind.Automatic
    return await asyncio.to_thread(_menu, ls, *found, asked)


async def _fix_all(ls: CanonryServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """All safe fixes of a document as one action; for editors that fix on save."""

    def work(subject: Subject, cancelled: Cancelled) -> Fix | None:
        return subject.workspace.fix_file(subject.path)

    fix = await ls.analysis.ask(params.text_document.uri, work)
    if fix is None:
        return None
    return [types.CodeAction(fix.title, kind=FIX_ALL, edit=ls.convert.workspace_edit(fix))]


async def resolve(ls: CanonryServer, params: types.CodeAction) -> types.CodeAction:
    """The action with its edit. An action that cannot be carried out is an error with the reason."""
    if params.edit is not None or params.data is None:
        return params
    try:
        action = action_from_data(params.data)
    except ValueError as error:
        raise JsonRpcInvalidParams(f"data: {error}") from error
    uri = ls.folders.uri_of(action.path)
    subject = await ls.analysis.ask(uri, lambda subject, cancelled: subject)
    if subject is None:
        raise RequestFailed(f"{ls.folders.shown(action.path)} is not open any more")
    # It may search the workspace, so typing goes on meanwhile; versions tell the client of it.
    outcome = await asyncio.to_thread(subject.workspace.resolve, action)
    if isinstance(outcome, Refusal):
        raise RequestFailed(outcome.reason)
    for file in outcome.files:
        # A client that keeps no versions would apply to a newer text what was computed for an older one.
        buffer = ls.open_document(file.path)
        if buffer is not None and file.version not in (None, buffer.version):
            raise RequestFailed(f"{ls.folders.shown(file.path)} has changed meanwhile")
    params.edit = ls.convert.workspace_edit(outcome)
    if ls.client.confirms and outcome.applicability is Applicability.UNSAFE:
        params.data = {"title": outcome.title, "caution": outcome.caution}
    return params


async def open_existing(ls: CanonryServer, location: types.Location) -> None:
    """Show a definition in the client."""
    if not ls.client.shows_documents:
        raise RequestFailed("the editor cannot be asked to open a file")
    await ls.window_show_document_async(
        types.ShowDocumentParams(location.uri, take_focus=True, selection=location.range)
    )


def _menu(
    ls: CanonryServer,
    subject: Subject,
    actions: Sequence[tuple[Action, Sequence[Finding]]],
    more: Sequence[types.CodeAction],
    asked: bool,
) -> list[types.CodeAction]:
    convert = ls.convert
    # A client without resolve would have an error for what is refused once chosen: it learns it now.
    eager = not ls.client.resolves_edits
    about = dict(actions)
    entries: list[tuple[Action, Action, Fix | None]] = [(one, one, None) for one in about]
    if asked or eager:
        entries = [(one.given, one.action, one.fix) for one in subject.workspace.weigh(list(about), eager)]
    menu = []
    for given, action, fix in entries:
        diagnostics = [convert.diagnostic(finding, subject.buffer.lines) for finding in about[given]]
        edit = convert.workspace_edit(fix) if eager and fix is not None else None
        entry = convert.code_action(action, diagnostics, edit)
        if entry is not None:
            menu.append(entry)
    return [*menu, *more]


def _within(ls: CanonryServer, subject: Subject, action: Action) -> Action:
    """The action, disabled where it would leave other cells of a notebook without what they use."""
    name = action.symbol.rpartition(".")[2]
    changes_code = action.kind is ActionKind.USE_EXISTING and not action.disabled
    if changes_code and used_in_other_cell(ls.buffers, subject.buffer.uri, name):
        return replace(action, disabled=f"{name} is used in another cell of the notebook", preferred=False)
    return action


def _wants_all(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether a client asks for fixing everything, and not for the menu."""
    return any(kind in (types.CodeActionKind.SourceFixAll, FIX_ALL) for kind in only or ())


def _wanted(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    kinds = (types.CodeActionKind.Empty, types.CodeActionKind.QuickFix)
    return not only or any(kind in kinds for kind in only)


def _about(action: Action, findings: Sequence[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.code == action.code
        and finding.symbol == action.symbol
        and finding.range.start.line == action.line
    ]
