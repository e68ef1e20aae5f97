"""Which of several copies is named first."""

from __future__ import annotations

from pathlib import Path

import pytest

from .shop import opened, write

PHONE = '''\
import re


def {name}(phone, country):
    """A phone number in international form."""
    digits = re.sub(r"\\D", "", phone)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = country + digits[1:]
    return "+" + digits
'''


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("shop/calls.py", "shop.phones.clean_phone"),
        ("docs/calls.py", "docs.phones.clean_phone"),
    ],
)
def test_production_code_is_offered_what_it_would_import(tmp_path: Path, written: str, first: str) -> None:
    root = (tmp_path / "work").resolve()
    write(
        root,
        {
            "docs/phones.py": PHONE.format(name="clean_phone"),
            "shop/__init__.py": "",
            "shop/phones.py": PHONE.format(name="clean_phone"),
            written: PHONE.format(name="normalise_phone"),
        },
    )
    workspace = opened(root, tmp_path / "cache")
    (finding,) = (one for one in workspace.check(root / written) if one.code == "CN001")
    workspace.shutdown()

    assert finding.related[0].qualified_name == first
