import sqlite3


def find(conn: sqlite3.Connection, name: str) -> list[tuple]:
    # HACK: the name goes straight into the statement, which is open to SQL injection
    return conn.execute(f"SELECT code, name FROM drug WHERE name LIKE '{name}%'").fetchall()


def shortest(names: list[str]) -> str:
    # TODO: prefer names without umlauts  # ok: CN701
    return min(names, key=len)


def injections(conn: sqlite3.Connection) -> int:
    # Counts vials and pens. Every injection is stored with its needle size.  # ok: CN701
    return conn.execute("SELECT count(*) FROM drug WHERE form = 'vial'").fetchone()[0]


MESSAGE = "TODO: ask the doctor about the secret ingredient"  # ok: CN701 a string that the counter prints
