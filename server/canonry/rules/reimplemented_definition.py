"""CN001: a definition whose job an existing one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from canonry.match.kinship import is_example
from canonry.model import Evidence, Finding, Location, Match, Related, Severity, SymbolKind, Trait
from canonry.rules.base import CLOSE, Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.calls import CALLERS, call_of
from canonry.rules.facts.classes import class_at
from canonry.rules.facts.markers import MARKERS, marked
from canonry.rules.facts.relatives import Above, Relation, are_related, classes_above, relation_of
from canonry.scopes.registry import declared_canonical
from canonry.scopes.roles import Role
from canonry.syntax import SCRIPT, Definition

MOST_RELATED = 3
"""Existing definitions named in one finding."""
MOST_WANTED = 5
"""The same where the threshold is 0: the best candidates are asked for."""
NAMED = frozenset(("same-name", "name-words"))
"""Kinds of evidence of a name; as many parameters are evidence of nothing."""
BESIDE = frozenset(("attributes", "documentation", "exceptions", "literals", "parameters"))
"""Kinds of evidence of what stands beside a job: handlers of one signal, decorators and views have it too."""
LEAST_ALONE = 0.6
"""Where that is all that can be named, or nothing: right more often than not from here on. Of five below,
over 1.1 million lines of eleven projects, none was.
"""
BEGUN = 2
"""From so many statements on a body says something of its own."""
SURE = 0.85
"""From this probability on a finding says that it exists, below that it may."""
SURE_THOUGH_DIFFERENT = 0.9
"""From here on it is a warning though something differs: with those in which nearly nothing does, 94 of 100
warnings on code that stood there were right (docs/precision.md).
"""
LEAST_REPEATED = 0.8
"""Of the form of a body: a method that has less of what it inherits does something of its own."""
REPEATED = 0.99
"""Of the form of a body: from here on it repeats what it inherits, below that nearly."""


_SHOP = {
    "shop/money.py": """\
from decimal import ROUND_HALF_UP, Decimal


def round_half_up(amount, places=2):
    \"\"\"Round an amount half up.\"\"\"
    quantum = Decimal(10) ** -places
    return Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)


class Wallet:
    \"\"\"Coins and notes of one currency.\"\"\"

    def __init__(self, currency):
        self.currency = currency
        self.coins = []

    def put_in(self, coin):
        if coin.currency != self.currency:
            raise ValueError(f"a coin of {coin.currency}")
        self.coins.append(coin)

    def total_worth(self):
        return sum(coin.worth for coin in self.coins)
""",
    "shop/till.py": "from shop.money import Wallet, round_half_up\n",
}
"""What exists in the examples; it is used, so that it is the one to keep."""
_LARGE = """\
        rows = []
        for line in self.lines:
            if line.amount > limit:
                rows.append(f"{line.number}: {line.amount:.2f} {currency}")
        return "\\n".join(sorted(rows))
"""
_PREFIX = """\
class PrefixForm(ModelForm):
    def __html__(self):
        return self.as_rows(self.visible_fields(), self.hidden_fields())

    def slug_of(self, number):
        return "-".join((self.prefix_of(number), self.suffix_of(number)))

"""
"""Another class, for `_SCOPED` to stand in."""
_SCOPED = """\
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, kind in sorted(self.scopes.items()):
            try:
                model = load_kind(kind, default=self.settings["scope_kind"]).model_class()
            except LookupError:
                del self.fields[name]
                continue
            widget = self.fields[name].widget
            widget.attrs.update(selector=model.label_lower, placeholder=_("All"))
            if not widget.is_hidden and len(self.scopes) > 1:
                widget.label = capitalised(model.verbose_name)
            self.fields[name].queryset = model.objects.filter(site=self.site)
        self.helper = build_layout(self, columns=3)
        if self.instance.locked:
            self.helper.freeze(reason="locked")
            self.notices.append(format_html("<b>{}</b>", _("Locked by {}").format(self.instance.owner)))
"""
_PHONE = """\
    \"\"\"A phone number in international form.\"\"\"
    digits = re.sub(r"\\D", "", phone)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = country + digits[1:]
    return "+" + digits
