"""What is typed in a demonstration, and where."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path


@dataclass(frozen=True)
class Scene:
    """A definition that exists in a project, about to be typed anew."""

    root: Path
    title: str
    document: Path
    """The file whose open document is typed into; it is never written."""
    text: str
    """The document before anything is typed."""
    pieces: tuple[str, ...]
    """What is typed at its end, one piece after the other."""
    existing: str
    """The qualified name of the definition that exists; shown to nobody but the reader of the demo."""


NEW = '''

def read_event_time(value: str) -> datetime:
    """When something happened, from what the carrier writes."""
    value = value.strip().replace("Z", "+0000")
    for pattern in ("%Y-%m-%dT%H:%M:%S%z", "%d.%m.%Y %H:%M"):
        try:
            found = datetime.strptime(value, pattern)
        except ValueError:
            continue
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return found
    raise ValueError(f"unknown time {value!r}")


def is_overdue(event: dict[str, str], limit: datetime) -> bool:
    return read_event_time(event["time"]) < limit
'''


def bundled_scene(folder: Path) -> Scene:
    """The bundled project, copied into `folder`, and a helper of it that somebody writes a second time."""
    root = folder / "courier"
    with as_file(files("canonry.demo").joinpath("workspace")) as source:
        shutil.copytree(source, root, ignore=shutil.ignore_patterns("__pycache__"))
    document = root / "courier" / "reports.py"
    return Scene(
        root=root,
        title="the back office of a small parcel service (bundled)",
        document=document,
        text=document.read_text("utf-8"),
        pieces=in_pieces(NEW),
        existing="courier.dates.parse_timestamp",
    )


def in_pieces(source: str, lines: int = 2) -> tuple[str, ...]:
    """The source cut after every few lines, blank lines before a line going with it."""
    pieces: list[str] = []
    piece, count = "", 0
    for line in source.splitlines(keepends=True):
        piece += line
        count += bool(line.strip())
        if count == (lines if pieces else 1) and line.strip():
            pieces.append(piece)
            piece, count = "", 0
    return (*pieces, piece) if piece else tuple(pieces)
