import unittest

from ledger.account import Account


class AccountTest(unittest.TestCase):
    def setUp(self) -> None:
        self.account = Account("ann")

    def test_deposit(self) -> None:
        self.account.deposit(5)  # ok: CN603 it has it
        self.assertEqual(self.account.balance, 5)  # ok: CN603 a field
        self.assertEqual(self.account.entrys, [5])  # want: CN603 entries

    def test_withdraw(self) -> None:
        self.account.withdraw(5)  # want: CN603

    def test_opened(self) -> None:
        self.assertEqual(Account.opened_for("bob").owner, "bob")  # ok: CN603 it has it
        Account.open_for("bob")  # want: CN603 opened_for

    def test_given(self) -> None:
        self.account.note = "x"
        self.assertEqual(self.account.note, "x")  # ok: CN603 the test gives it
