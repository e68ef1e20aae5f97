from sqlalchemy import create_engine
from sqlalchemy.orm import Session


class UnifiedDatabaseManager:
    """One manager for all databases."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._engine = create_engine(dsn)

    def connect(self) -> None:
        self._engine.connect()

    def get_session(self) -> Session:
        return Session(self._engine)

    def close(self) -> None:
        self._engine.dispose()