"""


class ReimplementedDefinition(Rule):
    """## What it does
    Finds a function, method or class whose job an existing definition of the workspace already
    does, also under another name and with another body. It is judged while it is being written,
    by its name, signature, documentation, calls, constants and the form of its body. A method that only
    repeats what its class inherits, and one that a class with the same base has too, are findings as well,
    in other words.

    It is a warning where the other one surely exists, and information else: where the two are less alike,
    or where something differs between files of one name in folders beside each other, or between a method and
    the one that it overrides. Those are often alike on purpose.

    ## Why is this bad?
    Two implementations of one thing drift apart: a fix made in one is missing in the other, and
    whoever comes next has to find out which one is right.

    ## Example
    ```python
    # app/money.py has round_half_up(amount, places=2)
    def round_currency(value, digits=2):
        quantum = Decimal(10) ** -digits
        return Decimal(value).quantize(quantum, rounding=ROUND_HALF_UP)
    ```

    ## Use instead
    ```python
    from app.money import round_half_up
    ```

    ## When it stays silent
    - a method that overrides another one, or is overridden by it, and does something of its own
    - implementations of a protocol, overloads, properties, abstract methods
    - accessors and wrappers of a line or two, `main`; where one of the two calls the other. What is still
      being typed, and may go on, is compared with what is long enough
    - what does the opposite, by its name (`pack`, `unpack`), but for a copy
    - functions that stand there without a body: they do nothing on purpose
    - special methods, but for those that another class has under the same name, word for word
    - classes that have a base and nothing else; migrations
    - a class inside a class (`Meta`, `Config`), a class whose methods are all empty, a class and one above it
    - alternatives under `if` or `try` at module level (platforms, versions, type checking)
    - methods of a class that is a finding itself, where the other class has them; not while being written
    - test cases; definitions whose like is only in tests, while they are not; fixtures, which CN007 compares
    - names that are alike, where the bodies and the parameters have nothing in common (CN003)
    - what has only parameters in common; with words, exceptions or constants, below a probability of 0.6
    - what is ignored by a comment, accepted in the settings, or excluded by `reuse.exclude`
    - a definition on disk that other modules use, where the other one is not; where that is in an example
    """

    code: ClassVar[str] = "CN001"
    name: ClassVar[str] = "reimplemented-definition"
    severity: ClassVar[Severity] = Severity.WARNING
    INVALID: ClassVar = (
        Invalid(
            "a function under another name",
            {
                **_SHOP,
                "shop/invoice.py": """\
from decimal import ROUND_HALF_UP, Decimal


def round_currency(value, digits=2):  # want: CN001 shop.money.round_half_up
    \"\"\"Round an amount half up.\"\"\"
    quantum = Decimal(10) ** -digits
    return Decimal(value).quantize(quantum, rounding=ROUND_HALF_UP)
""",
            },
        ),
        Invalid(
            "a function of the same name in another module",
            {
                **_SHOP,
                "shop/invoice.py": """\
from decimal import ROUND_HALF_UP, Decimal


def round_half_up(amount, places=2):  # want: CN001 same name
    quantum = Decimal(10) ** -places
    rounded = Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
    return rounded
""",
            },
        ),
        Invalid(
            "while it is typed: the last line is broken, and more is broken below",
            {
                **_SHOP,
                "shop/invoice.py": """\
from decimal import ROUND_HALF_UP, Decimal


def round_currency(amount, places=2):  # want: CN001 shop.money.round_half_up
    \"\"\"Round an amount half up.\"\"\"
    quantum = Decimal(10) ** -places
    return Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP


