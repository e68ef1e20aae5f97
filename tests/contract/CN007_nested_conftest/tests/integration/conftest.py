import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from warehouse.models import Base


@pytest.fixture
def db_session():  # want: CN007
    database = create_engine("sqlite://")
    Base.metadata.create_all(database)
    session = Session(database)
    try:
        yield session
    finally:
        session.close()
        database.dispose()


@pytest.fixture
def shelf(db_session):
    from warehouse.models import Shelf

    shelf = Shelf(name="A1")
    db_session.add(shelf)
    db_session.flush()
    return shelf
