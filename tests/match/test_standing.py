"""Evidence of where a candidate stands, on the smallest workspace that shows it."""

from __future__ import annotations

import pytest
from canonry.match.rank import TABLE

from tests.match.test_kinship import OTHER, Place, batch_of, function, method

DOCUMENTED = '"""Sum of what was weighed in kilos."""\nreturn weigh(given)\n'
PRICES = "rows = [sum(one.price * one.count) for one in given if one.open]\nreturn sorted(rows)\n"
CASES: dict[str, tuple[Place, Place, Place]] = {
    "calls-it": (
        ("a.py", function("weigh_all", "return [weigh(one) for one in given]\n")),
        ("b.py", function("weigh")),
        ("c.py", function("read_all", OTHER)),
    ),
    "called-by-it": (
        ("a.py", function("weigh")),
        ("b.py", function("weigh_all", "return [weigh(one) for one in given]\n")),
        ("c.py", function("read_all", OTHER)),
    ),
    "their-length": (
        ("a.py", function("add_up")),
        ("b.py", function("sum_up")),
        ("c.py", function("read_all", "return given\n")),
    ),
    "rarest": (
        ("a.py", function("one", "return total(weigh(given), 'kilo')\n")),
        ("b.py", function("two", "return total(weigh(given), 'kilo') + 1\n")),
        ("c.py", function("three", OTHER)),
    ),
    "amount-of-literals": (
        ("a.py", function("one", "return given['kilo']\n")),
        ("b.py", function("two", "return given.get('kilo')\n")),
        ("c.py", function("three", OTHER)),
    ),
    "amount-of-imported": (
        ("a.py", "from hmac import digest\n" + function("one", "return digest(given)\n")),
        ("b.py", "import hmac\n" + function("two", "return hmac.digest(given)\n")),
        ("c.py", "import zlib\n" + function("three", "return zlib.crc32(given)\n")),
    ),
    "amount-of-documentation": (
        ("a.py", function("one", DOCUMENTED)),
        ("b.py", function("two", DOCUMENTED)),
        ("c.py", function("three", OTHER)),
    ),
    "amount-of-calls": (
        ("a.py", function("one", "return total(weigh(given))\n")),
        ("b.py", function("two", "return total(weigh(given)) + 1\n")),
        ("c.py", function("three", OTHER)),
    ),
    "amount-of-form": (
        ("a.py", function("one", PRICES)),
        ("b.py", function("two", PRICES)),
        ("c.py", function("three", OTHER)),
    ),
    "their-common-name": (
        ("a.py", function("add_up")),
        ("b.py", function("run")),
        ("c.py", function("sum_up")),
    ),
    "same-file-name": (
        ("mysql/query.py", function("add_up")),
        ("sqlite/query.py", function("sum_up")),
        ("sqlite/table.py", function("sum_all")),
    ),
    "one-folder-apart": (
        ("app/mysql/query.py", function("add_up")),
        ("app/sqlite/query.py", function("sum_up")),
        ("lib/query.py", function("sum_all")),
    ),
    "ahead-in-words": (
        ("a.py", function("add_up")),
        ("b.py", function("sum_up")),
        ("c.py", function("read_all", OTHER)),
    ),
    "ahead-in-all": (
        ("a.py", function("add_up")),
        ("b.py", function("sum_up")),
        ("c.py", function("read_all", OTHER)),
    ),
    "copy": (
        ("a.py", function("add_up")),
        ("b.py", function("add_up")),
        ("c.py", function("read_all", OTHER)),
    ),
    "named-copy": (
        ("a.py", function("add_up")),
        ("b.py", function("add_up")),
        ("c.py", function("sum_up")),
    ),
    "placed": (
        ("mysql.py", function("connect", "return open_mysql(given, mysql_port)\n")),
        ("postgres.py", function("connect", "return open_postgres(given, postgres_port)\n")),
        ("sea.py", function("connect", "return open_river(given, lake_port)\n")),
    ),
    "amount-placed": (
        ("mysql.py", function("connect", "return open_mysql(given, mysql_port)\n")),
        ("postgres.py", function("connect", "return open_postgres(given, postgres_port)\n")),
        ("sea.py", function("connect", "return open_river(given, lake_port)\n")),
    ),
    "parallel": (
        ("a.py", "class Till:\n    def close(self): ...\n    def count(self):\n        return 1\n"),
        ("b.py", "class Desk:\n    def close(self): ...\n    def count(self):\n        return 2\n"),
        ("c.py", "class Door:\n    def paint(self): ...\n    def count(self):\n        return 2\n"),
    ),
}
"""Of each kind a query, a candidate that has more of it, and one that has less: each a path and a text."""


@pytest.mark.parametrize("kind", CASES)
def test_standing(kind: str) -> None:
    query, more, less = CASES[kind]
    # One name that several definitions have is common.
    others = [("d.py", function("run")), ("e.py", function("run"))] if kind == "their-common-name" else []
    if kind == "parallel":
        others = [query]  # what is saved counts
    scores = dict(TABLE)[kind](batch_of(query, more, less, *others)).tolist()
    assert scores[0] > scores[1], scores
    assert all(0 <= one <= 1 for one in scores)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (function("add_up"), (0, 0)),
        (method("Till", "add_up"), (1, 0)),
        ("class Till:\n    coins = 1\n", (0, 1)),
    ],
)
def test_what_the_query_is(text: str, told: tuple[int, int]) -> None:
    batch = batch_of(("a.py", text), ("b.py", function("sum_up")))
    assert tuple(int(dict(TABLE)[kind](batch)[0]) for kind in ("is-method", "is-class")) == told


def test_a_name_that_many_have_is_common() -> None:
    many = [(f"{at}.py", function("run")) for at in range(4)]
    common = batch_of(("a.py", function("run")), ("b.py", function("sum_up")), *many)
    rare = batch_of(("a.py", function("add_up")), ("b.py", function("sum_up")), *many)
    kind = dict(TABLE)["common-name"]
    assert kind(common).tolist()[0] > kind(rare).tolist()[0] == 0


def test_files_of_the_same_names_are_twins() -> None:
    ours = ("sync.py", function("weigh") + "\n" + function("pack") + "\n" + function("ship"))
    twin = ("later.py", function("weigh") + "\n" + function("pack") + "\n" + function("send"))
    stranger = ("other.py", function("weigh") + "\n" + function("read_all", OTHER))
    asked = ("sync.py", function("weigh"))

    scores = dict(TABLE)["twin-files"](batch_of(asked, twin, stranger, ours)).tolist()

    # Of pack, ship and send one is in both; what is typed does not count, nor does a file beside itself.
    assert scores == pytest.approx([1 / 3, 0, 0])


def test_methods_that_are_not_saved_make_no_class_parallel() -> None:
    query, more, less = CASES["parallel"]
    assert dict(TABLE)["parallel"](batch_of(query, more, less)).tolist() == [0, 0]


def test_a_file_that_is_not_on_disk_has_no_twin() -> None:
    existing = ("later.py", function("weigh") + "\n" + function("pack"))
    assert dict(TABLE)["twin-files"](batch_of(("new.py", function("weigh")), existing)).tolist() == [0]
