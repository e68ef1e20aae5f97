"""An editor without a screen: documents in UTF-16, changes as JSON-RPC has them, and all that the server answers.

What a server may never do is noted in `Editor.wrong` as it happens: diagnostics of a version that was never
sent or is older than those shown, outside of the text they are about, an error for an answer, an end of its own.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from canonry.demo.client import Client, Message, ServerFailed, ServerGone

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "dataSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}},
            "dataSupport": True,
            "disabledSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}

PATIENCE = 600.0
"""Seconds after which an answer will never come, on a machine that does much else or stops everything for minutes."""

ORDINARY_REFUSALS = frozenset({-32803, -32802, -32801, -32800})
"""RequestFailed, ServerCancelled, ContentModified, RequestCancelled: answers, not failures."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_HALVES = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


def units_of(text: str) -> str:
    """A text with one character for each UTF-16 code unit."""
    if text.isascii():
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))


def text_of(units: str) -> str:
    """The text that UTF-16 code units stand for."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def sound(units: str) -> str:
    """The code units with each half of a pair replaced by U+FFFD, as no file can hold it."""
    return units if units.isascii() else _HALVES.sub("\ufffd", units)


@dataclass
class Document:
    """An open document: its text in code units, its version, and what was published for it last."""

    uri: str
    units: str
    version: int = 1
    first: int = field(init=False)
    """The version that it was opened with."""
    shown: int | None = None
    diagnostics: Sequence[Message] = ()
    sizes: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For each version the number of lines and the longest line, in code units."""

    def __post_init__(self) -> None:
        self.first = self.version
        self._measure()

    def place(self, offset: int) -> dict[str, int]:
        """The position of a code unit."""
        line = bisect_right(self.starts, offset) - 1
        return {"line": line, "character": offset - self.starts[line]}

    def replace(self, units: str) -> None:
        """The next version has another text altogether."""
        self.units, self.version = sound(units), self.version + 1
        self._measure()

    def splice(self, start: int, end: int, new: str) -> None:
        """The next version has `new` in place of a stretch."""
        self.units = sound(self.units[:start]) + sound(new) + sound(self.units[end:])
        self.version += 1
        self._measure()

    def _measure(self) -> None:
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(self.units))]
        ends = [*self.starts[1:], len(self.units)]
        longest = max(end - start for start, end in zip(self.starts, ends, strict=True))
        self.sizes[self.version] = (len(self.starts), longest)
        self.sizes.pop(self.version - 2000, None)


