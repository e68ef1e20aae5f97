"""Evidence of kinship on the smallest workspace that shows it: more for one candidate than for the other."""

from __future__ import annotations

import pytest
from canonry.index.segment import build_segment
from canonry.index.snapshot import Part, Ref, Snapshot
from canonry.match.batch import Batch, Query
from canonry.match.kinship import derived
from canonry.match.rank import TABLE
from canonry.syntax import parse_module

LOOP = "total = 0\nfor one in given:\n    if one:\n        total += one\nreturn total\n"
OTHER = "try:\n    return given.read()\nfinally:\n    given.close()\n"
FILLER = "".join(f"def filler_{word}(x):\n    return {word}(x)\n" for word in ("alpha", "beta", "gamma"))


def function(name: str, body: str = LOOP, before: str = "") -> str:
    return f"{before}def {name}(given):\n" + "".join(f"    {line}\n" for line in body.splitlines())


def method(owner: str, name: str, body: str = LOOP) -> str:
    inner = f"def {name}(self, given):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    return f"class {owner}:\n" + "".join(f"    {line}\n" for line in inner.splitlines())


Place = tuple[str, str]
CASES: dict[str, tuple[Place, Place, Place]] = {
    "variant": (
        ("app/ddp.py", function("ddp_plugin")),
        ("app/ddp_spawn.py", function("ddp_spawn_plugin")),
        ("app/other.py", function("slow_plugin")),
    ),
    "versions": (
        ("api/v1/rows.py", function("rows")),
        ("api/v2/rows.py", function("rows")),
        ("web/rows.py", function("rows")),
    ),
    "opposite": (
        ("a.py", function("encode_header")),
        ("b.py", function("decode_header")),
        ("c.py", function("quote_header")),
    ),
    "same-folder": (
        ("app/sales/a.py", function("add_up")),
        ("app/sales/b.py", function("sum_up")),
        ("lib/math/c.py", function("sum_up")),
    ),
    "shared-place": (
        ("app/sales.py", function("add_up")),
        ("app/utils/sums.py", function("sum_up")),
        ("app/stock/sums.py", function("sum_up")),
    ),
    "copies": (
        ("a.py", function("add_up")),
        ("b.py", function("add_up") + "\n\n" + function("add_up2")),
        ("c.py", function("read_all", OTHER)),
    ),
    "repeats-inherited": (
        ("a.py", method("Till(Base)", "add_up")),
        ("b.py", method("Base", "add_up")),
        ("c.py", method("Else", "add_up")),
    ),
    "same-method-same-form": (
        ("a.py", method("Till", "add_up")),
        ("b.py", method("Purse", "add_up")),
        ("c.py", method("Reader", "add_up", OTHER)),
    ),
    "covered": (
        ("a.py", function("add_up")),
        ("b.py", function("add_up", LOOP + "print(given, one)\n")),
        ("c.py", function("read_all", OTHER)),
    ),
    "covering": (
        ("a.py", function("add_up", LOOP + "print(given, one)\n")),
        ("b.py", function("add_up")),
        ("c.py", function("read_all", OTHER)),
    ),
    "nearest-words": (
        ("a.py", function("add_up")),
        ("b.py", function("sum_up")),
        ("c.py", function("read_all", OTHER)),
    ),
    "nearest-name": (
        ("a.py", function("parse_price")),
        ("b.py", function("price_parser")),
        ("c.py", function("write_rows")),
    ),
    "nearest-calls": (
        ("a.py", function("one", "return total(weigh(given))\n")),
        ("b.py", function("two", "return total(weigh(given)) + 1\n")),
        ("c.py", function("three", "return given + 1\n")),
    ),
    "nearest-form": (
        ("a.py", function("add_up")),
        ("b.py", function("sum_up")),
        ("c.py", function("read_all", OTHER)),
    ),
    "operations": (
        ("a.py", function("one", "return [x for x in given if x]\n")),
        ("b.py", function("two", "return [y for y in given if y]\n")),
        ("c.py", function("three", "return list(given)\n")),
    ),
    "decorators": (
        ("a.py", function("one", before="@shared_task\n")),
        ("b.py", function("two", before="@shared_task\n")),
        ("c.py", function("three")),
    ),
    "rare-in-common": (
        ("a.py", function("one", "return total(weigh(given), 'kilo')\n")),
        ("b.py", function("two", "return total(weigh(given), 'kilo') + 1\n")),
        ("c.py", function("three", OTHER)),
    ),
    "private": (
        ("a.py", function("add_up")),
        ("b.py", function("_sum_up")),
        ("c.py", function("sum_up")),
    ),
    "aside": (
        ("app/a.py", function("add_up")),
        ("examples/b.py", function("sum_up")),
        ("app/c.py", function("sum_up")),
    ),
    "sibling-role": (
        ("a.py", method("SearchRecorder", "run")),
        ("b.py", method("UploadRecorder", "run")),
        ("c.py", method("SearchTable", "run")),
    ),
    "same-class-name": (
        ("mysql/a.py", method("Query", "run")),
        ("sqlite/b.py", method("Query", "run")),
        ("c.py", method("Table", "run")),
    ),
}
"""Of each kind a query, a candidate that has more of it, and one that has less: each a path and a text."""


