import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from warehouse.models import Base


@pytest.fixture
def db_session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = Session(engine)
    try:
        yield session
    finally:
        session.close()
        engine.dispose()
