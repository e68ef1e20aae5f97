"""Rows of extractors: stored with their files, read again when the extractor changes, looked up by key."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from canonry.config import Settings
from canonry.index.extraction import Extractor, fingerprint
from canonry.index.live import LiveIndex


class Named(msgspec.Struct, frozen=True, array_like=True):
    name: str
    line: int


def names(tree):
    for node in tree.nodes("function_definition"):
        yield Named(tree.own_scope(node).name, node.start_point[0])


def upper(tree):
    for row in names(tree):
        yield Named(row.name.upper(), row.line)


FIRST = Extractor("test-names", 1, Named, names, lambda row: [row.name])
SECOND = Extractor("test-names", 2, Named, upper, lambda row: [row.name])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "work"
    root.mkdir()
    (root / "a.py").write_text("def one(): ...\n\ndef two(): ...\n", "utf-8")
    (root / "b.py").write_text("def two(): ...\n", "utf-8")
    (root / "c.py").write_text("x = 1\n", "utf-8")
    return root


def opened(root: Path, extractor: Extractor) -> LiveIndex:
    index = LiveIndex(root, root.parent / "cache", Settings(), 1, {"here:FIRST": extractor})
    index.refresh()
    return index


def test_rows_are_found_by_file_and_by_key(root: Path) -> None:
    index = opened(root, FIRST)

    table = index.rows.table(FIRST)

    assert index.rows.of_file(FIRST, "a.py") == (Named("one", 0), Named("two", 2))
    assert index.rows.of_file(FIRST, "c.py") == ()
    assert table.by_key["two"] == {"a.py", "b.py"}
    assert set(table.by_path) == {"a.py", "b.py"}


def test_only_what_has_changed_is_decoded_again(root: Path) -> None:
    index = opened(root, FIRST)
    before = index.rows.table(FIRST)

    assert index.rows.table(FIRST) is before
    (root / "b.py").write_text("def three(): ...\n", "utf-8")
    index.update([root / "b.py"])
    after = index.rows.table(FIRST)

    assert after.by_path["a.py"] is before.by_path["a.py"]
    assert after.by_key.keys() == {"one", "two", "three"}
    assert before.by_key.keys() == {"one", "two"}
    (root / "a.py").unlink()
    index.update([root / "a.py"])
    assert index.rows.table(FIRST).by_key.keys() == {"three"}
    assert index.rows.of_file(FIRST, "a.py") == ()


def test_another_version_reads_the_files_again(root: Path) -> None:
    opened(root, FIRST).close()

    index = opened(root, SECOND)

    assert fingerprint({"x": FIRST}) != fingerprint({"x": SECOND})
    assert index.rows.of_file(SECOND, "b.py") == (Named("TWO", 0),)


def test_damaged_rows_are_told(root: Path) -> None:
    assert FIRST.decode(b"no rows") is None
    assert FIRST.decode(FIRST.encode(type("T", (), {"nodes": lambda *_: []})())) == ()
