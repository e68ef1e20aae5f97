"""What is kept between keystrokes changes no answer: each is that of a workspace opened on the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent, indent

import hypothesis.strategies as st
import pytest
from canonry.config import ReuseSettings, Settings
from canonry.index.segment import Floats
from canonry.index.snapshot import Ref, Snapshot
from canonry.match import Query, Reach, find_matches
from canonry.workspace import Workspace
from canonry.workspace import kept as kept_module
from hypothesis import HealthCheck, given, settings

from .shop import COPY, FILES, READER, opened, said, write

PATHS = ("shop/new.py", "shop/money.py", "other.py")
BLOCKS = [
    COPY.partition("\n\n\n")[2],
    READER.partition("\n\n\n")[2],
    COPY.partition("\n\n\n")[2].replace("rounded", "result").replace("round_currency", "to_cents"),
    "def round_currency(amount, places=2):\n    return\n",
    "def round_half_up(value):\n",
    "def slugify_title(title):\n    words = title.split(\n",
    "class Journal(Ledger):\n    def balance_until(self, day):\n        total = Decimal(0)\n"
    "        for one in self.bookings:\n            total += one.amount\n        return total\n",
    "class Journal:\n    def balance_until(self, day):\n        total = Decimal(0)\n"
    "        for one in self.bookings:\n            total += one.amount\n        return total\n",
    "@cache\ndef slug(title, separator='-'):\n    words = [word.lower() for word in title.split()]\n"
    "    words = [word for word in words if word]\n    return separator.join(words)\n",
    "# canonry: ignore[CN001] on purpose\n",
    "import json\n",
    "x = '''\n",
    "\n",
]
# Every definition's candidates are seen, not those over a threshold alone.
ALL = Settings(reuse=ReuseSettings(minimum_probability=0.0, minimum_lines=1))

edits = st.one_of(
    st.tuples(
        st.just("insert"), st.sampled_from(PATHS), st.integers(0, 8), st.sampled_from(range(len(BLOCKS)))
    ),
    st.tuples(st.just("delete"), st.sampled_from(PATHS), st.integers(0, 8), st.just(0)),
    st.tuples(st.just("cut"), st.sampled_from(PATHS), st.integers(0, 400), st.just(0)),
    st.tuples(st.just("move"), st.sampled_from(PATHS), st.integers(0, 8), st.integers(0, 8)),
    st.tuples(st.just("rename"), st.sampled_from(PATHS), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("close"), st.sampled_from(PATHS), st.just(0), st.just(0)),
)
WORDS = [("amount", "price"), ("rounded", "rounding"), ("records", "rows"), ("words", "parts")]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A folder and the cache of its index, so that no example has to index it."""
    folder = tmp_path_factory.mktemp("kept")
    root = (folder / "work").resolve()
    write(root, FILES)
    opened(root, folder / "cache", ALL).shutdown()
    yield root, folder / "cache"


def edited(blocks: list[str], what: str, at: int, by: int) -> list[str]:
    blocks = list(blocks)
    if what == "insert":
        blocks.insert(min(at, len(blocks)), BLOCKS[by])
    elif blocks and what == "delete":
        del blocks[min(at, len(blocks) - 1)]
    elif blocks and what == "move":
        one = blocks.pop(min(at, len(blocks) - 1))
        blocks.insert(min(by, len(blocks)), one)
    elif what == "cut":
        blocks = ["\n\n".join(blocks)[:at]]
    elif what == "rename":
        blocks = [one.replace(*WORDS[at]) for one in blocks]
    return blocks


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(edits, min_size=1, max_size=8))
def test_any_sequence_of_edits_gives_what_a_new_workspace_gives(
    disk: tuple[Path, Path], steps: list[tuple[str, str, int, int]]
) -> None:
    root, cache = disk
    texts: dict[str, list[str]] = {}
    long_lived = Workspace(root, ALL, cache=cache)
    try:
        for what, path, at, by in steps:
            if what == "close":
                texts.pop(path, None)
                long_lived.close_buffer(root / path)
            else:
                blocks = texts.get(path, dedent(FILES.get(path, "")).split("\n\n\n"))
                texts[path] = edited(blocks, what, at, by)
                long_lived.update(root / path, "\n\n\n".join(texts[path]))
            kept = {one: long_lived.check(root / one) for one in texts}

            fresh = Workspace(root, ALL, cache=cache)
            for one, now in texts.items():
                fresh.open(root / one, "\n\n\n".join(now))
            try:
                assert kept == {one: fresh.check(root / one) for one in texts}
            finally:
                fresh.shutdown()
    finally:
        long_lived.shutdown()


