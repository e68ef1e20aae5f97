"""A small project with one function written twice, and a way to run the command line in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MONEY = '''\
"""Money."""

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(amount: Decimal, places: int = 2) -> Decimal:
    """Round an amount of money to a number of decimal places, halves away from zero."""
    quantum = Decimal(10) ** -places
    return amount.quantize(quantum, rounding=ROUND_HALF_UP)
'''

INVOICES = """\
from app.money import round_half_up


def invoice_total(prices):
    return round_half_up(sum(prices))
"""

ORDERS = """\
from decimal import ROUND_HALF_UP, Decimal


def round_currency(value: Decimal, digits: int = 2) -> Decimal:
    step = Decimal(10) ** -digits
    rounded = value.quantize(step, rounding=ROUND_HALF_UP)
    return rounded
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A workspace in which `app.orders.round_currency` does what `app.money.round_half_up` does."""
    root = tmp_path / "project"
    (root / "app").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.canonry]\n")
    (root / "app" / "__init__.py").touch()
    (root / "app" / "money.py").write_text(MONEY)
    (root / "app" / "invoices.py").write_text(INVOICES)
    (root / "app" / "orders.py").write_text(ORDERS)
    return root


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def canonry(project: Path, tmp_path: Path) -> Run:
    """Runs the command in a process of its own, in the project's folder, with a cache of its own."""

    def run(*arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        cached = ["--cache", str(tmp_path / "cache")] if arguments[:1] in (("check",), ("similar",)) else []
        return subprocess.run(
            [sys.executable, "-m", "canonry", *arguments, *cached],
            cwd=cwd or project,
            env={**os.environ, "NO_COLOR": "1", **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return run
