from decimal import Decimal


class Journal:
    def __init__(self) -> None:
        self.entries: list[tuple[str, str, Decimal]] = []

    def post(self, debit: str, credit: str, amount: Decimal) -> int:
        self.entries.append((debit, credit, amount))
        return len(self.entries)


# canonry: superseded-by ledgerkit.journal.Journal.post
def post_pairs(journal: Journal, pairs: list[tuple[str, str]], amount: Decimal) -> None:  # want: CN004
    for debit, credit in pairs:
        journal.entries.append((debit, credit, amount))
