"""Transfers.

TODO: check the permission of the sender before the limit.
"""


def transfer(sender, receiver, amount: int) -> None:
    # FIXME: the token is compared with ==, use compare_digest    # want: CN701
    assert sender.token == receiver.token
    # TODO: nicer names for authors  # ok: CN701 authors are not meant
    # HACK: no escaping here, SQL injection is possible  # want: CN701
    sender.query(f"update accounts set amount = {amount}")


def statement(account) -> str:
    # TODO BANK-17: encrypt the statement  # ok: CN701 the tracker has it
    # Temporary until the new printer arrives  # want: CN702
    return str(account)


def legacy_statement(account) -> str:
    # TODO: remove this after the migration to statement()  # want: CN702
    return statement(account)


def fee(amount: int) -> int:
    # Temporary until BANK-21 is done  # ok: CN702 the tracker has it
    # TODO: faster  # ok: CN702 no migration
    return amount // 100