def total(
""",
            },
        ),
        Invalid(
            "a helper of the tests whose like the code has; the other way round nothing is said",
            {
                "tests/helpers.py": """\
def first_weekday_of_month(day):  # want: CN001 shop.dates.opening_weekday_of_month
    first = day.replace(day=1)
    while first.weekday() >= 5:
        first += timedelta(days=1)
    return first
""",
                "shop/dates.py": """\
def opening_weekday_of_month(day):
    first = day.replace(day=1)
    while first.weekday() >= 5:
        first += timedelta(days=1)
    return first
""",
            },
        ),
        Invalid(
            "a class with the same methods",
            {
                **_SHOP,
                "shop/purse.py": """\
class MoneyWallet:  # want: CN001 shop.money.Wallet
    \"\"\"Coins and notes of one currency.\"\"\"

    def __init__(self, currency):
        self.currency = currency
        self.coins = []

    def put_in(self, coin):
        if coin.currency != self.currency:
            raise ValueError(f"a coin of {coin.currency}")
        self.coins.append(coin)

    def total_worth(self):
        return sum(coin.worth for coin in self.coins)
""",
            },
        ),
        Invalid(
            "a method that does what a function does",
            {
                "shop/dates.py": """\
from datetime import timedelta


def first_weekday_of_month(day):
    \"\"\"The first day of a month that is no Saturday or Sunday.\"\"\"
    first = day.replace(day=1)
    while first.weekday() >= 5:
        first += timedelta(days=1)
    return first
""",
                "shop/payroll.py": """\
from datetime import timedelta


class Payroll:
    def opening_weekday_of_month(self, day):  # want: CN001 shop.dates.first_weekday_of_month
        \"\"\"The first day of a month that is no Saturday or Sunday.\"\"\"
        first = day.replace(day=1)
        while first.weekday() >= 5:
            first += timedelta(days=1)
        return first
""",
                "shop/calendar.py": "from shop.dates import first_weekday_of_month\n",
            },
        ),
        Invalid(
            "in a script; the one that it repeats is no finding",
            {
                "shop/phones.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
                "scripts/calls.py": "import re\n\n\n"
                f"def normalise_phone(phone, country):  # want: CN001 shop.phones\n{_PHONE}",
            },
        ),
        Invalid(
            "the other one is another service's, upon which this one is built",
            {
                "backend/pyproject.toml": "[project]\nname = 'shop'\n",
                "backend/shop/__init__.py": "",
                "backend/shop/phones.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
                "premium/pyproject.toml": "[project]\nname = 'shop-premium'\n",
                "premium/shop_premium/__init__.py": "",
                **{
                    f"premium/shop_premium/feature_{number}.py": "from shop.phones import clean_phone\n"
                    for number in range(10)
                },
                "premium/shop_premium/calls.py": "import re\n\n\n"
                f"def normalise_phone(phone, country):  # want: CN001 shop.phones\n{_PHONE}",
            },
        ),
        Invalid(
            "the team has declared which one is to stay, and others still use the other",
            {
                "shop/phones.py": "import re\n\n\n# canonry: canonical\n"
                f"def clean_phone(phone, country):\n{_PHONE}",
                "shop/calls.py": "import re\n\n\n"
                f"def normalise_phone(phone, country):  # want: CN001 shop.phones\n{_PHONE}",
                "shop/ring.py": "from shop.calls import normalise_phone\n",
            },
        ),
        Invalid(
            "a method that repeats what its class inherits",
            {
                "shop/document.py": f"class Document:\n    def large_lines(self, limit, currency):\n{_LARGE}",
                "shop/invoice.py": f"""\
from shop.document import Document


class Invoice(Document):
    def large_lines(self, limit, currency):  # want: CN001 repeats `shop.document.Document.large_lines`
{_LARGE}""",
            },
        ),
        Invalid(
            "a method that a class with the same base has too",
            {
                "shop/document.py": "class Document:\n    lines = ()\n",
                "shop/offer.py": f"""\
from datetime import timedelta

from shop.document import Document


class Offer(Document):
    def send(self, post):
        post.send(self, by=post.fastest())

    def prolong(self, weeks):
        self.ends = max(self.ends, self.begins) + timedelta(weeks=weeks)

    def large_lines(self, limit, currency):  # want: CN001 `shop.document.Document` is a base of both
{_LARGE}""",
                "shop/invoice.py": f"""\
from shop.document import Document


class Invoice(Document):
    def number(self):
        return len(self.lines)

    def is_due(self, today):
        return self.sent is not None and (today - self.sent).days > self.customer.days_to_pay

    def large_lines(self, limit, currency):  # want: CN001 the same as `shop.offer.Offer.large_lines`
{_LARGE}""",
            },
        ),
        Invalid(
            "a special method that another class has word for word",
            {
                "shop/mixins.py": f"class ScopedForm(Form):\n{_SCOPED}",
                "shop/networks.py": "from shop.mixins import ScopedForm\n\n\n"
                "def is_scoped(form):\n    return isinstance(form, ScopedForm)\n",
                "shop/forms.py": _PREFIX + _SCOPED.replace(":", ":  # want: CN001 __init__", 1),
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "one does nothing on purpose",
            {
                "report/base.py": """\
from abc import ABC, abstractmethod


class ReporterBase(ABC):
    @abstractmethod
    def prompt(self, message: str = "Proceed", choices=("yes", "no"), default: str = "yes") -> str:
        \"\"\"Asks the user.\"\"\"
""",
                "report/console.py": """\
from report.base import ReporterBase


class ConsoleReporter(ReporterBase):
    def prompt(self, message="Proceed", choices=("yes", "no"), default="yes") -> str:
        \"\"\"Asks the user at the console.\"\"\"
        answer = input(f"{message} ({'/'.join(choices)}) [{default}]: ").strip().lower()
        if answer and answer not in choices:
            raise ValueError(f"{answer} is none of {choices}")
        return answer or default
""",
                "report/json.py": """\
from report.base import ReporterBase


class JsonReporter(ReporterBase):
    def prompt(self, message: str = "Proceed", choices=("yes", "no"), default: str = "yes") -> str:
        \"\"\"Nobody is asked here.\"\"\"
""",
            },
        ),
        Valid(
            "nothing is alike but a parameter, and nothing else is there to be nearer",
            {
                "shop/archive.py": """\
from gates import RateGate


def send_all(gate: RateGate, letters: list[bytes], send) -> int:
    sent = 0
    for letter in letters:
        if gate.allow():
            send(letter)
            sent += 1
    return sent
""",
                "shop/labels.py": """\
from gates import TokenBucket


def autolabel(printer, gate: TokenBucket, sizes: list[int]) -> int:
    return sum(1 for size in sizes if gate.take(2) and printer.move(size))
""",
            },
        ),
        Valid(
            "one does the opposite of the other, however alike the two are written",
            {
                "shop/labels.py": """\
import struct

LABEL = struct.Struct(">HHI")


def pack_labels(labels):
    if len(labels) > 64:
        raise ValueError(f"{len(labels)} labels for one box")
    box = bytearray()
    for label in labels:
        box += LABEL.pack(*label)
    return bytes(box)
""",
                "shop/scanner.py": """\
import struct

LABEL = struct.Struct(">HHI")


def unpack_labels(box):
    if len(box) > 512:
        raise ValueError(f"{len(box)} bytes in one box")
    labels = list()
    for label in LABEL.iter_unpack(box):
        labels.append(label)
    return tuple(labels)
""",
                "shop/use.py": "from shop.labels import pack_labels\n",
            },
        ),
        Valid(
            "special methods that differ in a statement: each sets up its own class",
            {
                "shop/mixins.py": f"class ScopedForm(Form):\n{_SCOPED}",
                "shop/forms.py": f"{_PREFIX}{_SCOPED}"
                '        self.fields["scope"].help_text = hint_of(model)\n',
            },
        ),
        Valid(
            "a method that a class below overrides",
            {
                "shop/document.py": f"class Document:\n    def large_lines(self, limit, currency):\n{_LARGE}",
                "shop/kinds.py": "from shop.document import Document\n\n\nclass Kind(Document):\n    pass\n",
                "shop/invoice.py": """\
from shop.kinds import Kind


class Invoice(Kind):
    def large_lines(self, limit, currency):
        rows = []
        for line in sorted(self.lines, key=lambda line: line.number):
            if line.amount > limit and not line.is_discount:
                rows.append(f"{line.number}: {line.amount:.2f} {currency}")
                rows.append(self.remark(line))
        return "\\n".join(rows)
""",
            },
        ),
        Valid(
            "another job with the same tools",
            {
                **_SHOP,
                "shop/parsing.py": """\
from decimal import Decimal, InvalidOperation


def parse_price(text):
    cleaned = text.replace(",", ".").strip(" €")
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        return None
""",
            },
        ),
        Valid(
            "a wrapper of a line: it uses the existing definition",
            {
                **_SHOP,
                "shop/invoice.py": """\
from shop.money import round_half_up


def round_currency(value, digits=2):
    return round_half_up(value, digits)
""",
            },
        ),
        Valid(
            "an alternative for another version of Python",
            {
                **_SHOP,
                "shop/compat.py": """\
import sys
from decimal import ROUND_HALF_UP, Decimal

if sys.version_info < (3, 12):

    def round_half_up(amount, places=2):
        quantum = Decimal(10) ** -places
        return Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
""",
            },
        ),
        Valid(
            "a property: nothing else can take its place",
            {
                **_SHOP,
                "shop/basket.py": """\
from decimal import ROUND_HALF_UP, Decimal


class Basket:
    @property
    def rounded(self):
        quantum = Decimal(10) ** -self.places
        rounded = Decimal(self.amount).quantize(quantum, rounding=ROUND_HALF_UP)
        return rounded
""",
            },
        ),
        Valid(
            "overrides that do something of their own",
            {
                "shop/stats.py": """\
class Stats:
    def set_value(self, key, value, spider=None):
        self.values[key] = value
        self.changed = True

    def lower_to(self, key, value, spider=None):
        known = self.values.setdefault(key, value)
        self.values[key] = min(known, value)


class NoStats(Stats):
    def set_value(self, key, value, spider=None):
        del key
        del value
        del spider

    def lower_to(self, key, value, spider=None):
        print(key)
        print(value)
        print(spider)
""",
                "shop/use.py": "from shop.stats import Stats\n",
            },
        ),
        Valid(
            "a stand-in: its methods have the names of another's, and do nothing",
            {
                "shop/rates.py": """\
class Rates:
    \"\"\"Rates of a bank: what it pays and takes for a currency.\"\"\"

    def buying(self, currency, amount):
        \"\"\"What the bank pays for an amount of a currency.\"\"\"
        return self.table[currency].buying * amount

    def selling(self, currency, amount):
        \"\"\"What the bank takes for an amount of a currency.\"\"\"
        return self.table[currency].selling * amount

    def refresh(self, source):
        \"\"\"Read the table again from where it comes.\"\"\"
        self.table = source.fetch("rates")
""",
                "shop/none.py": """\
class NoRates:
    \"\"\"Rates of a bank that has none.\"\"\"

    def buying(self, currency, amount):
        \"\"\"What the bank pays for an amount of a currency.\"\"\"

    def selling(self, currency, amount):
        \"\"\"What the bank takes for an amount of a currency.\"\"\"

    def refresh(self, source):
        \"\"\"Read the table again from where it comes.\"\"\"
""",
                "shop/use.py": "from shop.rates import Rates\n",
            },
        ),
        Valid(
            "a test case may repeat what it tests",
            {
                **_SHOP,
                "tests/test_money.py": """\
from decimal import ROUND_HALF_UP, Decimal


def test_round_half_up(amount, places=2):
    quantum = Decimal(10) ** -places
    rounded = Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
    return rounded
""",
            },
        ),
        Valid(
            "two classes of a name with other fields: the name is all that they share",
            {
                "shop/bus.py": """\
from dataclasses import dataclass


@dataclass
class Event:
    name: str
    payload: dict
""",
                "shop/use.py": "from shop.bus import Event\n",
                "shop/calendar.py": """\
from dataclasses import dataclass
from datetime import date


@dataclass
class Event:
    title: str
    day: date
""",
            },
        ),
        Valid(
            "repositories of two kinds of objects: one role, other methods, other statements",
            {
                "shop/contacts.py": """\
class ContactRepository:
    \"\"\"Contacts in the database.\"\"\"

    def __init__(self, db):
        self.db = db

    def get(self, contact_id):
        row = self.db.fetch_one("select * from contacts where id = %s", (contact_id,))
        return row and Contact(row["id"], row["name"])

    def delete(self, contact_id):
        self.db.execute("delete from contacts where id = %s", (contact_id,))
""",
                "shop/invoices.py": """\
class InvoiceRepository:
    def __init__(self, db):
        self.db = db

    def get(self, number):
        row = self.db.fetch_one("select * from invoices where number = %s", (number,))
        if row is None:
            raise LookupError(number)
        return Invoice(row["number"], row["total"])

    def close_month(self, month):
        self.db.execute("update invoices set closed = true where month = %s", (month,))
""",
            },
        ),
        Valid(
            "a layer over the existing one: it calls it",
            {
                "shop/phones.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
                "shop/calls.py": "import re\n\nfrom shop.phones import clean_phone\n\n\n"
                f"def normalise_phone(phone, country):\n{_PHONE}".replace(
                    '"+" + digits', "clean_phone(digits, country)"
                ),
            },
        ),
        Valid(
            "a layer over the existing one, which it imports under another name",
            {
                "shop/phones.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
                "shop/calls.py": "import re\n\nfrom shop.phones import clean_phone as cleaned\n\n\n"
                f"def normalise_phone(phone, country):\n{_PHONE}".replace(
                    '"+" + digits', "cleaned(digits, country)"
                ),
            },
        ),
        Valid(
            "a layer over the existing one, in a script that is no module",
            {
                "shop/phones.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
                "bin/call-all.py": "import re\n\nfrom shop.phones import clean_phone\n\n\n"
                f"def normalise_phone(phone, country):\n{_PHONE}".replace(
                    '"+" + digits', "clean_phone(digits, country)"
                ),
            },
        ),
        Valid(
            "the entry of a program: nobody calls it in another one's place",
            {
                "shop/start.py": f"import re\n\n\ndef main(phone, country):\n{_PHONE}",
                "shop/calls.py": f"import re\n\n\ndef normalise_phone(phone, country):\n{_PHONE}",
            },
        ),
        Valid(
            "a migration keeps what it was written with",
            {
                "shop/phones.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
                "shop/migrations/phones_2.py": f"import re\n\n\ndef clean_phone(phone, country):\n{_PHONE}",
            },
        ),
        Valid(
            "a class that gives what it inherits a name",
            {
                "shop/rates.py": """\
class RateBase:
    \"\"\"Rates of a bank.\"\"\"

    def buying(self, currency, amount):
        return self.table[currency].buying * amount


class RateUpdate(RateBase):
    \"\"\"Data for updating the rates of a bank.\"\"\"

    pass
""",
                "shop/read.py": """\
from shop.rates import RateBase


class RateRead(RateBase):
    \"\"\"Data for reading the rates of a bank.\"\"\"

    name: str
    table: dict
""",
                "shop/use.py": "from shop.read import RateRead\n",
            },
        ),
        Valid(
            "a fixture: CN007 compares those, by scope and parameters as well",
            {
                "tests/conftest.py": """\
import pytest


@pytest.fixture(scope="session")
def server():
    handle = {"port": 8000, "host": "localhost", "open": True}
    yield handle
    handle["open"] = False
""",
                "tests/test_server.py": """\
import pytest


@pytest.fixture
def server():
    handle = {"port": 8000, "host": "localhost", "open": True}
    yield handle
    handle["open"] = False


def test_port(server):
    assert server["port"] == 8000
""",
            },
        ),
        Valid(
            "a comment says why it stands there",
            {
                **_SHOP,
                "shop/bank.py": """\
from decimal import ROUND_HALF_UP, Decimal


# canonry: ignore[CN001] the bank's library must not depend on the shop
def round_half_up(amount, places=2):
    quantum = Decimal(10) ** -places
    return Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
""",
            },
        ),
        Valid(
            "accepted in the settings",
            {
                **_SHOP,
                "shop/bank.py": """\
from decimal import ROUND_HALF_UP, Decimal


def round_half_up(amount, places=2):
    quantum = Decimal(10) ** -places
    return Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
""",
                "canonry.toml": """\
[[accepted]]
symbols = ["shop.money.round_half_up", "shop.bank.*"]
reason = "the bank's library must not depend on the shop"
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """One finding for each definition that has a match over the threshold."""
        if module.role is Role.MIGRATION:
            return
        threshold = context.settings.reuse.minimum_probability
        definitions = module.facts.definitions
        reported: dict[int, tuple[str, ...]] = {}
        classes = classes_above(context)
        for at, definition in enumerate(definitions):
            if cancelled():
                return
            if _is_fixture(definition) or _only_inherits(definition) or _does_nothing(definition, context):
                continue
            said = reported.get(definition.parent, ())
            if said and context.is_new(definition) and not context.is_new(definitions[definition.parent]):
                said = ()  # what is written into a class that stood there is said where it is written
            matches = [
                one
                for one in context.matches(definition)
                if not _is_said(one, said)
                and context.role(context.relative(one.symbol.path)) is not Role.MIGRATION
            ]
            mine = f"{module.facts.module}.{definition.local_name}"
            if definition.kind is SymbolKind.METHOD and threshold > 0:
                matches = _without_overrides(definition, mine, matches, context, classes)
            elif definition.kind is SymbolKind.CLASS and threshold > 0:
                matches = _without_family(definition, mine, matches, context, classes)
            if not matches or matches[0].probability < threshold:
                continue
            if threshold == 0 or not _is_canonical(definition, matches[0], module, context):
                evidence = context.explain(definition, matches[0])
                if threshold > 0 and (
                    _is_named_alike(definition, evidence, matches[0].probability)
                    or _is_built_on(definition, mine, matches[0], module, context)
                ):
                    continue
                named = _named(matches, threshold)
                reported[at] = tuple(one.symbol.qualified_name for one in named)
                yield _finding(self, module, definition, named, evidence, context, classes)


def _without_overrides(
    definition: Definition, mine: str, matches: list[Match], context: RuleContext, classes: Above
) -> list[Match]:
    """The matches of a method without those that override it, or that it overrides: something of its own.

    `mine` is its qualified name.
    """

    def is_override(one: Match) -> bool:
        relation, _ = relation_of(mine, one.symbol.qualified_name, classes)
        if relation is Relation.INHERITS:
            return _score("body", context.explain(definition, one)) < LEAST_REPEATED
        return relation is Relation.OVERRIDDEN

    return [one for one in matches if not is_override(one)]


def _without_family(
    definition: Definition, mine: str, matches: list[Match], context: RuleContext, classes: Above
) -> list[Match]:
    """The matches of a class without those above and below it, and without siblings that are something else.

    Those have a class above both in common, and no more than half of the methods that it has so far: what
    they repeat is said of each. `mine` is the class's qualified name.
    """
    above, own = frozenset(classes(mine)), frozenset(definition.members)

    def is_family(theirs: str) -> bool:
        if are_related(mine, theirs, classes):
            return True
        other = class_at(context, theirs) if own and not above.isdisjoint(classes(theirs)) else None
        return other is not None and 2 * len(own.intersection(other.members)) <= len(own)

    return [one for one in matches if not is_family(one.symbol.qualified_name)]


def _is_said(match: Match, classes: tuple[str, ...]) -> bool:
    """Whether the finding of the class that a method stands in says it already: the other class has it."""
    return any(match.symbol.qualified_name.startswith(f"{one}.") for one in classes)


def _is_fixture(definition: Definition) -> bool:
    return any(
        one.partition("(")[0].strip().rpartition(".")[2] in ("fixture", "yield_fixture")
        for one in definition.decorators
    )


def _only_inherits(definition: Definition) -> bool:
    """Whether a class is there for its name alone: it has a base, and its body says that this is all."""
    empty = bool(definition.traits & Trait.EMPTY) and _is_written(definition)
    return definition.kind is SymbolKind.CLASS and bool(definition.bases) and empty


def _does_nothing(definition: Definition, context: RuleContext) -> bool:
    """Whether a function has a body that says that this is all: it does nothing, on purpose."""
    empty = bool(definition.traits & Trait.EMPTY) and _is_written(definition)
    return empty and definition.kind is not SymbolKind.CLASS and not context.is_new(definition)


def _is_written(definition: Definition) -> bool:
    """Whether there is more of a definition than its header."""
    return definition.end_line > definition.name_line and definition.body_line <= definition.end_line


def _is_built_on(
    definition: Definition, mine: str, best: Match, module: Module, context: RuleContext
) -> bool:
    """Whether one of the two calls the other: a layer over it, however alike the two are.

    `mine` is the definition's qualified name.
    """
    path = context.relative(best.symbol.path)
    mine, theirs = _spelled(mine, module.path, context), _spelled(best.symbol.qualified_name, path, context)
    if _may_call(definition, best.symbol.name, module) and _calls(mine, theirs, module.path, context):
        return True
    return _calls(theirs, mine, path, context)


def _may_call(definition: Definition, name: str, module: Module) -> bool:
    """Whether something of a name is written in a body, or imported under another one.

    Who calls whom is read from the whole file, which is changed by every key.
    """
    body = module.text.split("\n")[definition.body_line : definition.end_line + 1]
    return any(name in line for line in body) or any(
        one.alias != name and one.target.rpartition(".")[2] == name for one in module.facts.imports
    )


def _spelled(qualified_name: str, path: str, context: RuleContext) -> str:
    """The name of a definition as calls have it: a file that is no module is a script there."""
    facts = context.facts(path)
    is_module = facts is None or facts.module
    return qualified_name if is_module else f"{SCRIPT}.{qualified_name.removeprefix('.')}"


def _calls(caller: str, callee: str, path: str, context: RuleContext) -> bool:
    lasts = (callee.rpartition(".")[2],)
    return any(
        row.name == caller and call_of(row, callee, lasts, context) is not None
        for row in context.rows_of(CALLERS, path)
    )


def _is_named_alike(definition: Definition, evidence: tuple[Evidence, ...], probability: float) -> bool:
    """Whether the names are all that is alike, or too little else, though the bodies could be compared."""
    written = definition.kind is SymbolKind.CLASS or definition.statements >= BEGUN
    if not written or definition.traits & Trait.EMPTY:
        return False
    kinds = {one.kind for one in evidence if one.kind != "parameters" or one.score > 0}
    if kinds & NAMED:
        return kinds <= NAMED
    return kinds <= {"parameters"} or (probability < LEAST_ALONE and kinds <= BESIDE)


def _named(matches: list[Match], threshold: float) -> list[Match]:
    if threshold == 0:
        return matches[:MOST_WANTED]
    least = matches[0].probability * CLOSE
    return [one for one in matches if one.probability >= least][:MOST_RELATED]


def _is_canonical(definition: Definition, best: Match, module: Module, context: RuleContext) -> bool:
    """Whether the other one is the duplicate: others use the definition and not that one, or that one stands
    in a script or an example. Never where the team has declared that one canonical. What is being written
    came later, whoever waits for it already.
    """
    if best.symbol.uses:
        return False
    declared = declared_canonical(context.settings, context.derived(MARKERS, marked))
    if best.symbol.qualified_name in declared:
        return False
    beside = is_example(context.relative(best.symbol.path)) and not is_example(module.path)
    return beside or (context.uses(definition) > 0 and not context.is_new(definition))


def _finding(
    rule: Rule,
    module: Module,
    definition: Definition,
    named: list[Match],
    evidence: tuple[Evidence, ...],
    context: RuleContext,
    classes: Above,
) -> Finding:
    best = named[0]
    reasons = "; ".join(one.why for one in evidence[:4])
    dotted = (
        f"{module.facts.module}.{definition.local_name}" if module.facts.module else definition.local_name
    )
    said, relation = _said_of(definition, dotted, best, evidence, classes)
    is_same = best.probability >= SURE and _score("identical", evidence) > 0
    is_apart = relation is not Relation.INHERITS and not _side_by_side(
        module.path, context.relative(best.symbol.path)
    )
    is_warning = is_same or (is_apart and best.probability >= SURE_THOUGH_DIFFERENT)
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f"{said}: {reasons}",
        severity=rule.severity if is_warning else Severity.INFORMATION,
        path=module.location.path,
        range=definition.name_range,
        evidence=evidence,
        related=tuple(
            Related(
                message=f"{'existing' if at == 0 else 'also alike'}: {one.symbol.render()} "
                f"({one.probability:.0%})".replace("%", " %"),
                location=Location(one.symbol.path, one.symbol.name_range),
                qualified_name=one.symbol.qualified_name,
            )
            for at, one in enumerate(named)
        ),
        probability=best.probability,
        symbol=dotted,
    )


