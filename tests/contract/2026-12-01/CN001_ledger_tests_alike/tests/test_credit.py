from decimal import Decimal

import pytest

from ledger.book import Book


def test_credit_lowers_the_balance() -> None:  # ok: CN001 a test
    book = Book()
    book.credit("cash", Decimal(10))
    book.credit("cash", Decimal(5))
    assert book.balance("cash") == Decimal(-15)
    assert book.balance("bank") == Decimal(0)
    assert len(book.lines) == 2


def test_credit_refuses_zero() -> None:  # ok: CN001 a test
    book = Book()
    with pytest.raises(ValueError):
        book.credit("cash", Decimal(0))
    assert book.lines == []
