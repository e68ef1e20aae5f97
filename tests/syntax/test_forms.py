"""Examples as forms: what of them is meant, and where they are found."""

# ruff: noqa: E501 - each line of a table is a case

from __future__ import annotations

import pytest
from canonry.syntax import parse_tree
from canonry.syntax.forms import Pair, covers, find, read_form, read_pair
from hypothesis import given
from hypothesis import strategies as st


def found(wrong: str, code: str, correct: str | None = None) -> list[str]:
    pair = read_pair(wrong, correct)
    assert isinstance(pair, Pair), pair
    tree = parse_tree(code)
    return [tree.data[one.start : one.end].decode() for one in find(pair.wrong, tree)]


FOUND = {
    "as written": ("a.b()", "x = a.b()", ["a.b()"]),
    "other arguments": ("a.b()", "a.b(1)\na.b(x=2)", []),
    "an alias of the module": ("asyncio.run()", "import asyncio as aio\naio.run()", ["aio.run()"]),
    "imported": ("asyncio.run()", "from asyncio import run as go\ngo()", ["go()"]),
    "a class and its module of one name": (
        "datetime.utcnow()", "import datetime\ndatetime.datetime.utcnow()", ["datetime.datetime.utcnow()"]),
    "another module of that name inside": ("random.random()", "import numpy as np\nnp.random.random()", []),
    "a module instead of the standard one": ("random.random()", "from numpy import random\nrandom.random()", []),
    "a class under its package": ("Session.query()", "import app\napp.Session.query()", ["app.Session.query()"]),
    "a method of that name": ("sleep(1)", "clock.sleep(1)", []),
    "an own function instead of a builtin": ("open(path)", "def open(p): ...\nopen(x)", []),
    "quotes, spaces, trailing commas": ("a['x', 1]", 'a["x",   1]\na ["x", 1]', ['a["x",   1]', 'a ["x", 1]']),
    "the order of keywords": ("f(a=1, b=2)", "f(b=2, a=1)", ["f(b=2, a=1)"]),
    "a hole": ("get(url)", "get(self.url + '/')", ["get(self.url + '/')"]),
    "a hole has one value": ("f(x, x)", "f(a, a)\nf(a, b)", ["f(a, a)"]),
    "constants are meant": ("connect(None)", "connect(None)\nconnect(x)", ["connect(None)"]),
    "classes are meant": ("query(User)", "query(User)\nquery(Team)", ["query(User)"]),
    "anything": ("get(...)", "get()\nget(1, x=2)", ["get()", "get(1, x=2)"]),
    "anything behind": ("get(url, ...)", "get()\nget(1, x=2)", ["get(1, x=2)"]),
    "a keyword argument": ("verify=False", "get(u, verify=False)\nget(verify=True)", ["verify=False"]),
    "a comparison": ("x == None", "if a.b == None: pass\na is None", ["a.b == None"]),
    "a header": ("except Exception:", "try:\n  f()\nexcept Exception:\n  pass", ["except Exception:\n  pass"]),
    "a bare except": ("except:", "try:\n  f()\nexcept:\n  pass\ntry:\n  f()\nexcept E:\n  g()", ["except:\n  pass"]),
    "a decorator": ("@app.on_event('up')", '@app.on_event("up")\ndef f(): ...', ['@app.on_event("up")']),
    "a method of anything": (".iteritems()", "for x in d.e.iteritems(): pass", ["d.e.iteritems()"]),
    "an import": ("import pickle", "import pickle as p\nfrom pickle import loads\nimport picklex",
                  ["import pickle as p", "from pickle import loads"]),
    "an imported name": ("from typing import List", "from typing import Any, List\nimport typing",
                         ["from typing import Any, List"]),
    "everything imported": ("from a import *", "from a import *\nfrom a import b", ["from a import *"]),
    "statements": ("s = Session()\ns.commit()", "x = Session()\nx.commit()\n", ["x = Session()\nx.commit()"]),
    "statements apart": ("s = Session()\ns.commit()", "x = Session()\nf()\nx.commit()\n", []),
    "statements with a gap": ("s = Session()\n...\ns.commit()", "x = Session()\nf()\nx.commit()\n",
                              ["x = Session()\nf()\nx.commit()"]),
    "a loop": ("for user in users:\n    send(user)", "for u in x.all():\n    send(u)", ["for u in x.all():\n    send(u)"]),
    "a body of anything": ("with lock:\n    ...", "with lock:\n    f()\n    g()", ["with lock:\n    f()\n    g()"]),
    "the body of a function": ("def f():\n    '''Text.'''\n    go(1)", "def g():\n    go(1)", ["go(1)"]),
    "async functions only": ("async def f():\n    sleep(1)", "async def g():\n    sleep(1)\ndef h():\n    sleep(1)",
                             ["sleep(1)"]),
    "the value of an assignment": ("data = load(path)", "return load(p)", ["load(p)"]),
    "a constant that is set": ("DEBUG = True", "DEBUG = True\nx = True", ["DEBUG = True"]),
    "placeholders": ("sleep(<seconds>)", "sleep(5)", ["sleep(5)"]),
    "comments": ("f(a, b)", "f(x,  # why\n  y)", ["f(x,  # why\n  y)"]),
    "no text, no comment": ("a.b()", "'a.b()'\n# a.b()", []),
    "no other use of the word": ("print", "x.print()\nf(print=1)\ndef print(): ...", []),
    "nested places once": ("f(x)", "f(f(1))", ["f(f(1))"]),
    "broken code": ("a.b()", "def f(:\n    a.b()\n", ["a.b()"]),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "code", "places"), FOUND.values(), ids=FOUND)
