import pytest

from library.db import SessionLocal, engine


@pytest.fixture
def db():
    connection = engine.connect()
    session = SessionLocal(bind=connection)
    yield session  # want: CN105
    session.close()
    connection.close()
