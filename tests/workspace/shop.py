"""A small shop: the workspace that the tests of the facade type in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

from canonry.config import Settings
from canonry.model import Finding
from canonry.workspace import Workspace

FILES = {
    "shop/__init__.py": "",
    "shop/money.py": '''\
        """Amounts."""

        from decimal import ROUND_HALF_UP, Decimal


        def round_half_up(amount, places=2):
            """Round an amount of money half up, as invoices want it."""
            quantum = Decimal(10) ** -places
            rounded = Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
            return rounded


        class Ledger:
            """Bookings of one account."""

            def __init__(self):
                self.bookings = []

            def balance_until(self, day):
                """The sum of all bookings up to a day."""
                total = Decimal(0)
                for booking in self.bookings:
                    if booking.day <= day:
                        total += booking.amount
                return total
        ''',
    "shop/files.py": '''\
        import json
        from pathlib import Path


        def read_json_lines(path):
            """Read a file of JSON lines into a list."""
            records = []
            for line in Path(path).read_text("utf-8").splitlines():
                if line.strip():
                    records.append(json.loads(line))
            return records


        def slugify_title(title, separator="-"):
            """A title as a part of a web address."""
            words = [word.lower() for word in title.split() if word.isalnum()]
            slug = separator.join(words)
            return slug or "untitled"
        ''',
    "shop/invoice.py": """\
        from shop.files import slugify_title
        from shop.money import round_half_up


        def total_of(lines):
            return round_half_up(sum(line.price for line in lines)), slugify_title("total")
        """,
}

COPY = '''\
from decimal import ROUND_HALF_UP, Decimal


def round_currency(amount, places=2):
    """Round an amount of money half up, as invoices want it."""
    quantum = Decimal(10) ** -places
    rounded = Decimal(amount).quantize(quantum, rounding=ROUND_HALF_UP)
    return rounded
'''
"""`shop.money.round_half_up` under another name: as sure a finding as there is."""

READER = '''\
import json
from collections.abc import Sequence
from pathlib import Path


def load_records(path):
    """Read a file of JSON lines into a list."""
    records = []
    for line in Path(path).read_text("utf-8").splitlines():
        if line.strip():
            records.append(json.loads(line))
    return records
'''


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), "utf-8")


def opened(root: Path, cache: Path, settings: Settings | None = None) -> Workspace:
    """The indexed workspace of a folder."""
    workspace = Workspace(root, settings, cache=cache, workers=1)
    workspace.refresh()
    return workspace


def said(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Each finding as the definition's name and the best existing one's qualified name."""
    return [(one.symbol.rpartition(".")[2], one.related[0].qualified_name) for one in findings]
