"""The one owner of the application's connections."""

import sqlite3
from pathlib import Path


class DatabaseManager:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path)
        return self._connection

    def execute(self, statement: str, parameters: tuple = ()) -> list[tuple]:
        return self.connect().execute(statement, parameters).fetchall()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
