"""The workspace that the editors open: a small shop, in which somebody types what it has already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILES = {
    "pyproject.toml": """\
[project]
name = "shop"
version = "1.0"
""",
    "shop/__init__.py": '"""A small shop."""\n',
    "shop/money.py": '''\
"""Amounts of money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")


def parse_amount(text: str) -> Decimal:
    """The amount that a customer has typed, such as 1 234,50 €. Raises ValueError if it is none."""
    cleaned = text.strip().removesuffix("€").replace(" ", "")
    if "," in cleaned and "." not in cleaned:
        cleaned = cleaned.replace(",", ".")
    else:
        cleaned = cleaned.replace(",", "")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {text!r}") from error
    return amount.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


def split_evenly(total: Decimal, parts: int) -> list[Decimal]:
    """A total in so many parts that differ by a cent at most; the larger ones first."""
    if parts < 1:
        raise ValueError("at least one part")
    share = (total / parts).quantize(CENT, rounding=ROUND_HALF_UP)
    shares = [share] * parts
    rest = total - share * parts
    step = CENT if rest > 0 else -CENT
    for index in range(int(abs(rest) / CENT)):
        shares[index] += step
    return sorted(shares, reverse=True)
''',
    "shop/text.py": '''\
"""Texts for people and for addresses."""

from __future__ import annotations

import re
import unicodedata


def slugify(title: str, longest: int = 60) -> str:
    """A title as part of an address: lower case, words joined by hyphens, nothing but ASCII."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > longest:
            break
        slug = longer
    return slug


def initials(name: str) -> str:
    """The first letters of a name's parts, in capitals, three at most."""
    letters = [part[0].upper() for part in name.split() if part[0].isalpha()]
    if not letters:
        return "?"
    return "".join(letters[:3])
''',
    "shop/orders.py": '''\
"""Orders and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from shop.money import parse_amount, split_evenly
from shop.text import slugify


@dataclass
class Order:
    """What a customer buys."""

    customer: str
    lines: dict[str, Decimal] = field(default_factory=dict)

    def add(self, article: str, price: str) -> None:
        """Put an article on the order, at a price as it was typed."""
        self.lines[slugify(article)] = parse_amount(price)

    def instalments(self, months: int) -> list[Decimal]:
        """What is to be paid each month."""
        return split_evenly(sum(self.lines.values(), Decimal(0)), months)
''',
    "shop/parcels.py": '''\
"""What parcels cost."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

STEPS = ((500, "2.75"), (2_000, "5.49"), (10_000, "10.49"))


@lru_cache
def postage(weight: int) -> Decimal:
    """What it costs to send a parcel of so many grams. Raises ValueError if it is too heavy."""
    if weight <= 0:
        raise ValueError("a parcel weighs something")
    for heaviest, price in STEPS:
        if weight <= heaviest:
            return Decimal(price)
    raise ValueError(f"too heavy: {weight} g")
''',
    "shop/checkout.py": '''\
"""Paying."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

FEE = Decimal("0.30")


def pay(entry: str) -> Decimal:
    """What is charged for an amount as it was typed."""
    return amount_from_text(entry) + FEE
''',
}

TYPED = '''

def amount_from_text(raw: str) -> Decimal:
    """Read what a customer typed as an amount, such as 1 234,50 €."""
    value = raw.strip().removesuffix("€").replace(" ", "")
    if "," in value and "." not in value:
        value = value.replace(",", ".")
    else:
        value = value.replace(",", "")
    try:
        result = Decimal(value)
    except InvalidOperation as problem:
        raise ValueError(f"not an amount: {raw!r}") from problem
    return result.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
'''
"""What somebody types at the end of shop/checkout.py: `shop.money.parse_amount` in other words."""

RISKY = '''

STEPS = ((500, "2.75"), (2_000, "5.49"), (10_000, "10.49"))


def shipping_cost(grams: int) -> Decimal:
    """The cost to send a parcel of so many grams."""
    if grams <= 0:
        raise ValueError("a parcel weighs something")
    for limit, cost in STEPS:
        if grams <= limit:
            return Decimal(cost)
    raise ValueError(f"too heavy: {grams} g")


def total(entry: str, grams: int) -> Decimal:
    """What is charged with the parcel."""
    return pay(entry) + shipping_cost(grams)
'''
"""A duplicate of `shop.parcels.postage`, which is decorated: to use it may change something."""

NEW, EXISTING = "amount_from_text", "shop.money.parse_amount"
DOCUMENTATION = "The amount that a customer has typed, such as 1 234,50 €."
"""How the existing one's docstring begins."""

USE = "Use existing parse_amount from shop.money"
COMPARE = "Compare with existing parse_amount"
OPEN = "Open existing shop.money.parse_amount"
ACCEPT = "Accept amount_from_text beside shop.money.parse_amount, in the settings"
IGNORE = "Ignore CN001 here"

RESULT = '''\
"""Paying."""

from __future__ import annotations

from decimal import Decimal

from shop.money import parse_amount

FEE = Decimal("0.30")


def pay(entry: str) -> Decimal:
    """What is charged for an amount as it was typed."""
    return parse_amount(entry) + FEE
'''
"""shop/checkout.py once `USE` has been applied: the call too, and the import that nobody needs any more."""


LAB = {
    "pyproject.toml": """\
[tool.canonry.severity]
CN001 = "information"
""",
    "figures.py": '''\
"""Figures of measurements."""


def median_of(values: list[float]) -> float:
    """The value in the middle; the mean of the two there where their number is even."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
''',
    "study.py": '"""A study."""\n',
}
"""A second folder, with settings of its own."""

LAB_TYPED = '''
def middle_value(numbers: list[float]) -> float:
    """The value in the middle, or the mean of the two in the middle."""
    if not numbers:
        raise ValueError("no values")
    ranked = sorted(numbers)
    half = len(ranked) // 2
    if len(ranked) % 2:
        return ranked[half]
    return (ranked[half - 1] + ranked[half]) / 2
'''
"""What somebody types in study.py: `figures.median_of` in other words."""


@dataclass(frozen=True)
class Shop:
    """The generated workspace."""

    root: Path

    @property
    def checkout(self) -> Path:
        """The file in which somebody types."""
        return self.root / "shop" / "checkout.py"

    @property
    def money(self) -> Path:
        """The file that has it already."""
        return self.root / "shop" / "money.py"

    def place_of_new(self) -> tuple[int, int]:
        """The zero-based line and column of the new definition's name, once it is typed."""
        lines = (FILES["shop/checkout.py"] + TYPED).splitlines()
        return lines.index(next(line for line in lines if line.startswith(f"def {NEW}"))), len("def ")

    def place_of_existing(self) -> int:
        """The zero-based line of the existing definition."""
        return self.money.read_text("utf-8").splitlines().index("def parse_amount(text: str) -> Decimal:")


def make_shop(root: Path) -> Shop:
    """Write the workspace below `root`."""
    _write(root, FILES)
    return Shop(root)


def make_two(root: Path, shop: Shop) -> Path:
    """Write the second folder as `root`, and beside it the file of a workspace with both."""
    _write(root, LAB)
    both = root.parent / "both.code-workspace"
    both.write_text(json.dumps({"folders": [{"path": str(shop.root)}, {"path": str(root)}]}))
    return both


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
