import sqlite3


class DatabaseConnectionManager:  # want: CN002
    def __init__(self) -> None:
        self.pool: list[sqlite3.Connection] = []

    def connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect("reports.db")
        self.pool.append(connection)
        return connection

    def execute(self, query: str) -> list[tuple]:
        return self.pool[-1].execute(query).fetchall()

    def close(self) -> None:
        for connection in self.pool:
            connection.close()
        self.pool.clear()
