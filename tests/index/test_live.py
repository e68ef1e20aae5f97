"""The index in use: brought up to date with the disk, warm starts, damage, changes from outside."""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import fields
from pathlib import Path

import msgspec
import numpy as np
import pytest
from canonry.config import Settings
from canonry.index import intake, pool, store
from canonry.index.columns import FileRead, columns_of, encode_columns
from canonry.index.compiled import compile_store
from canonry.index.extraction import Extractor
from canonry.index.live import LiveIndex
from canonry.index.segment import (
    DamagedSegment,
    Segment,
    StringPool,
    build_segment,
    read_segment,
    write_segment,
)
from canonry.syntax import parse_module

MONEY = "def round_half_up(amount, places=2):\n    return quantize(amount, places)\n"
CLOCK = "class Clock:\n    def now(self):\n        return utcnow()\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "__init__.py").write_text("from app.money import round_half_up\n")
    (folder / "app" / "money.py").write_text(MONEY)
    (folder / "app" / "clock.py").write_text(CLOCK)
    (folder / "app" / "invoice.py").write_text(
        "import app.money as m\nfrom app import round_half_up\ndef total(x): return m.round_half_up(x)\n"
    )
    for path in (folder / "app").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))  # written long before they are read
    return folder


def opened(root: Path, **options) -> LiveIndex:
    return LiveIndex(root, root.parent / "cache", Settings(), workers=2, **options)


def names(index: LiveIndex) -> list[str]:
    found = []
    for part in index.snapshot.parts:
        for at in range(part.segment.size):
            if part.alive[at]:
                file = int(part.segment.symbol_file[at])
                found.append(f"{part.segment.modules[file]}.{part.segment.local_names[at]}")
    return sorted(found)


ALL = ["app.clock.Clock", "app.clock.Clock.now", "app.invoice.total", "app.money.round_half_up"]


def uses(index: LiveIndex, name: str) -> int:
    (ref,) = index.snapshot.rows_named(name)
    return index.snapshot.uses(ref)


def test_a_new_index_has_everything(root):
    index = opened(root)
    assert names(index) == []

    index.refresh()

    assert names(index) == ALL
    assert index.status().files == 4
    assert index.status().definitions == 4
    index.close()


def test_uses_are_counted_through_modules_and_through_packages_that_pass_a_name_on(root):
    index = opened(root)
    index.refresh()

    assert uses(index, "round_half_up") == 2
    assert uses(index, "total") == 0
    index.close()


def test_a_warm_start_has_everything_before_any_refresh_and_reads_only_what_changed(root, monkeypatch):
    first = opened(root)
    first.refresh()
    first.close()
    (root / "app" / "clock.py").write_text(CLOCK + "    def zone(self): return utc()\n")
    os.utime(root / "app" / "money.py")
    read: list[str] = []
    actual = intake.read_file
    monkeypatch.setattr(
        intake, "read_file", lambda task, *rest: (read.append(task.path), actual(task, *rest))[1]
    )

    second = opened(root)
    assert names(second) == ALL
    second.refresh()

    assert names(second) == sorted([*ALL, "app.clock.Clock.zone"])
    assert sorted(read) == ["app/clock.py", "app/money.py"]
    second.close()


def test_files_that_change_outside_are_followed(root):
    index = opened(root)
    index.refresh()
    (root / "app" / "text.py").write_text("def slug(text): return lower(text)\n")
    (root / "app" / "money.py").write_text("def round_up(amount): return ceil(amount)\n")
    (root / "app" / "clock.py").unlink()

    changed = index.update([root / "app" / name for name in ("text.py", "money.py", "clock.py")])

    assert changed
    assert names(index) == ["app.invoice.total", "app.money.round_up", "app.text.slug"]
    assert not index.update([root / "app" / "money.py"])
    index.close()


