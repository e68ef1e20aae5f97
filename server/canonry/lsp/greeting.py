"""The answer to `initialize`, made of plain JSON before anything heavy is imported.

Invariant, held by a test for every client: it is what pygls answers from the features that are
registered. What depends on the client is the encoding of positions, and whether it is offered to
pull diagnostics.
"""

from __future__ import annotations

import json
from typing import Any

from canonry import __version__

_CAPABILITIES: dict[str, Any] = {
    "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
    "completionProvider": {"triggerCharacters": [" "]},
    "hoverProvider": True,
    "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.canonry"], "resolveProvider": True},
    "codeLensProvider": {"resolveProvider": True},
    "workspaceSymbolProvider": {"resolveProvider": False},
    "executeCommandProvider": {"commands": ["canonry.open"]},
    "workspace": {
        "workspaceFolders": {"supported": True, "changeNotifications": True},
        "fileOperations": {},
    },
}
_PULL = {"interFileDependencies": True, "workspaceDiagnostics": False, "identifier": "canonry"}
_ENCODINGS = ("utf-8", "utf-16", "utf-32")


def greet(body: bytes) -> bytes | None:
    """The body of the answer to a message; None where it is no `initialize`, or a malformed one."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or message.get("method") != "initialize" or "jsonrpc" not in message:
        return None
    number, params = message.get("id"), message.get("params")
    if not isinstance(number, int | str) or not isinstance(params, dict):
        return None
    capabilities = params.get("capabilities")
    if not isinstance(capabilities, dict):
        return None
    offered: dict[str, Any] = {"positionEncoding": _encoding(capabilities), **_CAPABILITIES}
    if _pulls(capabilities):
        offered["diagnosticProvider"] = _PULL
    result = {"capabilities": offered, "serverInfo": {"name": "canonry", "version": __version__}}
    return json.dumps({"jsonrpc": "2.0", "id": number, "result": result}).encode()


def _pulls(capabilities: dict[str, Any]) -> bool:
    """As `ClientProfile.pulls_diagnostics`."""
    documents, workspace = capabilities.get("textDocument"), capabilities.get("workspace")
    if not isinstance(documents, dict) or not isinstance(workspace, dict):
        return False
    refresh = workspace.get("diagnostics")
    asks_again = isinstance(refresh, dict) and bool(refresh.get("refreshSupport"))
    return documents.get("diagnostic") is not None and asks_again


def _encoding(capabilities: dict[str, Any]) -> str:
    general = capabilities.get("general")
    wanted = general.get("positionEncodings") if isinstance(general, dict) else None
    return next((one for one in wanted or () if one in _ENCODINGS), "utf-16")