class Editor(Client):
    """A server and the documents that are open in it."""

    def __init__(self, command: Sequence[str], root: Path) -> None:
        self.root = root
        self.documents: dict[str, Document] = {}
        self.wrong: list[str] = []
        self.said: list[str] = []
        """Warnings and errors that the server told its client to log or to show."""
        self.published = 0
        super().__init__(command, root, patience=PATIENCE)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def start(self, options: object = None, process_id: int | None = None) -> None:
        """The handshake; the index may still be built afterwards."""
        uri = self.root.as_uri()
        params = {
            "processId": process_id or os.getpid(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": self.root.name}],
            "capabilities": CAPABILITIES,
            "initializationOptions": options,
        }
        self.request("initialize", params, PATIENCE)
        self.notify("initialized", {})

    def ready(self, patience: float = 900.0) -> None:
        """Wait until the index is what the disk is."""
        end = time.monotonic() + patience
        while not all(one.get("ready") for one in self.status()["folders"]):
            if time.monotonic() > end:
                raise ServerGone(f"The index was not ready within {patience:.0f} s")
            time.sleep(0.05)

    def status(self) -> Message:
        found: Message = self.request("canonry/status", {}, PATIENCE)
        return found

    def open(self, path: Path, units: str, version: int = 1) -> Document:
        document = Document(path.as_uri(), sound(units), version)
        with self._changed:
            self.documents[document.uri] = document
        item = {"uri": document.uri, "languageId": "python", "version": version, "text": units}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return document

    def close_document(self, document: Document) -> None:
        with self._changed:
            del self.documents[document.uri]
        self.notify("textDocument/didClose", {"textDocument": {"uri": document.uri}})

    def splice(self, document: Document, start: int, end: int, new: str, *, beyond: int = 0) -> None:
        """Replace a stretch by raw code units; `beyond` moves the end past its line's, where that means the same."""
        start, end = (at + (document.units[at - 1 : at + 1] == "\r\n") for at in (start, end))
        first, last = document.place(start), document.place(end)
        last["character"] += beyond
        with self._changed:
            document.splice(start, end, new)
        if beyond % 2:
            first, last = last, first  # editors may name the ends in either order
        self._tell(document, {"range": {"start": first, "end": last}, "text": new})

    def replace(self, document: Document, units: str) -> None:
        with self._changed:
            document.replace(units)
        self._tell(document, {"text": units})

    def changed_on_disk(self, paths: Mapping[Path, int]) -> None:
        """Tell of files: 1 for a created one, 2 changed, 3 deleted."""
        changes = [{"uri": path.as_uri(), "type": kind} for path, kind in paths.items()]
        self.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def ask(self, method: str, params: object) -> Any:
        """The answer to a request; None where it is refused in the protocol's ordinary ways."""
        try:
            return self.request(method, params, PATIENCE)
        except ServerFailed as error:
            if error.code not in ORDINARY_REFUSALS:
                self.wrong.append(f"{method} was answered with error {error.code}: {error}")
            return None

    def shown(self, document: Document) -> None:
        """Wait for the diagnostics of a document's newest version."""
        self.wait(lambda: document.shown == document.version or None, PATIENCE, f"version {document.version}")

    def findings(self) -> dict[str, list[str]]:
        """What is shown now, by document."""
        with self._changed:
            shown = {uri: [*document.diagnostics] for uri, document in self.documents.items()}
        return {uri: sorted(json.dumps(one, sort_keys=True) for one in found) for uri, found in shown.items()}

    def errors_in_log(self) -> str:
        """What the server wrote to standard error, where that tells of an error."""
        text = self._last_words()
        return text if "Traceback" in text or " ERROR " in text else ""

    def _tell(self, document: Document, change: Message) -> None:
        identifier = {"uri": document.uri, "version": document.version}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})

    def _take(self, message: Message) -> None:
        params = message.get("params") or {}
        if message.get("method") == "textDocument/publishDiagnostics":
            with self._changed:
                self._note(params)
        elif message.get("method") in ("window/logMessage", "window/showMessage") and params["type"] <= 2:
            self.said.append(params["message"])
        super()._take(message)

    def _note(self, params: Message) -> None:
        self.published += 1
        document = self.documents.get(params["uri"])
        if document is None:
            return
        version = params.get("version")
        if version is None:
            if params["diagnostics"]:
                self.wrong.append(f"diagnostics without a version for {document.uri}")
            return  # an earlier document of this name was closed
        if version < document.first:
            return  # sent before the server knew that this document was closed and opened again
        if version > document.version or version < (document.shown or 0):
            self.wrong.append(
                f"version {version} after {document.shown}, newest {document.version}: {document.uri}"
            )
            return
        lines, longest = document.sizes.get(version, (0, 0))
        for one in params["diagnostics"]:
            for end in one["range"].values():
                if lines and not (0 <= end["line"] < lines and 0 <= end["character"] <= longest):
                    self.wrong.append(f"{end} is outside of version {version} of {document.uri}")
        document.shown, document.diagnostics = version, params["diagnostics"]


def server_command(cache: Path, given: str = "") -> list[str]:
    """How the server is started, with an index folder of its own."""
    command = shlex.split(given) if given else [sys.executable, "-P", "-m", "canonry", "lsp"]
    return [*command, "--cache", str(cache)]
