"""Files that are no Python and of which rules want rows: deployment files, scripts. Data, bounded in size.

docs/adr/0015-rows-of-files-that-are-no-python.md says why they are read this way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from canonry.index.discovery import MOST_TEXT, Discovery, SourceFile
from canonry.index.extraction import TextExtractor, extract_text_rows, fingerprint
from canonry.index.store import Store, TextRow, trusted_time


class Texts:
    """What is wanted of one workspace's other files, and keeping its rows in the store up to date."""

    def __init__(self, root: Path, extractors: Mapping[str, TextExtractor[msgspec.Struct]]) -> None:
        self._root = root
        self._extractors = [*extractors.values()]
        self._fingerprint = fingerprint(extractors)

    def refresh(self, store: Store, found: Iterable[SourceFile]) -> bool:
        """Reads what differs from the store, given all files of the disk; True where there was anything."""
        known = store.text_stamps()
        start = len(str(self._root)) + 1
        files = {Path(one.path[start:]).as_posix(): one for one in found}
        changed = [
            self._read(path, one)
            for path, one in files.items()
            if known.get(path) != (one.size, one.mtime_ns, self._fingerprint)
        ]
        gone = [path for path in known if path not in files]
        if changed or gone:
            store.put_texts([row for row in changed if row is not None], gone)
        return bool(changed or gone)

    def update(self, store: Store, discovery: Discovery, path: Path, relative: str) -> bool:
        """Takes in one file, changed or gone, or a folder that is gone; True where the store has changed."""
        one = discovery.look_at_text(path)
        if one is not None:
            row = self._read(relative, one)
            store.put_texts([row] if row is not None else [], [relative])
            return True
        known = store.text_stamps()
        inside = [each for each in known if each == relative or each.startswith(f"{relative}/")]
        if path.is_dir() or not inside:
            return False
        store.put_texts([], inside)
        return True

    def state(self, store: Store) -> list[tuple[str, dict[str, bytes]]]:
        """All rows that are stored of such files: equal where they say the same."""
        names = sorted(one.name for one in self._extractors)
        return [(name, dict(sorted(store.all_extracted(name).items()))) for name in names]

    def _read(self, relative: str, one: SourceFile) -> TextRow | None:
        """The rows of one file; None where it cannot be read (any more)."""
        try:
            with Path(one.path).open("rb") as file:
                data = file.read(MOST_TEXT)
        except OSError:
            return None
        rows = extract_text_rows(self._extractors, relative, data)
        return TextRow(relative, one.size, trusted_time(one.mtime_ns), self._fingerprint, rows)
