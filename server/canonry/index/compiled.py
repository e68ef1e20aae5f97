"""The compiled segment of a store: written beside it under a new name each time, the newest whole one read.

A new name, because a file that another process is reading cannot be replaced everywhere.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from canonry.index.columns import NOTHING_KNOWN, Known, columns_of, decode_columns
from canonry.index.segment import DamagedSegment, Segment, join_columns, read_segment, write_segment
from canonry.index.store import FileStamp, Store
from canonry.syntax import SCHEMA_VERSION, ModuleFacts

_PATTERN = f"segment-{SCHEMA_VERSION}-*.bin"


def compile_store(store: Store, known: Known = NOTHING_KNOWN) -> Segment:
    """The segment of all rows of a store. What is `known` as the store has it is not read there."""
    current, others = sort_known(known, store.stamps())
    return compile_files(current, store.facts_of(others))


def sort_known(
    known: Known, stamps: Mapping[str, FileStamp]
) -> tuple[dict[str, tuple[bytes, bytes]], list[str]]:
    """Digests and columns of those files that are known as a store has them, and all its other files."""
    current: dict[str, tuple[bytes, bytes]] = {}
    others: list[str] = []
    for path, stamp in stamps.items():
        one = known.get(path)
        if one is not None and one.digest == stamp.digest and one.module == stamp.module:
            current[path] = one.digest, one.columns
        else:
            others.append(path)
    return current, others


def compile_files(
    known: Mapping[str, tuple[bytes, bytes]], others: Iterable[tuple[str, bytes, ModuleFacts]]
) -> Segment:
    """The segment of files of which digests and columns are known, and of others."""
    held = {path: (digest, decode_columns(columns)) for path, (digest, columns) in known.items()}
    for path, digest, facts in others:
        held[path] = digest, columns_of(facts)
    files = sorted(held.items())
    return join_columns([(path, one[1]) for path, one in files], [one[0] for _, one in files])


def write_compiled(folder: Path, segment: Segment) -> None:
    """Writes a segment into an index folder and drops older ones. Raises OSError."""
    target = folder / f"segment-{SCHEMA_VERSION}-{time.time_ns():020d}-{os.getpid()}.bin"
    partial = target.with_suffix(".partial")
    try:
        write_segment(segment, partial)
        partial.replace(target)
    except BaseException:
        _drop(partial)
        raise
    drop_segments(folder, keep=target)


def read_compiled(folder: Path) -> Segment | None:
    """The newest segment that is whole; damaged ones are dropped."""
    for path in sorted(folder.glob(_PATTERN), reverse=True):
        try:
            return read_segment(path)
        except (DamagedSegment, OSError):
            _drop(path)
    return None


def drop_segments(folder: Path, keep: Path | None = None) -> None:
    """Removes the segment files of a folder, those of other schemas and unfinished ones among them."""
    for pattern in ("segment-*.bin", "segment-*.partial"):
        for path in folder.glob(pattern):
            if path != keep and not (path.suffix == ".partial" and _is_recent(path)):
                _drop(path)


def _is_recent(path: Path) -> bool:
    """Whether another process may be writing it right now."""
    try:
        return time.time() - path.stat().st_mtime < 600
    except OSError:
        return True


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # In use by another process on a system that locks open files: it is dropped the next time.
        return
