from decimal import Decimal
from functools import partial

from ledgerkit import Journal, post_pairs

close_year = partial(post_pairs, amount=Decimal(0))  # want: CN004


def transfer(journal: Journal, accounts: list[str], amount: Decimal) -> None:
    def post_pairs_of(account: str) -> list[tuple[str, str]]:  # ok: CN004 a longer name
        return [(account, "equity")]

    for account in accounts:
        for debit, credit in post_pairs_of(account):
            journal.post(debit, credit, amount)