def test_a_folder_that_is_gone_takes_its_files_along(root):
    index = opened(root)
    index.refresh()
    (root / "app").rename(root / "core")

    index.update([root / "app", *sorted((root / "core").iterdir())])

    assert [name for name in names(index) if name.startswith("app")] == []
    assert "core.money.round_half_up" in names(index)
    index.close()


def test_two_indexes_of_one_workspace_at_once(root):
    first, second = opened(root), opened(root)
    first.refresh()
    second.refresh()
    (root / "app" / "text.py").write_text("def slug(text): return lower(text)\n")

    first.update([root / "app" / "text.py"])
    second.refresh()

    assert names(first) == names(second) == sorted([*ALL, "app.text.slug"])
    first.close()
    second.close()


@pytest.mark.parametrize("damage", ["noise", "cut", "empty", "sqlite-noise", "other-table", "gone"])
def test_a_damaged_index_is_rebuilt(root, damage):
    first = opened(root)
    first.refresh()
    first.close()
    folder = root.parent / "cache"
    (segment,) = folder.glob("segment-*.bin")
    store = first.store.path
    if damage == "noise":
        data = bytearray(segment.read_bytes())
        data[len(data) // 2] ^= 0xFF
        segment.write_bytes(bytes(data))
    elif damage == "cut":
        segment.write_bytes(segment.read_bytes()[:-100])
    elif damage == "empty":
        segment.write_bytes(b"")
    elif damage == "sqlite-noise":
        for suffix in ("-wal", "-shm"):
            Path(f"{store}{suffix}").unlink(missing_ok=True)
        store.write_bytes(b"SQLite format 3\0" + os.urandom(5000))
    elif damage == "other-table":
        connection = sqlite3.connect(store)
        connection.execute("DROP TABLE files")
        connection.execute("CREATE TABLE files (path TEXT)")
        connection.close()
    else:
        for path in folder.iterdir():
            path.unlink()

    second = opened(root)
    second.refresh()

    assert names(second) == ALL
    second.close()


def test_an_index_that_cannot_be_written_lives_in_memory(root):
    (root.parent / "cache").write_text("a file where the folder should be")
    index = opened(root)

    index.refresh()

    assert names(index) == ALL
    assert "cannot be kept" in index.store.problem
    index.close()


def test_what_is_skipped_is_named_with_its_reason(root):
    (root / "app" / "binary.py").write_bytes(b"\x00\xff\xfe\x01")
    (root / "app" / "huge.py").write_text("x = 1\n" * 200_000)
    (root / "app" / "made.py").write_text("# @generated by a tool. DO NOT EDIT\ndef f(): return 1\n")
    index = opened(root)

    index.refresh()

    skipped = {path.name: why for path, why in index.status().skipped}
    assert set(skipped) == {"binary.py", "huge.py", "made.py"}
    assert "not utf-8 text" in skipped["binary.py"]
    assert "max-file-size (1,000,000)" in skipped["huge.py"]
    assert names(index) == ALL
    index.close()


def many(root: Path, count: int) -> None:
    for at in range(count):
        (root / "app" / f"m{at:03}.py").write_text(f"def job_{at}(a, b):\n    return work_{at}(a) + b\n")


def test_worker_processes_read_the_same_as_this_one(root, monkeypatch):
    many(root, 60)
    index = opened(root)
    index.refresh()
    by_workers = [index.facts(path) for path in index.paths()]
    index.close()
    monkeypatch.setattr(intake, "INLINE_FILES", 1000)
    again = LiveIndex(root, root.parent / "other", Settings())

    again.refresh()

    assert [again.facts(path) for path in again.paths()] == by_workers
    again.close()


def test_a_worker_that_dies_costs_one_file_with_a_reason(root, monkeypatch):
    many(root, 60)
    actual = pool.Worker.ask

    def ask(worker, request, seconds=60):
        if any(task.path == "app/m007.py" for task in request.files):
            worker.stop()
            raise pool.WorkerFailed("a worker process ended with status -9")
        return actual(worker, request, seconds)

    monkeypatch.setattr(pool.Worker, "ask", ask)
    index = opened(root)

    index.refresh()

    assert index.status().files == 63
    ((path, why),) = index.status().skipped
    assert path.name == "m007.py"
    assert "status -9" in why
    index.close()


def test_workers_that_never_work_are_an_error_not_an_endless_try(root, monkeypatch):
    many(root, 60)

    def ask(worker, request, seconds=60):
        worker.stop()
        raise pool.WorkerFailed("a worker process ended with status 1")

    monkeypatch.setattr(pool.Worker, "ask", ask)
    index = opened(root)

    with pytest.raises(pool.WorkerFailed, match="status 1"):
        index.refresh()
    index.close()


def test_a_cancelled_refresh_keeps_what_it_has_and_the_next_one_goes_on(root, monkeypatch):
    many(root, 10)
    monkeypatch.setattr(intake, "INLINE_FILES", 1000)
    index = opened(root)
    calls = 0

    def cancelled() -> bool:
        nonlocal calls
        calls += 1
        return calls > 6

    index.refresh(cancelled=cancelled)
    some = index.status().files
    index.refresh()

    assert some < 14
    assert index.status().files == 14
    index.close()


def test_a_segment_comes_back_from_its_file_as_it_was(tmp_path):
    facts = parse_module(MONEY + CLOCK, "app.money")
    segment = build_segment([("app/money.py", facts)], [b"0" * 16])

    write_segment(segment, tmp_path / "s.bin")
    again = read_segment(tmp_path / "s.bin")

    assert again.names.all() == segment.names.all() == ["round_half_up", "Clock", "now"]
    assert again.features.tolist() == segment.features.tolist()
    assert again.skeleton_of(0) == segment.skeleton_of(0) != b""
    assert again.digest_of(0) == b"0" * 16


def arrays(segment: Segment) -> list[list[int]]:
    found = []
    for one in fields(Segment):
        value = getattr(segment, one.name)
        found += [value.data, value.offsets] if isinstance(value, StringPool) else [value]
    return [one.tolist() for one in found]


@pytest.mark.parametrize(("looks", "expected"), [(100, [*ALL, "app.more.deep.last.last"]), (3, [])])
def test_workers_get_ready_while_files_are_looked_for_and_are_ended(root, monkeypatch, looks, expected):
    monkeypatch.setattr(intake, "EARLY_FILES", 0)
    monkeypatch.setattr(intake, "INLINE_FILES", 0)
    started = []
    start = pool.start_process

    def recorded(module, *arguments):
        started.append(start(module, *arguments))
        return started[-1]

    monkeypatch.setattr(pool, "start_process", recorded)
    deep = root / "app" / "more" / "deep"
    deep.mkdir(parents=True)
    (deep / "last.py").write_text("def last(): pass\n")
    left = looks

    def cancelled() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    index = opened(root)
    index.refresh(cancelled=cancelled)

    assert names(index) == sorted(expected)
    assert len(started) == 2
    assert all(one.poll() is not None for one in started)
    index.close()


def test_columns_from_where_files_are_read_give_the_segment_that_their_rows_give(root):
    index = opened(root)
    index.refresh()
    columns = {}
    for path in index.paths():
        facts = index.facts(path)
        assert facts is not None
        columns[path] = FileRead(index.digest(path), facts.module, encode_columns(columns_of(facts)))
    rows = compile_store(index.store)
    digest, other = index.digest("app/clock.py"), encode_columns(columns_of(parse_module(MONEY, "app.other")))

    assert rows.size == len(ALL)
    assert arrays(compile_store(index.store, columns)) == arrays(rows)
    assert arrays(compile_store(index.store, dict([*columns.items()][:2]))) == arrays(rows)
    # What the store has meanwhile otherwise, or not at all, does not count.
    for wrong in (
        {"app/clock.py": FileRead(b"0" * 16, "app.clock", other)},
        {"app/clock.py": FileRead(digest, "app.other", other)},
        {"app/none.py": FileRead(digest, "app.none", other)},
    ):
        assert arrays(compile_store(index.store, {**columns, **wrong})) == arrays(rows)
    index.close()


def test_a_segment_stays_as_it_was_read_whatever_becomes_of_its_file(tmp_path):
    path = tmp_path / "s.bin"
    write_segment(build_segment([("a.py", parse_module(MONEY, "a"))], [b"0" * 16]), path)
    segment = read_segment(path)
    features = segment.features.tolist()

    with path.open("r+b") as file:  # the same file, not another one of its name
        file.write(b"\xff" * path.stat().st_size)

    assert segment.features.tolist() == features
    assert segment.names.all() == ["round_half_up"]


@pytest.mark.parametrize("cut", [0, 1, 15, 16, 40, 700])
def test_a_segment_file_that_is_cut_is_refused(tmp_path, cut):
    path = tmp_path / "s.bin"
    write_segment(build_segment([("a.py", parse_module(MONEY, "a"))], [b"0" * 16]), path)
    path.write_bytes(path.read_bytes()[:cut])

    with pytest.raises(DamagedSegment):
        read_segment(path)


def both(root: Path, **options) -> tuple[LiveIndex, LiveIndex]:
    """An index that has lived and one that is newly built, both at rest."""
    used, new = opened(root, **options), LiveIndex(root, root.parent / "new", Settings(), **options)
    for index in (used, new):
        index.refresh()
        index.settle()
    return used, new


def same(used: LiveIndex, new: LiveIndex) -> bool:
    features = np.unique(new.snapshot.parts[0].segment.features)
    told = [
        (
            names(one),
            one.fingerprint(),
            one.snapshot.statistics.counts(features).tolist(),
            [uses(one, name) for name in ("round_half_up", "total")],
        )
        for one in (used, new)
    ]
    used.close()
    new.close()
    return told[0] == told[1]


def test_at_rest_an_index_that_has_lived_weighs_as_a_new_one(root):
    many(root, 40)
    first = opened(root)
    first.refresh()
    (root / "app" / "m001.py").write_text("from app.money import round_half_up\n")
    (root / "app" / "m002.py").unlink()
    first.update([root / "app" / "m001.py", root / "app" / "m002.py"])
    before = first.snapshot

    assert first.settle()
    assert not first.settle()

    assert first.snapshot is not before
    first.close()
    assert same(*both(root))


def test_a_module_whose_folder_becomes_a_package_gets_its_other_name(root):
    (root / "tools").mkdir()
    (root / "tools" / "dates.py").write_text("def today(): return now()\n")
    index = opened(root)
    index.refresh()
    for there in (True, False):
        path = root / "tools" / "__init__.py"
        path.write_text("") if there else path.unlink()

        assert index.update([path])

        expected = LiveIndex(root, root.parent / f"new-{there}", Settings())
        expected.refresh()
        assert names(index) == names(expected)
        expected.close()
    index.close()


def test_at_rest_modules_have_the_names_that_imports_tell_now(root):
    (root / "tools").mkdir()
    (root / "tools" / "clocks.py").write_text("def now(): return 1\n")
    path = root / "tools" / "dates.py"
    path.write_text("from clocks import now\n\ndef today(): return now()\n")
    index = opened(root)
    index.refresh()
    assert "dates.today" in names(index)
    path.write_text("from tools.clocks import now\n\ndef today(): return now()\n")
    index.update([path])

    assert index.settle()

    assert {"tools.dates.today", "tools.clocks.now"} <= set(names(index))
    assert not index.settle()
    index.close()


def test_many_files_that_change_at_once_are_read_in_worker_processes(root, monkeypatch):
    many(root, 150)
    index = opened(root)
    index.refresh()
    paths = sorted((root / "app").glob("m*.py"))
    for path in paths:
        stat = path.stat()
        path.write_text(path.read_text().replace("job", "tag"))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as git or rsync may set them
    monkeypatch.setattr(intake, "read_file", None)

    assert index.update(paths)

    assert "app.m007.tag_7" in names(index)
    index.close()


def test_a_file_written_twice_within_one_tick_of_the_clock_is_read_again(root, monkeypatch):
    path = root / "app" / "clock.py"
    path.write_text(CLOCK)
    stat = path.stat()
    monkeypatch.setattr(time, "time_ns", lambda: stat.st_mtime_ns + 1_000_000)
    index = opened(root)
    index.refresh()
    index.close()
    path.write_text(CLOCK.replace("now", "utc"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    index = opened(root)
    index.refresh()

    assert "app.clock.Clock.utc" in names(index)
    index.close()


class Counted(msgspec.Struct, frozen=True, array_like=True):
    definitions: int


COUNT = Extractor("test-count", 1, Counted, lambda tree: [Counted(len(tree.facts.definitions))])


@pytest.mark.parametrize("table", ["files", "extracted"])
def test_a_row_that_is_damaged_is_made_again(root, table):
    options = {"extractors": {"tests.COUNT": COUNT}}
    index = opened(root, **options)
    index.refresh()
    index.close()
    connection = sqlite3.connect(index.store.path)
    column = "facts" if table == "files" else "data"
    connection.execute(f"UPDATE {table} SET {column} = x'0102' || {column}")
    connection.commit()
    connection.close()
    if table == "files":
        for segment in index.store.folder.glob("segment-*"):
            segment.unlink()

    index = opened(root, **options)
    index.refresh()

    assert names(index) == ALL
    assert index.rows.of_file(COUNT, "app/clock.py") == (Counted(2),)
    assert index.rows.table(COUNT).by_path["app/money.py"] == (Counted(1),)
    index.close()


def test_noise_over_the_index_in_use_is_got_over(root):
    many(root, 300)
    index = opened(root)
    index.refresh()
    index.store.path.write_bytes(os.urandom(index.store.path.stat().st_size))
    for suffix in ("-wal", "-shm"):
        Path(f"{index.store.path}{suffix}").unlink(missing_ok=True)
    index.store._connection.close()  # whose memory would hide it
    index.store._connection = sqlite3.connect(index.store.path, check_same_thread=False, isolation_level=None)
    (root / "app" / "clock.py").write_text(CLOCK + "    def zone(self): return utc()\n")

    assert index.update([root / "app" / "clock.py"])

    index.close()
    assert index.store.persistent
    assert same(*both(root))


def test_a_disk_without_room_is_no_error(root, monkeypatch):
    many(root, 60)
    index = opened(root)
    index.refresh()
    index.store._connection.execute("PRAGMA max_page_count = 1")
    for path in (root / "app").glob("m*.py"):
        path.write_text(path.read_text() + "def more(): return 1\n" * 50)

    index.refresh()

    assert not index.store.persistent
    assert "full" in index.store.problem
    assert len(index.status().skipped) == 0
    found = names(index)
    index.close()
    new = LiveIndex(root, root.parent / "new", Settings())
    new.refresh()
    assert found == names(new)
    new.close()


def test_an_index_that_another_process_holds_is_left_to_it(root, monkeypatch):
    monkeypatch.setattr(store, "BUSY_TIMEOUT", 0.05)
    first = opened(root)
    first.refresh()
    first.close()
    other = sqlite3.connect(first.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    index = opened(root)
    (root / "app" / "clock.py").write_text(CLOCK + "    def zone(self): return utc()\n")

    index.update([root / "app" / "clock.py"])

    assert "app.clock.Clock.zone" in names(index)
    assert "locked" in index.store.problem
    index.close()
    other.execute("ROLLBACK")
    other.close()
    assert same(*both(root))


def test_a_closed_index_is_not_taken_for_a_damaged_one(root):
    index = opened(root)
    index.refresh()
    index.close()

    with pytest.raises(sqlite3.ProgrammingError):
        index.store.stamps()

    assert index.store.path.exists()
    again = opened(root)
    assert names(again) == ALL
    again.close()
