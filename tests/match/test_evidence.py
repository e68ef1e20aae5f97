"""Each kind of evidence on the smallest case that shows it: more for one candidate than for the other."""

from __future__ import annotations

import numpy as np
import pytest
from canonry.index.segment import build_segment
from canonry.index.snapshot import Part, Ref, Snapshot
from canonry.match.batch import Batch, Query
from canonry.match.explain import explain
from canonry.match.rank import KINDS, TABLE, probabilities, scores, weights_of
from canonry.match.silence import is_silent, rows_to_skip
from canonry.syntax import ModuleFacts, parse_module

from tests.match.test_kinship import CASES as KINSHIP
from tests.match.test_standing import CASES as STANDING

BODY = "    total = 0\n    for one in given:\n        if one:\n            total += one\n    return total\n"
THREE = "        x = 1\n        y = 2\n        return x\n"
FILLER = "".join(f"def filler_{word}(x):\n    return {word}(x)\n" for word in ("alpha", "beta", "gamma"))


def make(
    query: str, *existing: str, name: str = "", path: str = "new.py", test: bool = False
) -> tuple[Batch, ModuleFacts]:
    """A batch of the last definition of `query` (or the named one) with the first of each existing text."""
    mine = parse_module(query, "new", test_module=test)
    files = {f"e{at}.py": parse_module(text, f"e{at}") for at, text in enumerate(existing)}
    if path in files:
        files[path] = parse_module(existing[int(path[1])], f"e{path[1]}")
    files["z.py"] = parse_module(FILLER, "z")
    segment = build_segment(sorted(files.items()))
    snapshot = Snapshot([Part(segment, files.get)])
    definition = next(one for one in reversed(mine.definitions) if name in ("", one.local_name))
    owner = mine.definitions[definition.parent] if definition.parent >= 0 else None
    asked = Query(definition, "new", path, owner)
    rows = [
        next(
            row
            for row in range(segment.size)
            if segment.paths[int(segment.symbol_file[row])] == f"e{at}.py"
            and (owner is None or "." in segment.local_names[row] or "class" not in text)
        )
        for at, text in enumerate(existing)
    ]
    cosines = {ref.at: one for ref, one in snapshot.candidates(asked.features, 100)}
    found = [(Ref(0, row), cosines.get(row, 0.0)) for row in rows]
    return Batch.of(asked, snapshot, found), mine


def function(header: str, body: str = BODY) -> str:
    return f"def {header}:\n{body}"


def method(header: str, name: str = "run(self)", body: str = BODY) -> str:
    inner = "".join(f"    {line}\n" for line in function(name, body).splitlines())
    return f"class {header}:\n{inner}"


PRICES = "    rows = [sum(one.price * one.count) for one in given if one.open]\n    return sorted(rows)\n"
SIGN = "    return mac(key, 'sha-384')\n"
CASES: dict[str, tuple[str, str, str]] = {
    "search": (function("add_up(given)"), function("sum_up(given)"), function("other(x)", "    pass\n")),
    "same-name": (function("fold_rows(a)"), function("fold_rows(b)"), function("rows_fold(b)")),
    "name-words": (function("load_config(a)"), function("read_cfg(b)"), function("send_mail(b)")),
    "name-spelling": (function("normalise(a)"), function("normalize(b)"), function("encrypt(b)")),
    "parameters": (function("f(path, mode)"), function("g(mode, path)"), function("g(x, y)")),
    "arity": (function("f(a, b)"), function("g(c, d)"), function("g(c, d, e, f)")),
    "annotations": (function("f(a: Ledger)"), function("g(b: Ledger)"), function("g(b: bytes)")),
    "calls": (function("f(key)", SIGN), function("g(k)", "    return mac(k)\n"), function("g(k)")),
    "imported": (
        "from hmac import digest\n" + function("f(a)", "    return digest(a)\n"),
        "import hmac\n" + function("g(b)", "    return hmac.digest(b)\n"),
        "import zlib\n" + function("g(b)", "    return zlib.crc32(b)\n"),
    ),
    "attributes": (
        function("f(a)", "    return a.total.vat\n"),
        function("g(b)", "    return b.total.vat\n"),
        function("g(b)", "    return b.name\n"),
    ),
    "literals": (function("f(key)", SIGN), function("g(k)", "    x = 'sha-384'\n"), function("g(k)")),
    "documentation": (
        function("f(a)", "    '''Postal code of an address.'''\n" + BODY),
        function("g(b)", "    '''Addresses have postal codes.'''\n" + BODY),
        function("g(b)", "    '''Colour of a pixel.'''\n" + BODY),
    ),
    "vocabulary": (
        function("f(a)", "    postal_code = a\n    return postal_code\n"),
        function("g(b)", "    return b.postal.code\n"),
        function("g(b)", "    return b.colour\n"),
    ),
    "statements": (function("f(given)", PRICES), function("g(given)", PRICES), function("g(given)")),
    "exceptions": (
        function("f(a)", "    raise LedgerClosed(a)\n"),
        function("g(b)", "    try:\n        b()\n    except LedgerClosed:\n        pass\n"),
        function("g(b)", "    raise KeyError(b)\n"),
    ),
    "bases": ("class A(Ledger):\n    x = 1\n", "class B(Ledger):\n    y = 2\n", "class B(Box):\n    y = 2\n"),
    "members": (method("A", "post(self)"), method("B", "post(self)"), method("B", "draw(self)")),
    "body": (
        function("f(given)"),
        function("g(taken)", BODY.replace("given", "taken")),
        function("g(x)", SIGN),
    ),
    "body-names": (function("f(key)", SIGN), function("g(key)", SIGN), function("g(key)")),
    "same-kind": (function("f(a)"), function("g(b)"), "class G:\n    x = 1\n"),
    "same-color": ("async " + function("f(a)"), "async " + function("g(b)"), function("g(b)")),
    "identical": (function("f(given)", PRICES), function("g(given)", PRICES), function("g(given)")),
    "same-form": (function("f(given)"), function("g(given)"), function("g(given)", SIGN)),
    "lead": (function("add_up(given)"), function("sum_up(given)"), function("other(x)", "    pass\n")),
    "alike-length": (function("f(given)"), function("g(x)", BODY), function("g(x)", SIGN)),
    "inherited": (method("A(Base)"), method("Base"), method("Box")),
    "same-file": (function("f(given)"), function("g(given)"), function("h(given)")),
    "same-class": (
        method("A", "f(self)"),
        method("A", "g(self)"),
        method("B", "g(self)"),
    ),
    "family": (method("A(Base)"), method("B(Base)"), method("B(Box)")),
    "same-method": (method("A"), method("B"), method("B", "walk(self)")),
    "convention": (function("setup(a)"), function("setup(b)"), function("other(b)")),
    "counterpart": (function("encode_header(a)"), function("decode_header(b)"), function("send_mail(b)")),
}
"""Of each kind a query, a candidate that has more of it, and one that has less."""
OF_THE_QUERY = {
    "length",
    "test-code",
    "crowd",
    "is-method",
    "is-class",
    "common-name",
    "twin-files",
    "class-copy",
}
"""Said of the query, or of all candidates together."""