def test_places(wrong: str, code: str, places: list[str]) -> None:
    assert found(wrong, code) == places


DIFFERENT = {
    "in a function": (
        "import requests\n\ndef fetch(url):\n    r = requests.get(url)\n    return r.json()",
        "import requests\n\ndef fetch(url):\n    r = requests.get(url, timeout=9)\n    return r.json()",
        ("requests.get(url)", "requests.get(url, timeout=9)", True)),
    "a returned value": ("def f(x):\n    return old(x)", "def f(x):\n    return new(x)", ("old(x)", "new(x)", True)),
    "a call inside of something": (
        "ends = datetime.utcnow() + timedelta(days=7)", "ends = datetime.now(timezone.utc) + timedelta(days=7)",
        ("datetime.utcnow()", "datetime.now(timezone.utc)", True)),
    "a call that others are made on": ("x = old().isoformat()", "x = new().isoformat()", ("old()", "new()", True)),
    "a module's name alone": ("logging.info(x)", "log.info(x)", ("logging.info(x)", "log.info(x)", True)),
    "names alone": ("f(a)", "f(b)", ("f(a)", "f(b)", True)),
    "a name that nothing gives": ("old(x)", "new(x, y)", ("old(x)", "new(x, y)", False)),
    "statements for an expression": ("old(x)", "with new():\n    x()", ("old(x)", "with new():\n    x()", False)),
    "something left open": ("old(x)", "new(...)", ("old(x)", "new(...)", False)),
    "no counterpart that can be read": ("old(x)", "call the new one", ("old(x)", None, False)),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "correct", "expected"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_is_different(wrong: str, correct: str, expected: tuple[str, str | None, bool]) -> None:
    pair = read_pair(wrong, correct)

    assert isinstance(pair, Pair)
    assert (pair.wrong.text, pair.correct.text if pair.correct else None, pair.replaces) == expected


def test_names_that_differ_are_meant() -> None:
    assert found("f(a)", "f(a)\nf(c)", "f(b)") == ["f(a)"]


def test_what_the_correct_form_only_adds_to_is_not_wrong() -> None:
    before = "def f(token):\n    user = find(token)\n    return user"
    after = "def f(token):\n    check(token)\n    user = find(token)\n    return user"

    assert read_pair(before, after) == "all of it stands in the correct form too"


@pytest.mark.parametrize("code", ["", "  ", "# nothing", "rm -rf /", "1 + 2", "'text'", "x"])
def test_what_is_no_form(code: str) -> None:
    form = read_form(code)

    assert isinstance(form, str) or form.text == "x"


def test_what_a_form_names() -> None:
    def named(code: str) -> str:
        form = read_form(code)
        assert not isinstance(form, str)
        return form.named

    assert named("old") == named("old()") == named("await old(user)") == named("old(...)") == "old"
    assert named("app.jobs.old") == "app.jobs.old"
    assert named("old('here')") == named("old().x()") == named("x = old()") == ""


def test_a_node_is_covered_by_a_form_around_it() -> None:
    form = read_form("with lock:\n    ...")
    assert not isinstance(form, str)
    tree = parse_tree("with lock:\n    f()\ng()\n")
    inside, outside = (one.node for one in tree.calls)

    assert covers(form, inside, tree)
    assert not covers(form, outside, tree)


CODE = st.lists(
    st.sampled_from(["f", "(", ")", "x", ".", ",", "...", "=", "\n", "    ", ":", "def ", "if ", "'", "1", "@", "a b"]),
    max_size=15,
).map("".join)  # fmt: skip


@given(CODE, CODE, CODE)
def test_any_example_is_read_and_looked_for(wrong: str, correct: str, code: str) -> None:
    pair = read_pair(wrong, correct)
    if isinstance(pair, Pair):
        tree = parse_tree(code)
        places = list(find(pair.wrong, tree))

        assert all(one.start < one.end for one in places)
        assert places == sorted(places, key=lambda one: one.start)


@given(st.sampled_from([one[0] for one in FOUND.values()]))
def test_an_example_is_a_place_of_itself(example: str) -> None:
    pair = read_pair(example, None)
    assert isinstance(pair, Pair)
    whole = pair.wrong.tree.data.decode()

    assert found(example, whole)
