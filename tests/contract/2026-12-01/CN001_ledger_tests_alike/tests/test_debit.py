from decimal import Decimal

import pytest

from ledger.book import Book


def test_debit_raises_the_balance() -> None:  # ok: CN001 a test
    book = Book()
    book.debit("cash", Decimal(10))
    book.debit("cash", Decimal(5))
    assert book.balance("cash") == Decimal(15)
    assert book.balance("bank") == Decimal(0)
    assert len(book.lines) == 2


def test_debit_refuses_zero() -> None:  # ok: CN001 a test
    book = Book()
    with pytest.raises(ValueError):
        book.debit("cash", Decimal(0))
    assert book.lines == []
