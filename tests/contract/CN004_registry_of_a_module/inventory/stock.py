from inventory.db import old
from inventory.db.access import fetch


def shelves(path: str) -> list[str]:
    return [name for name, _ in old.fetch_rows(path, "shelves")]  # want: CN004


def count(connection, article: int) -> int:
    return fetch(connection, "select count(*) from stock where article = ?", article)[0][0]
