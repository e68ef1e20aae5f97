import sqlite3


def fetch(connection: sqlite3.Connection, statement: str, *values: object) -> list[tuple]:
    return connection.execute(statement, values).fetchall()
