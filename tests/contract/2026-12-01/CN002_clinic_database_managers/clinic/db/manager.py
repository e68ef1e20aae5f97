from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker


class DatabaseManager:  # ok: CN002 the member without a modifier is the canonical one
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_pre_ping=True)
        self.factory = sessionmaker(self.engine)

    def connect(self):
        return self.engine.connect()

    def session(self) -> Session:
        return self.factory()

    def health(self) -> bool:
        with self.engine.connect() as connection:
            return connection.exec_driver_sql("select 1").scalar() == 1

    def close(self) -> None:
        self.engine.dispose()


class ReadOnlyDatabaseManager(DatabaseManager):  # ok: CN002 inherits from the canonical member
    def session(self) -> Session:
        return self.factory(autoflush=False)
