"""CN604: a test that changes state and leaves it so, while another test reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Related, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.fixtures import FIXTURES, is_above
from canonry.rules.facts.mentions import calls, has_feature, imports, speaks_of
from canonry.rules.facts.readers import Reader, readers_of
from canonry.rules.facts.resets import (
    OF_MODULES,
    SETS_UP,
    is_reset,
    is_reset_around,
    is_reset_by_fixture,
    names_key,
    names_place,
)
from canonry.rules.facts.state import Change, Kind, Place, changes_in, is_function, origin
from canonry.syntax import Definition
from canonry.syntax.features import Feature
from canonry.syntax.named import Call
from canonry.syntax.scopes import Scope
from canonry.syntax.tree import ancestors

_MAY_CHANGE: Final = re.compile(
    rb"environ|setattr\(|\bputenv|^\s+global |"
    rb"^\s+(?!self\.|cls\.)[^\W\d]\w*(?:\(\))?(?:\.\w+(?:\(\))?|\[[^\]\n]*\])+\s*(?::[^=\n]+)?[-+*/|&]?=(?!=)|"
    rb"^\s+[^\W\d][\w.]*\.(?:append|extend|insert|remove|pop|popitem|clear|update|setdefault|add|discard)\(",
    re.MULTILINE,
)
"""What a test module has somewhere if a test of it changes state."""
_OF_CONTAINERS: Final = frozenset((*dir(dict), *dir(list), *dir(set)))
"""Methods that an object of no known class has as a container, not as one of the workspace."""
_SETTERS: Final = ("setattr", "setenv", "delenv", "setitem", "delitem", "object", "dict", "patch", "override")
"""What a test calls that gives a place a value of its own."""

_FLAGS: Final = {
    "flags/__init__.py": "",
    "flags/features.py": """\
import os

LIMITS = {"default": 10}
retries = 3


class Pricing:
    tax = 0.19

    def gross(self, net):
        return net * (1 + self.tax)


class State:
    def __init__(self):
        self.paper = 100


state = State()


def checkout_enabled():
    return os.environ.get("FEATURE_CHECKOUT") == "1"


def can_print(pages):
    return state.paper >= pages


def shown_limit():
    return f"at most {LIMITS['default']}"


def attempts():
    return range(retries)
""",
}
"""What is under test in the examples."""


class OrderDependentTest(Rule):
    """## What it does
    Finds a test that changes state of a module, a class or a singleton, or `os.environ`, and does not put it
    back, while another test reads it, itself or through the code under test.

    ## Why is this bad?
    The other test passes or fails by what ran before it: alone, in another order, or in parallel the result
    is another one. Tools that shuffle tests (pytest-randomly) show it some day; this rule says which
    statement it is and which test suffers.

    ## Example
    ```python
    def test_checkout_can_be_switched_on():
        os.environ["FEATURE_CHECKOUT"] = "1"
        assert checkout_enabled()


    def test_checkout_is_off():
        assert not checkout_enabled()
    ```

    ## Use instead
    ```python
    def test_checkout_can_be_switched_on(monkeypatch):
        monkeypatch.setenv("FEATURE_CHECKOUT", "1")
        assert checkout_enabled()
    ```

    ## When it stays silent
    - a reset: monkeypatch, `patch`, `finally`, tearDown, addCleanup, a fixture that the test asks for, an
      autouse fixture, or a later statement of the test that puts it back
    - a decorator of the test or its class that names the same key: the marker of a fixture that sets it
    - setUp or an autouse fixture sets it anew for each test, or the object that it is an attribute of
    - no other test reads it, or those that do give it a value of their own first
    - an object of the test's own, what a fixture gives, mocks; a change that is expected to raise
    - it takes away what the test has put there otherwise, gives back the nothing that it began with
      (`= None`, `= []`), or empties a container before anything else
    - objects of one request, context or thread (`LocalProxy`, `threading.local`); caches that are emptied
    - state of libraries, other than the environment
    """

    code: ClassVar[str] = "CN604"
    name: ClassVar[str] = "order-dependent-test"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    INVALID: ClassVar = (
        Invalid(
            "a variable of the environment, read by the code under test",
            {
                **_FLAGS,
                "tests/test_features.py": """\
import os

from flags.features import checkout_enabled


