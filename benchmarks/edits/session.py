"""The real server over its standard streams, asked for actions and their edits as an editor does."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from canonry.demo.client import Client, ServerFailed
from canonry.demo.edits import edited_texts, path_of

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32"]},
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
    "workspace": {
        "configuration": False,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create"],
            "changeAnnotationSupport": {},
        },
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "dataSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}},
            "isPreferredSupport": True,
            "disabledSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}


PATIENCE = 3600.0
"""Seconds for an answer: no figure is about time, and the machine may be busy with other things."""


@dataclass(frozen=True)
class Outcome:
    """What became of an action: safe, unsafe or refused, why, and the files as they would be."""

    result: str
    why: str = ""
    texts: Mapping[Path, str] | None = None


class Session:
    """A running server in a folder, with an index of its own."""

    def __init__(self, root: Path, cache: Path, settings: Mapping[str, object]) -> None:
        command = [sys.executable, "-P", "-m", "canonry", "lsp", "--cache", str(cache)]
        self.root = root
        self.client = Client(command, root)
        uri = root.as_uri()
        self.client.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": root.name}],
                "capabilities": CAPABILITIES,
                "initializationOptions": settings,
            },
            PATIENCE,
        )
        self.client.notify("initialized", {})
        self.client.wait(self._indexed, PATIENCE, "the index")

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def _indexed(self) -> bool | None:
        values = list(self.client.progress.values())
        return True if values and all(one.get("kind") == "end" for one in values) else None

    def open(self, path: Path, text: str) -> None:
        """Opens a document, as version 1."""
        document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})

    def configure(self, settings: Mapping[str, object]) -> None:
        """Other settings from now on."""
        self.client.notify("workspace/didChangeConfiguration", {"settings": {"canonry": settings}})

    def close(self, path: Path) -> None:
        """Closes a document."""
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def menu(self, path: Path, line: int, column: int = 0) -> list[dict[str, Any]]:
        """The actions at a zero-based line."""
        at = {"line": line, "character": column}
        found = self.client.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": path.as_uri()},
                "range": {"start": at, "end": at},
                "context": {"diagnostics": []},
            },
            PATIENCE,
        )
        return list(found or ())

    def outcome(self, action: Mapping[str, Any], opened: Mapping[Path, str] | None = None) -> Outcome:
        """What an action of the menu does; `opened` are texts that are not on disk so."""
        if action.get("disabled"):
            return Outcome("refused", action["disabled"]["reason"])
        try:
            resolved = self.client.request("codeAction/resolve", action, PATIENCE)
        except ServerFailed as error:
            return Outcome("refused", str(error))
        edit = resolved["edit"]
        changed = edited_texts(edit, lambda uri: (opened or {}).get(path_of(uri)) or _read(path_of(uri)))
        texts = {path_of(uri): after for uri, (_, after) in changed.items()}
        notes = list((edit.get("changeAnnotations") or {}).values())
        asks = [one for one in notes if one.get("needsConfirmation")]
        if asks:
            return Outcome("unsafe", asks[0].get("description") or "", texts)
        return Outcome("safe", "", texts)


def _read(path: Path) -> str:
    return path.read_bytes().decode() if path.exists() else ""
