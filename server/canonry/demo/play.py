"""A demonstration from beginning to end: start, index, type, see it said, apply."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from canonry import __version__
from canonry.config import load_settings
from canonry.config.positions import line_starts
from canonry.demo.client import Client, ServerFailed, ServerGone
from canonry.demo.edits import edited_texts, path_of, unified_diff
from canonry.demo.scene import Scene, bundled_scene
from canonry.demo.show import Stage, shown

INDEXING = 600.0
"""Seconds that a project's first index may take."""
ANSWER = 30.0
"""Seconds for one answer, on however slow a machine."""

FOUND, NOTHING, FAILED = 0, 1, 2

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "configuration": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
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


def run_demo(path: Path | None) -> int:
    """Show Canonry at work in the bundled project, or in the one at `path`, and give the exit code.

    0 if the definition was recognised and an action resolved, 1 if not, 2 if the server failed. The
    project at `path` is only read; the index is kept in a temporary folder and dropped.
    """
    stage = Stage()
    with tempfile.TemporaryDirectory(prefix="canonry-demo-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary).resolve()
        if path is None:
            scene: Scene | None = bundled_scene(folder)
        else:
            from canonry.demo.choose import chosen_scene

            scene = chosen_scene(path, load_settings(path).settings)
        if scene is None:
            stage.said(
                f"{path} has no function that lends itself to this: one of 6 to 25 lines with calls, at the "
                "top level of a module, that uses only what it imports. Try another folder."
            )
            return NOTHING
        # -P: a folder called `canonry` where the command is run must not be taken for the package.
        command = [sys.executable, "-P", "-m", "canonry", "lsp", "--cache", str(folder / "index")]
        try:
            with Client(command, folder) as client:
                return _play(scene, client, stage)
        except (ServerFailed, ServerGone) as error:
            stage.said(f"\n{error}")
            return FAILED


def _play(scene: Scene, client: Client, stage: Stage) -> int:
    stage.scene(scene)
    started = time.monotonic()
    _initialize(scene, client)
    with stage.waiting() as show:
        message = client.wait(lambda: _indexed(client, show), INDEXING, "the index of the project")
    stage.ready(time.monotonic() - started, message)
    name = shown(scene.document, scene.root)
    stage.typing(name)
    final = _type(scene, client, stage)
    if final is None:
        stage.said(
            f"\nThe server says nothing about it, although {scene.existing} is what was typed anew. Its "
            "probability is below the threshold (reuse.minimum-probability)."
        )
        return NOTHING
    stage.diagnostic(final, name, scene.root)
    return _act(scene, client, stage, final)


def _initialize(scene: Scene, client: Client) -> None:
    uri = scene.root.as_uri()
    params = {
        "processId": os.getpid(),
        "clientInfo": {"name": "canonry demo", "version": __version__},
        "rootUri": uri,
        "workspaceFolders": [{"uri": uri, "name": scene.root.name}],
        "capabilities": CAPABILITIES,
    }
    answer = client.request("initialize", params, ANSWER)
    encoding = answer["capabilities"].get("positionEncoding")
    if encoding != "utf-32":
        raise ServerFailed(f"The server counts columns in {encoding}, not in code points.")
    client.notify("initialized", {})


def _indexed(client: Client, show: Callable[[str], None]) -> str | None:
    """The last words of the progress once every progress has ended; before, None, and they are shown."""
    values = list(client.progress.values())
    if values:
        show(str(values[-1].get("message") or ""))
    if not values or any(value.get("kind") != "end" for value in values):
        return None
    return str(values[-1].get("message") or "")


def _type(scene: Scene, client: Client, stage: Stage) -> Mapping[str, Any] | None:
    """Types everything; the diagnostic about it that stands in the end."""
    uri = scene.document.as_uri()
    text, version = scene.text, 1
    document = {"uri": uri, "languageId": "python", "version": version, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": document})
    first_line = len(line_starts(text)) - 1
    noticed = False
    found = _about(client, uri, version, first_line)
    for piece in scene.pieces:
        end = _end(text)
        text, version = text + piece, version + 1
        sent = time.monotonic()
        client.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": {"start": end, "end": end}, "text": piece}],
            },
        )
        found = _about(client, uri, version, first_line)
        stage.typed(piece if version > 2 else piece.lstrip("\n"))
        if found is not None and not noticed:
            noticed = True
            stage.noticed((time.monotonic() - sent) * 1000)
    return found


def _about(client: Client, uri: str, version: int, first_line: int) -> Mapping[str, Any] | None:
    """The diagnostic of this version about what is typed; waits for that version."""

    def published() -> list[dict[str, Any]] | None:
        at, diagnostics = client.diagnostics.get(uri, (None, []))
        return diagnostics if at == version else None

    for diagnostic in client.wait(published, ANSWER, "what has been typed"):
        if diagnostic["range"]["start"]["line"] >= first_line and str(diagnostic.get("code", "")).startswith(
            "CN0"
        ):
            return dict(diagnostic)
    return None


def _act(scene: Scene, client: Client, stage: Stage, diagnostic: Mapping[str, Any]) -> int:
    uri = scene.document.as_uri()
    text = scene.text + "".join(scene.pieces)
    actions = client.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": uri},
            "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic]},
        },
        ANSWER,
    )
    if not actions:
        stage.said("\nIt offers nothing to do about it.")
        return NOTHING
    stage.actions(actions)
    usable = [one for one in actions if not one.get("disabled") and "command" not in one]
    chosen = next((one for one in usable if one.get("isPreferred")), None)
    if chosen is None:
        chosen = next((one for one in usable if "(unsafe: " in one["title"]), None)
        if chosen is None:
            stage.said("\nNone of them changes code.")
            return NOTHING
        stage.said("\nThe first one that changes code says what may be different then:")
    resolved = client.request("codeAction/resolve", chosen, ANSWER)

    def text_of(changed: str) -> str:
        if changed == uri:
            return text
        path = path_of(changed)
        return path.read_bytes().decode("utf-8", "replace") if path.exists() else ""

    texts = edited_texts(resolved.get("edit") or {}, text_of)
    diffs = [
        unified_diff(shown(path_of(changed), scene.root), before, after)
        for changed, (before, after) in sorted(texts.items())
    ]
    stage.diff(chosen["title"], diffs)
    return FOUND if any(diffs) else NOTHING


def _end(text: str) -> dict[str, int]:
    starts = line_starts(text)
    return {"line": len(starts) - 1, "character": len(text) - starts[-1]}