def test_on():
    os.environ["FEATURE_CHECKOUT"] = "1"  # want: CN604 test_off
    assert checkout_enabled()


def test_off():
    assert not checkout_enabled()
""",
            },
            fixed={
                "tests/test_features.py": """\
import os

from flags.features import checkout_enabled


def test_on(monkeypatch):
    monkeypatch.setenv("FEATURE_CHECKOUT", "1")
    assert checkout_enabled()


def test_off():
    assert not checkout_enabled()
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a set whose name does not say that it is one",
            {
                "feed/__init__.py": "",
                "feed/flags.py": """\
enabled = {"chapters"}


def is_on(name):
    return name in enabled
""",
                "tests/test_flags.py": """\
from feed import flags


def test_video():
    flags.enabled.add("video")  # want: CN604 test_only_chapters
    assert flags.is_on("video")


def test_only_chapters():
    assert flags.enabled == {"chapters"}
""",
            },
        ),
        Invalid(
            "an attribute of a class, and one of a singleton",
            {
                **_FLAGS,
                "tests/test_features.py": """\
from unittest import TestCase

from flags.features import Pricing, can_print, state


class PricingTest(TestCase):
    def test_reduced(self):
        Pricing.tax = 0.07  # want: CN604 Pricing.tax
        self.assertEqual(Pricing().gross(100), 107)

    def test_usual(self):
        self.assertEqual(Pricing().gross(100), 119)


def test_no_paper(tmp_path):
    state.paper = 0  # want: CN604 state.paper
    assert not can_print(1)


def test_paper():
    assert can_print(1)
""",
            },
        ),
        Invalid(
            "a container and a variable of a module, read by the test itself and in another file",
            {
                **_FLAGS,
                "tests/test_limits.py": """\
from flags import features
from flags.features import LIMITS


def test_two():
    LIMITS["default"] = 2  # want: CN604 LIMITS
    assert LIMITS["default"] == 2


def test_ten():
    assert LIMITS["default"] == 10


def test_one_attempt():
    features.retries = 1  # want: CN604 test_three_attempts
    assert len(features.attempts()) == 1
""",
                "tests/test_attempts.py": """\
from flags.features import attempts


def test_three_attempts():
    assert len(attempts()) == 3
""",
            },
            fixed={
                "tests/test_limits.py": """\
from flags import features
from flags.features import LIMITS


def test_two(monkeypatch):
    monkeypatch.setitem(LIMITS, "default", 2)
    assert LIMITS["default"] == 2


def test_ten():
    assert LIMITS["default"] == 10


def test_one_attempt():
    features.retries = 1
    assert len(features.attempts()) == 1
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a singleton behind a function, and a global of the test module",
            {
                "app/__init__.py": "",
                "app/config.py": """\
from functools import lru_cache


class Config:
    debug = False


@lru_cache
def get_config():
    return Config()


def level():
    return "debug" if get_config().debug else "info"
""",
                "tests/test_config.py": """\
from app.config import get_config, level

seen = []
last = None


def test_debug():
    config = get_config()
    config.debug = True  # want: CN604 debug
    assert level() == "debug"


def test_info():
    assert level() == "info"


def test_remember():
    global last
    last = level()  # want: CN604 last
    assert last


def test_nothing_yet():
    assert last is None
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "each service has a `tests.base`: the test case's own one puts it back",
            {
                "shop/pyproject.toml": """\
[project]
name = 'shop'
""",
                "shop/shop/__init__.py": """\
""",
                "shop/shop/urls.py": """\
import os


def base():
    return os.environ.get("SHOP_URL")
""",
                "shop/tests/__init__.py": """\
""",
                "shop/tests/base.py": """\
import os
import unittest


class Case(unittest.TestCase):
    def setUp(self):
        for name in ("SHOP_URL", "SHOP_TOKEN"):
            if name in os.environ:
                del os.environ[name]
""",
                "shop/tests/test_urls.py": """\
import os

from shop.urls import base
from tests.base import Case


class UrlTest(Case):
    def test_given(self):
        os.environ["SHOP_URL"] = "http://shop"
        self.assertEqual(base(), "http://shop")

    def test_none(self):
        self.assertIsNone(base())
""",
                "mail/pyproject.toml": """\
[project]
name = 'mail'
""",
                "mail/mail/__init__.py": """\
""",
                "mail/tests/__init__.py": """\
""",
                "mail/tests/base.py": """\
import unittest


class Case(unittest.TestCase):
    pass
""",
            },
        ),
        Valid(
            "a context that cleans up, a cache of its own kind, and a fixture of a plug-in",
            {
                "shop/__init__.py": """\
""",
                "shop/state.py": """\
class GlobalCache:
    def update(self, key, value):
        self.store.set(key, value)

    def key_of(self, key):
        return f"1_{key}"


class Pricing:
    rate = 1


class Account:
    _singleton = None

    @classmethod
    def get_current(cls):
        if cls._singleton is None:
            cls._singleton = cls()
        return cls._singleton


global_cache = GlobalCache()


def price(value):
    return value * Pricing.rate
""",
                "shop/testing/pricing.py": """\
import pytest

from shop.state import Pricing


@pytest.fixture(autouse=True)
def usual_prices():
    yield
    Pricing.rate = 1
""",
                "tests/test_state.py": """\
import unittest
from contextlib import contextmanager

from helpers import preserved
from shop import state
from shop.state import Account, Pricing, global_cache, price


@contextmanager
def clear_state():
    try:
        yield
    finally:
        state.LIMIT = None


def test_update():
    global_cache.update("mine", 1)


def test_key():
    assert global_cache.key_of("mine") == "1_mine"


class AccountTest(unittest.TestCase):
    def setUp(self):
        Account._singleton = None

    def test_login(self):
        account = Account.get_current()
        account.name = "ann"
        self.assertEqual(account.name, "ann")

    def test_nobody(self):
        self.assertIsNone(Account.get_current().name)


class LimitTest(unittest.TestCase):
    def setUp(self):
        self.kept = {key: getattr(state, key) for key in ("LOW", "HIGH")}

    def tearDown(self):
        for key, value in self.kept.items():
            setattr(state, key, value)

    @contextmanager
    def _context(self):
        with preserved(state, "SCALE"):
            yield

    def test_low(self):
        state.LOW = 2
        self.assertEqual(state.LOW, 2)

    def test_not_low(self):
        self.assertIsNone(state.LOW)

    def test_scale(self):
        with self._context():
            state.SCALE = 3
            self.assertEqual(state.SCALE, 3)

    def test_no_scale(self):
        self.assertIsNone(state.SCALE)

    def test_unit(self):
        kept = self._save()
        try:
            state.UNIT = "kg"
            self.assertEqual(state.UNIT, "kg")
        finally:
            self._restore(kept)

    def test_no_unit(self):
        self.assertIsNone(state.UNIT)


def test_limit():
    with clear_state():
        state.LIMIT = 2
        assert state.LIMIT == 2


def test_no_limit():
    assert state.LIMIT is None


def test_reduced():
    Pricing.rate = 2
    assert price(1) == 2


def test_usual():
    assert price(1) == 1
""",
            },
        ),
        Valid(
            "monkeypatch, patch and finally put it back",
            {
                **_FLAGS,
                "tests/test_features.py": """\
import os
from unittest.mock import patch

from flags.features import checkout_enabled


def test_monkeypatch(monkeypatch):
    monkeypatch.setenv("FEATURE_CHECKOUT", "0")
    os.environ["FEATURE_CHECKOUT"] = "1"
    assert checkout_enabled()


def test_patch():
    with patch.dict(os.environ):
        os.environ["FEATURE_CHECKOUT"] = "1"
        assert checkout_enabled()


@patch.dict("os.environ", {})
def test_decorated():
    os.environ["FEATURE_CHECKOUT"] = "1"
    assert checkout_enabled()


def test_by_hand():
    os.environ["FEATURE_CHECKOUT"] = "1"
    try:
        assert checkout_enabled()
    finally:
        del os.environ["FEATURE_CHECKOUT"]


def test_off():
    assert not checkout_enabled()
""",
            },
        ),
        Valid(
            "rows of a database, which a model's manager changes",
            {
                "shop/models.py": """\
from django.db import models


class Order(models.Model):
    objects = models.Manager()
    due = models.DateField(null=True)
""",
                "shop/tasks.py": """\
from shop.models import Order


def remind():
    return [one for one in Order.objects.filter(due=None)]
""",
                "tests/test_tasks.py": """\
from shop.models import Order
from shop.tasks import remind


def test_none():
    Order.objects.update(due=None)
    assert not remind()


def test_some(order):
    assert remind() == [order]
""",
            },
        ),
        Valid(
            "tearDown and addCleanup put it back",
            {
                **_FLAGS,
                "tests/test_pricing.py": """\
from unittest import TestCase

from flags.features import LIMITS, Pricing, shown_limit


class PricingTest(TestCase):
    def tearDown(self):
        Pricing.tax = 0.19

    def test_reduced(self):
        Pricing.tax = 0.07
        self.assertEqual(Pricing().gross(100), 107)

    def test_usual(self):
        self.assertEqual(Pricing().gross(100), 119)

    def test_limit(self):
        self.addCleanup(LIMITS.update, default=10)
        LIMITS["default"] = 2
        self.assertEqual(shown_limit(), "at most 2")

    def test_usual_limit(self):
        self.assertEqual(shown_limit(), "at most 10")
""",
            },
        ),
        Valid(
            "fixtures put it back: one that is asked for, and one for all tests of a folder",
            {
                **_FLAGS,
                "tests/conftest.py": """\
import pytest
from flags.features import LIMITS


@pytest.fixture(autouse=True)
def limits():
    before = dict(LIMITS)
    yield
    LIMITS.clear()
    LIMITS.update(before)
""",
                "tests/test_limits.py": """\
import pytest
from flags.features import LIMITS, can_print, shown_limit, state


@pytest.fixture
def printer():
    yield state
    state.paper = 100


def test_two():
    LIMITS["default"] = 2
    assert shown_limit() == "at most 2"


def test_ten():
    assert shown_limit() == "at most 10"


def test_no_paper(printer):
    state.paper = 0
    assert not can_print(1)


def test_paper():
    assert can_print(1)
""",
            },
        ),
        Valid(
            "no other test reads it",
            {
                **_FLAGS,
                "tests/test_features.py": """\
import os

from flags.features import checkout_enabled


def test_on():
    os.environ["FEATURE_CHECKOUT"] = "1"
    assert checkout_enabled()


def test_other():
    os.environ["OTHER"] = "1"
    assert os.environ["OTHER"]
""",
            },
        ),
        Valid(
            "each test gives it a value of its own first",
            {
                **_FLAGS,
                "tests/test_features.py": """\
import os

from flags.features import checkout_enabled


def test_on():
    os.environ["FEATURE_CHECKOUT"] = "1"
    assert checkout_enabled()


def test_off():
    os.environ["FEATURE_CHECKOUT"] = "0"
    assert not checkout_enabled()
""",
            },
        ),
        Valid(
            "an object of the test's own, and a mock",
            {
                **_FLAGS,
                "tests/test_pricing.py": """\
from unittest.mock import patch

from flags import features
from flags.features import Pricing, can_print


def test_reduced():
    pricing = Pricing()
    pricing.tax = 0.0
    assert pricing.gross(100) == 100


def test_usual():
    assert Pricing().gross(100) == 119


@patch("flags.features.state")
def test_no_paper(state):
    state.paper = 0
    features.state.paper = 0
    assert not can_print(1)


def test_paper():
    assert can_print(1)
""",
            },
        ),
        Valid(
            "setUp sets it anew for each test",
            {
                **_FLAGS,
                "tests/test_paper.py": """\
from unittest import TestCase

from flags.features import can_print, state


class PaperTest(TestCase):
    def setUp(self):
        state.paper = 100

    def test_none(self):
        state.paper = 0
        self.assertFalse(can_print(1))

    def test_some(self):
        self.assertTrue(can_print(1))
""",
            },
        ),
        Valid(
            "a session is no container, and what makes an object only gives it its first values",
            {
                "store/__init__.py": "",
                "store/trade.py": """\
class Trade:
    session = None

    @classmethod
    def all(cls):
        return cls.session.query(cls)


class Converter:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __init__(self):
        self.coins = {}
""",
                "tests/test_trade.py": """\
from store.trade import Converter, Trade


def test_add():
    Trade.session.add(Trade())
    converter = Converter()
    converter.coins = {"btc": 1}


def test_all():
    assert Trade.all()


def test_converter():
    assert Converter()
""",
            },
        ),
        Valid(
            "the change is expected to raise; a method of the singleton puts it back",
            {
                **_FLAGS,
                "flags/server.py": """\
class Server:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.alone = False
        return cls._instance

    @classmethod
    def shutdown(cls):
        cls._instance = None

    def mode(self):
        return "alone" if self.alone else "with others"
""",
                "tests/test_server.py": """\
import pytest
from flags.features import LIMITS, shown_limit
from flags.server import Server


def test_alone():
    server = Server()
    server.alone = True
    assert server.mode() == "alone"
    Server.shutdown()


def test_with_others():
    assert Server().mode() == "with others"


def test_no_such_limit():
    with pytest.raises(TypeError):
        LIMITS[[]] = 1


def test_limit():
    assert shown_limit() == "at most 10"
""",
            },
        ),
        Valid(
            "what is another in each request; a cache that is emptied; an object that arguments choose",
            {
                "site/__init__.py": "",
                "site/common.py": """\
from werkzeug.local import LocalProxy


def _session():
    return {}


session = LocalProxy(_session)
seen_cache = {}


def theme():
    return session.get("theme", "plain"), len(seen_cache)


class Channel:
    _known = {}

    def __new__(cls, name):
        return cls._known.setdefault(name, super().__new__(cls))

    def url(self):
        return f"/{self.token}"
""",
                "tests/test_common.py": """\
from site import common
from site.common import Channel, session, theme


def test_theme():
    session["theme"] = "dark"
    common.seen_cache.clear()
    assert theme() == ("dark", 0)


def test_usual_theme():
    assert theme()[0] == "plain"


def test_token():
    channel = Channel("a")
    channel.token = "t"
    assert channel.url() == "/t"


def test_url():
    assert Channel("b").url()
""",
            },
        ),
        Valid(
            "another item is read; a marker by which a fixture sets it; a set-up that gives another object",
            {
                "shop/__init__.py": "",
                "shop/settings.py": """\
class Ratings:
    number = 4


config = {}
RATINGS = Ratings()


def currency():
    return config.get("currency", "eur")


def stars():
    return "*" * RATINGS.number
""",
                "tests/test_settings.py": """\
import unittest

import pytest
from shop import settings
from shop.settings import config, currency, stars


def test_theme():
    config["theme"] = "dark"
    assert config["theme"] == "dark"


@pytest.mark.shop_config("currency", "usd")
def test_currency():
    config["currency"] = "chf"
    assert currency() == "chf"


def test_usual_currency():
    assert config.get("language") is None and currency() == "eur"


class StarsTest(unittest.TestCase):
    def setUp(self):
        settings.RATINGS = settings.Ratings()

    def test_two(self):
        settings.RATINGS.number = 2
        self.assertEqual(stars(), "**")

    def test_usual(self):
        self.assertEqual(stars(), "****")
""",
            },
        ),
        Valid(
            "the test gives it the value back that it found, or says that it tidies up",
            {
                **_FLAGS,
                "tests/test_pricing.py": """\
from flags.features import Pricing


def test_reduced():
    assert Pricing.tax == 0.19
    Pricing.tax = 0.07
    assert Pricing().gross(100) == 107
    Pricing.tax = 0.19
    assert Pricing().gross(100) == 119


def test_none():
    Pricing.tax = 0
    assert Pricing().gross(100) == 100
    # cleanup
    Pricing.tax = 0.19
    assert Pricing.tax


def test_usual():
    assert Pricing().gross(100) == 119
""",
            },
        ),
        Valid(
            "what the test has put there is taken away, and what begins with nothing is emptied",
            {
                "shop/__init__.py": "",
                "shop/labels.py": """\
LABELS = {}
printers = []
current = None


class Printer:
    _instances = {}
    routes: list = []

    @classmethod
    def register(cls, name):
        LABELS[name] = cls
        printers.append(cls)


def names():
    return [*LABELS, *printers, *Printer.routes, *Printer._instances]


def get_current():
    return current or Printer()
""",
                "tests/test_labels.py": """\
from shop import labels
from shop.labels import LABELS, Printer, get_current, names, printers


def test_register():
    Printer.register("a")
    assert LABELS["a"] is Printer
    # Clean up
    printers.remove(Printer)
    del LABELS["a"]
    assert True


def test_register_once():
    Printer.register("b")
    assert LABELS["b"] in printers
    printers.remove(LABELS["b"])
    assert names()


def test_routes():
    Printer.routes = []
    assert names()


def test_current():
    labels.current = None
    assert get_current()


def test_one():
    assert Printer
    Printer._instances.clear()
    assert names()


def test_none():
    Printer.routes.clear()
    assert names()


def test_names():
    assert names() == [] and get_current()
""",
            },
        ),
        Valid(
            "what was kept is given back; setUp gives the class anew; a method of another class is called",
            {
                "shop/__init__.py": "",
                "shop/options.py": """\
class Option:
    def __init__(self):
        self.enabled = False


class Options:
    A = Option()
    limit = 3
    unit = "m"
    extra = "none"

    def shown(self):
        return self.unit

    def update(self):
        return self.extra


class Menu:
    def shown(self):
        return True

    @classmethod
    def set_registry(cls, registry):
        cls.registry = registry
""",
                "tests/test_options.py": """\
from unittest import TestCase
from unittest.mock import MagicMock

from shop.options import Menu, Options


class OptionsTest(TestCase):
    def setUp(self):
        Options.set_registry(set())

    def test_on(self):
        Options.A.enabled = True
        self.assertTrue(Options.A.enabled)

    def test_off(self):
        self.assertFalse(Options.A.enabled)


def test_unit():
    Options.unit = "km"
    assert Options().shown() == "km"


def test_menu():
    menu = Menu()
    assert menu.shown()


stand_in = MagicMock()


def test_stand_in():
    stand_in.size = 1
    assert stand_in.size


def test_stand_in_again():
    assert stand_in.size


def test_extra():
    Options.extra = "extra"
    assert Options().update() == "extra"


def test_expected(expected):
    expected.update()
    assert expected


def test_limit():
    before = Options.limit
    change(4)
    Options.limit = before
    assert True


def test_usual_limit():
    assert Options.limit == 3
""",
            },
        ),
        Valid(
            "the test itself puts it back",
            {
                **_FLAGS,
                "tests/test_paper.py": """\
from flags.features import can_print, state


def test_none():
    before = state.paper
    state.paper = 0
    assert not can_print(1)
    state.paper = before


def test_few():
    state.paper = 1
    assert not can_print(2)
    state.paper = 100


def test_some():
    assert can_print(1)
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for the first statement of each test that changes a place which another test reads."""
        tree = module.tree
        if not module.is_test or not tree.holds(_MAY_CHANGE.search):
            return
        tests = [one for one in tree.scopes.all() if is_function(one) and one.name.startswith("test")]
        changed = {id(test): changes_in(test, module, context) for test in tests}
        known: dict[tuple[Place, str], list[Reader]] = {}
        for test in tests:
            seen: set[Place] = set()
            for change in changed[id(test)]:
                if cancelled():
                    return
                if change.place in seen:
                    continue
                seen.add(change.place)
                if is_reset(change, test, changed[id(test)], module, context):
                    continue
                asked = (change.place, change.key)
                if asked not in known:
                    known[asked] = readers_of(change.place, context, change.key)
                other = _other_reader(change, test, tests, changed, known[asked], module, context)
                if other is not None:
                    yield self._left(change, test, other, module, context)

    def _left(
        self, change: Change, test: Scope, other: _Suffering, module: Module, context: RuleContext
    ) -> Finding:
        through = f", through `{other.through}`" if other.through else ""
        return self.finding(
            module,
            change.statement,
            f"`{change.place}` stays changed after `{test.name}`, and `{other.name}` reads it{through}",
            related=[Related(f"`{other.name}` reads it", context.location(other.path, other.line))],
            fixes=_fixes(change, test, module),
        )


@dataclass(frozen=True, slots=True)
class _Suffering:
    """A test that reads what another has changed."""

    name: str
    path: str
    line: int
    through: str = ""


# Who reads it


def _other_reader(
    change: Change,
    test: Scope,
    tests: Sequence[Scope],
    changed: dict[int, list[Change]],
    readers: Sequence[Reader],
    module: Module,
    context: RuleContext,
) -> _Suffering | None:
    """Another test that reads a changed place, in this module or in another."""
    tree, place = module.tree, change.place
    for other in tests:
        if other is test:
            continue
        text = tree.data[other.start : other.end]
        if any(one.place == place for one in changed[id(other)]) or _sets(text, place):
            continue
        # Few tests read it, and asking that is cheap.
        reads = _reads(other, change, module, context)
        through = "" if reads else _called_reader(other, readers, change.key, module, context)
        if not (reads or through):
            continue
        if is_reset_around(place, other, other.enclosing_class, module, context) or is_reset_by_fixture(
            place, other, module, context
        ):
            continue
        return _Suffering(other.name, module.path, other.node.start_point[0], through)
    return _in_other_files(change, readers, module, context)


def _sets(text: bytes, place: Place) -> bool:
    """Whether a test gives a place a value by a patch."""
    return names_place(text, place) and re.search(rb"monkeypatch|patch|override|setattr\(", text) is not None


def _reads(other: Scope, change: Change, module: Module, context: RuleContext) -> bool:
    """Whether a test reads a place itself."""
    tree, place = module.tree, change.place
    if place.kind is Kind.KEY:
        text = tree.data[other.start : other.end]
        quoted = re.escape(place.part.encode())
        return (
            re.search(rb"(?:environ(?:\.get\(|\[)|getenv\()\s*[\"']" + quoted + rb"[\"']", text) is not None
        )
    word = (place.part or place.holder.rpartition(".")[2]).encode()
    wanted = f"{place.holder}.{place.part}" if place.part else place.holder
    for match in re.finditer(rb"(?<!\w)" + re.escape(word) + rb"(?!\w)", tree.data[other.start : other.end]):
        at = other.start + match.start()
        node = tree.node_at(at, at + len(word))
        if node is None or node.type != "identifier":
            continue
        above = node.parent
        if above is not None and above.type == "attribute" and above.child_by_field_name("attribute") == node:
            node = above
        if change.key and _asks_for_another(node, change.key, module):
            continue
        held = origin(node, module, context)
        if held and wanted in (held, context.canonical(held)):
            return True
    return False


def _asks_for_another(node: Node, key: str, module: Module) -> bool:
    """Whether a container is asked for one item, and for another one than has been changed."""
    tree, above = module.tree, node.parent
    if above is None:
        return False
    if above.type == "subscript" and above.child_by_field_name("value") == node:
        return tree.string(above.child_by_field_name("subscript")) not in (None, key)
    call = above.parent if above.type == "attribute" else None
    given = call.child_by_field_name("arguments") if call is not None and call.type == "call" else None
    if given is None or not given.named_children:
        return False
    return tree.string(given.named_children[0]) not in (None, key)


def _called_reader(
    other: Scope, readers: Sequence[Reader], key: str, module: Module, context: RuleContext
) -> str:
    """The name of a function that reads the place and that a test calls; "" for none."""
    tree = module.tree
    if key and not names_key(tree.data[other.start : other.end], key):
        readers = [one for one in readers if not one.by_key]
    if not readers:
        return ""
    by_name = {one.dotted: one for one in readers}
    methods = {one.last: one for one in readers if one.owner and one.last not in _OF_CONTAINERS}
    text = tree.data[other.start : other.end]
    whole = tree.data
    for call in tree.calls_within(other.node):
        if call.name and not call.name.startswith("builtins."):
            found = by_name.get(call.name) or by_name.get(context.canonical(call.name))
            if found is not None:
                return found.last
        method = methods.get(call.last)
        if method is None or not call.last:
            continue
        is_class = call.last == method.owner
        if is_class and method.owner.encode() in text:
            return method.owner
        if _is_of_another(call, method.owner, other, module, context):
            continue
        # Of an object that cannot be resolved: any class of the module's that has such a method may be meant.
        if call.function.type == "attribute" and not call.name and method.owner.encode() in whole:
            return f"{method.owner}.{method.last}"
    return ""


def _is_of_another(call: Call, owner: str, test: Scope, module: Module, context: RuleContext) -> bool:
    """Whether a method is called of an object that the test has made of another class of the workspace."""
    tree, held = module.tree, call.function.child_by_field_name("object")
    made = (
        tree.assigned_value(tree.text(held), test) if held is not None and held.type == "identifier" else None
    )
    by = made.child_by_field_name("function") if made is not None and made.type == "call" else None
    name = tree.resolve(by) if by is not None else ""
    return name.rpartition(".")[2] not in ("", owner) and context.definition(name) is not None


def _in_other_files(
    change: Change, readers: Sequence[Reader], module: Module, context: RuleContext
) -> _Suffering | None:
    """A test of another file that calls a reader and gives the place no value of its own."""
    place = change.place
    readers = [one for one in readers if one.direct]
    heads = {one.dotted: one for one in readers}
    files = {
        path: one
        for dotted, one in heads.items()
        for path in sorted(context.files_referring(_head(dotted, one)))
        if path != module.path and context.role(path).is_test
    }
    for path in sorted(files):
        facts = context.facts(path)
        for one in facts.definitions if facts is not None else ():
            if not one.name.startswith("test") or "<locals>" in one.local_name or speaks_of(one, place):
                continue
            if any(calls(one, name) for name in _SETTERS):
                continue
            asks = not change.key or has_feature(one, Feature.LITERAL, change.key)
            reader = next(
                (
                    each
                    for each in readers
                    if (asks or not each.by_key) and _calls_it(one, each, path, context)
                ),
                None,
            )
            if reader is not None and not _has_own_reset(place, path, one, context):
                return _Suffering(one.name, path, one.name_line, reader.last)
    return None


def _head(dotted: str, reader: Reader) -> str:
    """What a file imports that calls a reader: the function, or the class of the method."""
    return dotted.rpartition(".")[0] if reader.owner else dotted


def _calls_it(one: Definition, reader: Reader, path: str, context: RuleContext) -> bool:
    head = _head(reader.dotted, reader)
    if reader.owner and reader.last != reader.owner and not imports(one, head):
        return False  # a method of that name, of who knows what class
    return calls(one, reader.last) and path in context.files_referring(head)


def _has_own_reset(place: Place, path: str, one: Definition, context: RuleContext) -> bool:
    """Whether a fixture or a set-up near a test of another file speaks of a place."""
    owner = one.local_name.rpartition(".")[0]
    facts = context.facts(path)
    for each in facts.definitions if facts is not None else ():
        is_near = each.local_name.rpartition(".")[0] in ("", owner)
        if is_near and each.name in (*SETS_UP, *OF_MODULES) and speaks_of(each, place):
            return True
    for other, rows in context.all_rows(FIXTURES).items():
        if other != path and not is_above(other, path):
            continue
        held = context.facts(other)
        for each in held.definitions if held is not None else ():
            if any(row.function == each.local_name for row in rows) and speaks_of(each, place):
                return True
    return False


# The fix


def _fixes(change: Change, test: Scope, module: Module) -> list[OfferedFix]:
    tree = module.tree
    if any(True for _ in ancestors(test.node, "class_definition")) or change.value is None:
        return []
    written = _monkeypatched(change, module)
    parameters = test.node.child_by_field_name("parameters")
    if not written or parameters is None or change.statement.type != "assignment":
        return []

    def edits() -> list[TextEdit] | Refusal:
        if change.statement.has_error or parameters.has_error:
            return Refusal("the test has a syntax error")
        made = [module.replace(change.statement, written)]
        names = [one for one in parameters.named_children if one.type != "comment"]
        if not any(tree.text(one) == "monkeypatch" for one in names):
            made.append(
                module.insert(*_end(names[-1], module), ", monkeypatch")
                if names
                else module.replace(parameters, "(monkeypatch)")
            )
        return made

    return [
        module.fix(
            "Use monkeypatch",
            edits,
            Applicability.UNSAFE,
            "Tests that rely on what this one leaves behind see the state as it was.",
        )
    ]


def _end(node: Node, module: Module) -> tuple[int, int]:
    end = module.tree.range(node).end
    return end.line, end.column


def _monkeypatched(change: Change, module: Module) -> str:
    """The call of monkeypatch that does what an assignment does; "" where there is none."""
    tree, target, value = module.tree, change.target, change.value
    if value is None:
        return ""
    given = tree.text(value)
    if target.type == "attribute":
        held, last = target.child_by_field_name("object"), target.child_by_field_name("attribute")
        if held is None or last is None:
            return ""
        return f'monkeypatch.setattr({tree.text(held)}, "{tree.text(last)}", {given})'
    if target.type != "subscript":
        return ""
    held, key = target.child_by_field_name("value"), target.child_by_field_name("subscript")
    if held is None or key is None:
        return ""
    if change.place.kind is Kind.KEY:
        return f"monkeypatch.setenv({tree.text(key)}, {given})"
    return f"monkeypatch.setitem({tree.text(held)}, {tree.text(key)}, {given})"
