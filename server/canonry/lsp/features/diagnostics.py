"""Findings as diagnostics: pushed with each version, or answered to clients that pull them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from canonry.lsp.analysis import Cancelled, Checked, Subject

if TYPE_CHECKING:
    from canonry.lsp.language_server import CanonryServer
    from canonry.model import Finding


def register(server: CanonryServer) -> None:
    """Nothing is answered here before the client is known: see `register_pull`."""


def register_pull(server: CanonryServer) -> None:
    """Answer textDocument/diagnostic; for clients that ask, and again when told to, and are not pushed to."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier="canonry"
    )
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(diagnostic)


async def diagnostic(
    ls: CanonryServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
    """The diagnostics of a document's newest text, or that they are those the client has."""

    def work(subject: Subject, cancelled: Cancelled) -> list[types.Diagnostic]:
        findings = ls.analysis.check(subject, cancelled)
        return [ls.convert.diagnostic(finding, subject.buffer.lines) for finding in findings]

    found = await ls.analysis.ask(params.text_document.uri, work) or []
    result_id = hashlib.blake2b(repr(found).encode("utf-8", "replace"), digest_size=12).hexdigest()
    if result_id == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
    return types.RelatedFullDocumentDiagnosticReport(found, result_id=result_id)


def publish(ls: CanonryServer, checked: Checked) -> None:
    """Push the findings of one version. In the analysis thread."""
    if ls.client.pulls_diagnostics:
        return
    buffer = checked.subject.buffer
    convert = ls.convert
    ls.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(
            buffer.uri,
            [convert.diagnostic(finding, buffer.lines) for finding in checked.findings],
            buffer.version,
        )
    )


def withdraw(ls: CanonryServer, uri: str) -> None:
    """Show nothing for a document any more. In the analysis thread."""
    if not ls.client.pulls_diagnostics:
        withdraw_file(ls, uri)


def publish_file(ls: CanonryServer, uri: str, path: Path, findings: Sequence[Finding]) -> None:
    """Push the findings of a settings file, which clients do not pull."""
    lines = ls.text_of(path)
    diagnostics = [ls.convert.diagnostic(finding, lines) for finding in findings]
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))


def withdraw_file(ls: CanonryServer, uri: str) -> None:
    """Show nothing for a file any more."""
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def check_all(ls: CanonryServer) -> None:
    """Have all open documents checked again, since what they are compared with has changed."""
    if ls.client.refreshes_code_lenses:
        ls.workspace_code_lens_refresh(None)
    if not ls.client.pulls_diagnostics:
        ls.analysis.check_all_soon()
    else:
        ls.workspace_diagnostic_refresh(None)
