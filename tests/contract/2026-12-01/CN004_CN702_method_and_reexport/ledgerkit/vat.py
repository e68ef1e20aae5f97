from decimal import Decimal

import ledgerkit


def post_vat(journal: ledgerkit.Journal, net: Decimal, rate: Decimal) -> None:
    ledgerkit.post_pairs(journal, [("expense", "vat")], net * rate)


def post_net(journal: ledgerkit.Journal, net: Decimal) -> int:
    return journal.post("expense", "bank", net)  # ok: CN004 the replacement
