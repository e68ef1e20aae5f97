"""The workspace that the editors open: a small shop, in which somebody types what it has already."""

from __future__ import annotations

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
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


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

NEW, EXISTING = "amount_from_text", "shop.money.parse_amount"
DOCUMENTATION = "The amount that a customer has typed, such as 1 234,50 €."
"""How the existing one's docstring begins."""

USE = "Use existing parse_amount from shop.money"
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
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Shop(root)
