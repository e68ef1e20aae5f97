"""The compiled segment of a store: written beside it under a new name each time, the newest whole one read.

A new name, because a file that another process is reading cannot be replaced everywhere.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from canonry.index.segment import DamagedSegment, Segment, build_segment, read_segment, write_segment
from canonry.index.store import Store
from canonry.syntax import SCHEMA_VERSION

_PATTERN = f"segment-{SCHEMA_VERSION}-*.bin"


def compile_store(store: Store) -> Segment:
    """The segment of all rows of a store."""
    rows = list(store.all_facts())
    return build_segment([(path, facts) for path, _, facts in rows], [digest for _, digest, _ in rows])


def write_compiled(store: Store) -> None:
    """Compiles a store into its folder and drops older segments. Raises OSError."""
    segment = compile_store(store)
    target = store.folder / f"segment-{SCHEMA_VERSION}-{time.time_ns():020d}-{os.getpid()}.bin"
    partial = target.with_suffix(".partial")
    try:
        write_segment(segment, partial)
        partial.replace(target)
    except BaseException:
        _drop(partial)
        raise
    drop_segments(store.folder, keep=target)


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