def column(batch: Batch, kind: str) -> list[float]:
    found: list[float] = dict(TABLE)[kind](batch).tolist()
    return found


def test_every_kind_of_evidence_has_its_case() -> None:
    assert {kind for kind, _ in TABLE} == {*CASES, *OF_THE_QUERY, *KINSHIP, *STANDING, "used", "called"}


@pytest.mark.parametrize("kind", CASES)
def test_evidence(kind: str) -> None:
    query, more, less = CASES[kind]
    # One name that two definitions have is a convention already.
    again = (function("setup(c)"),) if kind == "convention" else ()
    path = "e0.py" if kind in ("same-file", "same-class") else "new.py"
    batch, _ = make(query, more, less, *again, name="A" if kind == "members" else "", path=path)

    high, low, *_ = column(batch, kind)

    assert 0 <= low < high <= 1.0001


def test_a_class_has_the_form_of_its_methods() -> None:
    walk, sign = method("A", "walk(self, given)"), method("B", "sign(self, key)", SIGN)
    batch, _ = make(walk, method("C", "tread(self, given)"), sign, name="A")

    assert column(batch, "body")[0] == 1 > column(batch, "body")[1]


def test_a_class_with_the_same_methods_and_bodies_is_a_copy() -> None:
    mine = method("A", "walk(self, given)")
    copy, renamed = method("C", "walk(self, given)"), method("B", "tread(self, given)")
    batch, _ = make(mine, copy, renamed, name="A")
    function_batch, _ = make(function("f(given)"), function("g(given)"), function("h(x)"))

    assert column(batch, "class-copy") == pytest.approx([1, 0])
    assert column(function_batch, "class-copy") == [0, 0]


def test_a_longer_body_has_more_length() -> None:
    short, _ = make(function("f(given)", SIGN), function("g(a)"))
    long, _ = make(function("f(given)", BODY * 3), function("g(a)"))

    assert column(short, "length") < column(long, "length")


def test_test_code_is_told() -> None:
    code, _ = make(function("f(given)"), function("g(a)"))
    test, _ = make(function("f(given)"), function("g(a)"), test=True)

    assert (column(code, "test-code"), column(test, "test-code")) == ([0.0], [1.0])


def test_a_crowd_is_a_family_and_not_a_twin() -> None:
    alone, _ = make(function("f(given)"), function("g(given)"))
    crowd, _ = make(function("f(given)"), *(function(f"g{at}(given)") for at in range(9)))

    assert column(alone, "crowd") == [0.0]
    assert min(column(crowd, "crowd")) > 0.5


def test_the_probability_is_one_and_grows_with_likeness() -> None:
    batch, _ = make(
        function("sum_given(given)"),
        function("sum_given(given)"),
        function("send_mail(x)", "    x.send(1)\n    x.close()\n"),
    )

    table = scores(batch)
    same, other = probabilities(batch, table).tolist()

    assert table.shape == (2, len(TABLE))
    assert np.isfinite(table).all()
    assert 0 <= other < same <= 1


