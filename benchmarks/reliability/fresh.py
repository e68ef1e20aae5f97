"""What a server shows beside what a fresh start says of the same texts and files."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from canonry.workspace import Workspace
from editor import Editor, text_of, units_of

SETTLING = 60.0
"""Seconds in which two servers must have come to the same; the files on disk may have changed just now."""


def small_files(corpus: Path) -> list[Path]:
    """The Python files of a corpus that are neither empty nor huge, in order of path."""
    return sorted(path for path in corpus.rglob("*.py") if 200 < path.stat().st_size < 40_000)


def copied(files: Iterable[Path], base: Path, target: Path) -> list[Path]:
    """Copies of files that lie below `base`, at the same places below `target`."""
    copies = []
    for path in files:
        copies.append(target / path.relative_to(base))
        copies[-1].parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copies[-1])
    return copies


def difference(editor: Editor, fresh: Editor, name: str) -> list[str]:
    """What is shown in one and not in the other, once both have had the time to settle; best nothing."""
    for document in [*editor.documents.values()]:
        editor.shown(document)
    for document in [*fresh.documents.values()]:
        fresh.shown(document)
    editor.ready()
    fresh.ready()
    end = time.monotonic() + SETTLING
    while (found := _beside(editor.findings(), fresh.findings(), name)) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def by_facade(editor: Editor, root: Path, cache: Path, texts: Mapping[Path, str]) -> list[str]:
    """What an editor shows beside what the facade says; both as code, message and first position."""
    workspace = Workspace(root, cache=cache, workers=1)
    try:
        workspace.refresh()
        for path, text in texts.items():
            workspace.open(path, text)
        expected = {}
        for path, text in texts.items():
            lines = [text_of(line) for line in _lines(units_of(text))]
            expected[path.as_uri()] = sorted(
                f"{one.code} {one.range.start.line}:"
                f"{len(units_of(lines[one.range.start.line][: one.range.start.column]))} {one.message}"
                for one in workspace.check(path)
            )
    finally:
        workspace.shutdown()
    shown = {uri: sorted(map(_short, one.diagnostics)) for uri, one in editor.documents.items()}
    return _beside(shown, expected, "the facade")


def _short(diagnostic: Mapping[str, Any]) -> str:
    start = diagnostic["range"]["start"]
    return f"{diagnostic['code']} {start['line']}:{start['character']} {diagnostic['message']}"


def _lines(units: str) -> list[str]:
    return units.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _beside(shown: Mapping[str, list[str]], expected: Mapping[str, list[str]], name: str) -> list[str]:
    return [
        f"{uri.rpartition('/')[2]}: {name} differs: {sign} {one[:2000]}"
        for uri in sorted({*shown, *expected})
        for sign, some, others in (
            ("too much", shown.get(uri, []), expected.get(uri, [])),
            ("missing", expected.get(uri, []), shown.get(uri, [])),
        )
        for one in some
        if one not in others
    ]
