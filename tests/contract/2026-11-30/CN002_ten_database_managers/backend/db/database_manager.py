import logging

from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

logger = logging.getLogger(__name__)


class DatabaseManager:
    """Owns the engine and hands out sessions."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = None
        self.factory = None

    def connect(self) -> None:
        self.engine = create_engine(self.url)
        self.factory = sessionmaker(self.engine)

    def get_session(self):
        return self.factory()

    def health_check(self) -> bool:
        with self.engine.connect() as connection:
            connection.execute(text("select 1"))
        return True

    def close(self) -> None:
        self.engine.dispose()