def test_a_file_that_is_open_unchanged_is_weighed_as_on_disk(root: Path, tmp_path: Path) -> None:
    write(root, {"shop/new.py": COPY + "\n\n" + READER})
    workspace = opened(root, tmp_path / "cache", ALL)
    files = [path for path in sorted(root.rglob("*.py")) if path.stat().st_size]
    on_disk = {path: workspace.check(path) for path in files}

    for path in files:
        workspace.open(path, path.read_text("utf-8"))
    in_buffers = {path: workspace.check(path) for path in files}
    workspace.shutdown()

    assert any(on_disk.values())
    assert in_buffers == on_disk


def test_of_two_definitions_of_one_name_the_one_that_is_alike_is_named(workspace: Workspace) -> None:
    root = workspace.root
    other = "def helper(a):\n    return print(a)\n\n\n" + READER.partition("\n\n\n")[2].replace(
        "load_records", "helper"
    )
    workspace.open(root / "other.py", other)
    workspace.open(root / "shop/new.py", READER)
    before = workspace.check(root / "shop/new.py")

    workspace.update(root / "other.py", other.replace("a)", "b)"))
    (after,) = workspace.check(root / "shop/new.py")

    assert after == before[0]
    (place,) = [one.location.range for one in after.related if one.qualified_name == "other.helper"]
    assert place.start.line == 4


def test_evidence_speaks_of_the_words_that_are_there_now(workspace: Workspace) -> None:
    path = workspace.root / "shop/new.py"
    workspace.open(path, COPY)
    workspace.check(path)

    # The stem is the same, so what is matched is; what is said is not.
    workspace.update(path, COPY.replace("Round an amount", "Rounds an amount").replace("invoices", "invoice"))
    (finding,) = workspace.check(path)

    told = " ".join(one.why for one in finding.evidence)
    assert "invoices" not in told


def test_what_can_never_be_offered_may_still_crowd_out_what_can(root: Path, tmp_path: Path) -> None:
    body = "    for line in path.read_text().splitlines():\n        yield json.loads(line.strip())\n"
    others = [f"def other_{one}(first_{one}):\n    return call_{one}(first_{one})\n" for one in range(400)]
    write(root, {"others.py": "\n\n".join(others)})
    settings = replace(ALL, select=("CN001",))
    kept, fresh = (opened(root, tmp_path / "cache", settings) for _ in range(2))
    new, crowded = root / "new.py", root / "crowded.py"
    text = f"import json\n\n\ndef read_lines(path):\n{body}"
    kept.open(new, text)
    kept.open(crowded, "import json\n")
    assert said(kept.check(new)) == [("read_lines", "shop.files.read_json_lines")]

    # A few at a time, as somebody types: the search takes so many definitions, of whichever kind.
    for count in range(4, 164, 4):
        classes = [f"class ReadLines{one}:\n    read_lines = {one}\n{body}" for one in range(count)]
        now = "import json\n\n\n" + "\n\n".join(classes)
        kept.update(crowded, now)
        told = kept.check(new)
    fresh.open(new, text)
    fresh.open(crowded, now)

    assert told == fresh.check(new) == ()
    kept.shutdown()
    fresh.shutdown()


def test_a_keystroke_in_a_class_weighs_the_method_and_the_class(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[str] = []

    def noted(query: Query, snapshot: Snapshot, limit: int) -> tuple[list[tuple[Ref, float, Floats]], Reach]:
        weighed.append(query.definition.local_name)
        return find_matches(query, snapshot, limit)

    monkeypatch.setattr(kept_module, "find_matches", noted)
    path = workspace.root / "shop/reader.py"
    records, slug = READER.partition("\n\n\n")[2], FILES["shop/files.py"].partition("def slug")[2]
    text = f"class Reader:\n{indent(records, '    ')}\n    def slug{slug}"
    workspace.open(path, text)
    workspace.check(path)
    assert set(weighed) == {"Reader", "Reader.load_records", "Reader.slugify_title"}
    weighed.clear()

    workspace.update(path, text.replace("json.loads(line)", "json.loads(line or '')"))
    workspace.check(path)

    assert set(weighed) == {"Reader", "Reader.load_records"}
