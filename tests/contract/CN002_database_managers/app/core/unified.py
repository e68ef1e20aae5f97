import logging
import sqlite3

logger = logging.getLogger(__name__)


class UnifiedDBConnectionManager:  # want: CN002
    """Opens connections for the importers."""

    def __init__(self, location: str, timeout: float = 5.0) -> None:
        self.location = location
        self.timeout = timeout
        self._handle = None

    def connect(self) -> sqlite3.Connection:
        logger.info("opening %s", self.location)
        self._handle = sqlite3.connect(self.location, timeout=self.timeout)
        return self._handle

    def execute(self, sql: str, args: tuple = ()) -> list[tuple]:
        cursor = self._handle.cursor()
        cursor.execute(sql, args)
        return cursor.fetchall()

    def close(self) -> None:
        self._handle.close()