def _said_of(
    definition: Definition,
    dotted: str,
    best: Match,
    evidence: tuple[Evidence, ...],
    classes: Above,
) -> tuple[str, Relation]:
    """What is found, in words: what is inherited cannot be imported, nor what a sibling class has."""
    name, theirs, is_sure = definition.name, best.symbol.qualified_name, best.probability >= SURE
    relation, common = Relation.NONE, ""
    if definition.kind is SymbolKind.METHOD:
        relation, common = relation_of(dotted, theirs, classes)
    if relation is Relation.INHERITS:
        verb = "repeats" if _score("body", evidence) >= REPEATED else "nearly repeats"
        return f"`{name}` {verb} `{theirs}`, which it inherits", relation
    if relation is Relation.SIBLINGS:
        verb = "is" if is_sure else "may be"
        return f"`{name}` {verb} the same as `{theirs}`, and `{common}` is a base of both", relation
    return f"`{name}` {'already exists' if is_sure else 'may already exist'} as `{theirs}`", relation


def _side_by_side(path: str, other: str) -> bool:
    """Whether two files have one name in folders beside each other: `images/views.py`, `films/views.py`."""
    mine, theirs = path.split("/"), other.split("/")
    differing = sum(one != beside for one, beside in zip(mine, theirs, strict=False))
    return len(mine) == len(theirs) and mine[-1] == theirs[-1] and differing == 1


def _score(kind: str, evidence: tuple[Evidence, ...]) -> float:
    """Of a kind of evidence that is told; 0 where it is not."""
    return max((one.score for one in evidence if one.kind == kind), default=0.0)
