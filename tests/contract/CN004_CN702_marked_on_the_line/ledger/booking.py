from ledger.connection import connect, open_ledger


def book(path: str, account: str, cents: int) -> None:
    with open_ledger(path) as connection:  # want: CN004  # ok: CN702 the more specific one stands
        connection.execute("insert into entries values (?, ?)", (account, cents))


def balance(path: str, account: str) -> int:
    with connect(path, readonly=True) as connection:
        query = "select coalesce(sum(cents), 0) from entries where account = ?"
        return connection.execute(query, (account,)).fetchone()[0]
