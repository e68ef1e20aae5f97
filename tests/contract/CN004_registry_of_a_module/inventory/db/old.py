import sqlite3


def fetch_rows(path: str, table: str) -> list[tuple]:  # want: CN004
    return sqlite3.connect(path).execute(f"select * from {table}").fetchall()


def fetch_one(path: str, table: str, key: int) -> tuple:  # want: CN004
    return sqlite3.connect(path).execute(f"select * from {table} where id = ?", (key,)).fetchone()