@pytest.mark.parametrize("query", [function("sum_given(given)"), function("sum_given(given)", "    \n")])
def test_the_weights_together_are_the_probability(query: str) -> None:
    batch, _ = make(query, function("sum_given(given)"), function("send_mail(x)", "    x.send(1)\n"))

    table = scores(batch)
    weights = [weights_of(row, batch.query.has_body, batch.snapshot.statistics.total) for row in table]

    logits = [sum(one.logit for one in told) for told in weights]
    assert [1 / (1 + np.exp(-one)) for one in logits] == pytest.approx(probabilities(batch, table), abs=1e-4)
    for told in weights:
        assert {one.kind for one in told} <= {*KINDS, "start", "trees"}
        assert [abs(one.logit) for one in told] == sorted((abs(one.logit) for one in told), reverse=True)
    # Only with a body, and only of what is near, are trees asked.
    assert [any(one.kind == "trees" for one in told) for told in weights] == [batch.query.has_body, False]


# What is never said


@pytest.mark.parametrize(
    ("code", "silent"),
    [
        (function("add_up(given)"), False),
        (function("main(given)"), True),
        (function("test_add_up(given)"), True),
        (function("short(given)", "    return given\n"), True),
        ("def bare(given):\n", False),
        (
            function("only_raises(given)", "    raise NotImplementedError(\n        1,\n        2,\n    )\n"),
            True,
        ),
        ("@overload\n" + function("add_up(given)"), True),
        (
            "if sys.platform == 'win32':\n    def f(given):\n" + THREE,
            True,
        ),
        ("if TYPE_CHECKING:\n    def f(given):\n" + THREE, True),
        (method("A", "__init__(self)"), False),  # said where another class has the same, word for word
        ("def __getattr__(name):\n" + THREE, True),
        ("class A:\n    def __init__(self):\n", True),
        (method("A", "add_up(self)"), False),
        (
            "class A:\n    @property\n    def add_up(self):\n" + THREE,
            True,
        ),
        (
            "class A(ABC):\n    @abstractmethod\n    def add_up(self):\n" + THREE,
            True,
        ),
        ("class A(Protocol):\n    def add_up(self):\n" + THREE, True),
        ("class A:\n    def f(self):\n" + THREE + "    def g(self):\n" + THREE, False),
        ("class A:\n    def f(self):\n        pass\n    def g(self):\n        del self\n", True),
        ("class A:\n    def f(self):\n" + THREE + "    class Meta:\n        x = 1\n        y = 2\n", True),
    ],
)
def test_silence(code: str, silent: bool) -> None:
    facts = parse_module(code, "new")
    # Of a class with two methods the class is meant, else what stands last.
    one = facts.definitions[0] if "def g" in code else facts.definitions[-1]
    owner = facts.definitions[one.parent] if one.parent >= 0 else None

    assert is_silent(Query(one, "new", "new.py", owner), 3) is silent


def test_a_definition_is_not_compared_with_itself_nor_with_what_is_around_or_in_it() -> None:
    code = (
        method("A", "f(self)")
        + method("B", "f(self)")
        + function("outer(a)", "    def inner(b):\n        return b\n")
    )
    segment = build_segment([("new.py", parse_module(code, "new"))])
    names = segment.local_names.all()

    def skipped(name: str) -> set[str]:
        batch, _ = make(code, function("g(a)"), name=name)
        rows = rows_to_skip(batch.query, 0, segment, range(segment.size))
        return {names[row] for row in rows}

    assert skipped("A.f") == {"A", "A.f"}
    assert skipped("outer") == {"outer", "outer.<locals>.inner"}


# In words


def words(query: str, existing: str) -> dict[str, str]:
    batch, facts = make(query, existing)
    table = scores(batch)[0]
    named = {kind: float(score) for (kind, _), score in zip(TABLE, table.tolist(), strict=True)}
    told = explain(batch.query, batch.snapshot, batch.refs[0], named, query, facts.references)
    assert told
    return {one.kind: one.why for one in told}


def test_the_words_are_those_of_the_query() -> None:
    told = words(
        "import hmac\n" + function("sign(key, text)", "    return hmac.digest(key, text, 'sha-384')\n"),
        "import hmac\n"
        + function("make_signature(text, key)", "    return hmac.digest(key, text, 'sha-384')\n"),
    )

    assert told["calls"] == "same calls: hmac.digest"
    assert told["literals"] == "same constants: 'sha-384'"
    assert told["parameters"] == "same parameters: key, text"


def test_the_same_name_and_the_same_form_are_told() -> None:
    told = words(function("add_up(given)"), function("add_up(taken)", BODY.replace("given", "taken")))

    assert told["same-name"] == "same name"
    assert told["body"] == "100 % of the body has the same form"
    assert told["parameters"] == "both take 1 parameter"


def test_synonyms_in_names_are_told_as_they_are_written() -> None:
    told = words(function("load_config(path)"), function("read_cfg(path)"))

    assert told["name-words"] == "similar name: load, config"


def test_there_is_always_a_reason() -> None:
    assert words(function("f(a)", "    pass\n"), function("g(b)", "    del b\n"))
