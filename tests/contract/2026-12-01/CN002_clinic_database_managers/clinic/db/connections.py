import sqlite3


class DatabaseConnectionManager:  # want: CN002
    def __init__(self, path: str) -> None:
        self.path = path
        self.opened: list[sqlite3.Connection] = []

    def connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path)
        connection.row_factory = sqlite3.Row
        self.opened.append(connection)
        return connection

    def health(self) -> bool:
        return all(c.total_changes >= 0 for c in self.opened)

    def close(self) -> None:
        while self.opened:
            self.opened.pop().close()