def batch_of(query: Place, *existing: Place) -> Batch:
    """The last definition of the query's text beside the last of each existing file."""
    facts = {path: parse_module(text, path) for path, text in existing}
    segment = build_segment(sorted({**facts, "z.py": parse_module(FILLER, "z")}.items()))
    snapshot = Snapshot([Part(segment, facts.get)])
    mine = parse_module(query[1], "new")
    definition = mine.definitions[-1]
    owner = mine.definitions[definition.parent] if definition.parent >= 0 else None
    last = {segment.paths[int(segment.symbol_file[row])]: row for row in range(segment.size)}
    # Of a file with two functions the first is the one that is meant: its name is the query's.
    for row in range(segment.size):
        if segment.names[row] == definition.name:
            last[segment.paths[int(segment.symbol_file[row])]] = row
    asked = Query(definition, "new", query[0], owner)
    cosines = {ref.at: one for ref, one in snapshot.candidates(asked.features, 100)}
    found = [(Ref(0, last[path]), cosines.get(last[path], 0.0)) for path, _ in existing]
    return Batch.of(asked, snapshot, found)


@pytest.mark.parametrize("kind", CASES)
def test_kinship(kind: str) -> None:
    query, more, less = CASES[kind]
    others = [("d.py", function("add_up")), ("e.py", function("add_up"))] if kind == "copies" else []
    scores = dict(TABLE)[kind](batch_of(query, more, less, *others)).tolist()
    assert scores[0] > scores[1], scores
    assert all(0 <= one <= 1 for one in scores)


def test_one_that_many_use_has_more() -> None:
    users = [
        (f"u{at}.py", f"from b import sum_up\n\ndef f{at}():\n    return sum_up([])\n") for at in range(5)
    ]
    files = [("b.py", function("sum_up")), ("c.py", function("sum_all")), *users]
    facts = {path: parse_module(text, path.removesuffix(".py")) for path, text in files}
    segment = build_segment(sorted(facts.items()))
    snapshot = Snapshot([Part(segment, facts.get)])
    definition = parse_module(function("add_up"), "new").definitions[0]
    rows = {name: segment.names.all().index(name) for name in ("sum_up", "sum_all")}
    found = [(Ref(0, rows["sum_up"]), 0.5), (Ref(0, rows["sum_all"]), 0.5)]
    scores = dict(TABLE)["used"](Batch.of(Query(definition, "new", "new.py"), snapshot, found)).tolist()
    assert scores[0] > scores[1] == 0


def test_what_is_called_has_its_place() -> None:
    users = [(f"u{at}.py", f"def f{at}():\n    return add_up([])\n") for at in range(3)]
    is_called = batch_of(("a.py", function("add_up")), ("b.py", function("sum_up")), *users)
    is_new = batch_of(("a.py", function("add_all")), ("b.py", function("sum_up")), *users)
    kind = dict(TABLE)["called"]
    assert kind(is_called).tolist()[0] > kind(is_new).tolist()[0] == 0


def test_a_class_is_no_duplicate_of_its_base() -> None:
    mine = ("a.py", method("Till(Base)", "add_up"))
    base, child, other = (method(one, "add_up") for one in ("Base", "Drawer(Till)", "Else"))
    text = batch_of(mine, ("b.py", base), ("c.py", child), ("d.py", other))
    classes = Query(parse_module(mine[1], "new").definitions[0], "new", "a.py")
    rows = [Ref(one.part, one.at - 1) for one in text.refs]  # each method's class stands before it
    batch = Batch.of(classes, text.snapshot, [(one, 0.5) for one in rows])
    assert batch.names == ["Base", "Drawer", "Else"]
    assert derived(batch).tolist() == [True, True, False]


def test_names_that_say_the_same_are_no_variants() -> None:
    same = batch_of(("a/x.py", function("add_up")), ("b/y.py", function("add_up")))
    assert dict(TABLE)["variant"](same).tolist() == [0]
    far = batch_of(("a/x.py", function("add_up")), ("b/y.py", function("write_rows")))
    assert dict(TABLE)["variant"](far).tolist() == [0]
