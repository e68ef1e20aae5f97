import pytest
from sqlalchemy.orm import Session

from store.engine import engine


@pytest.fixture
def session():
    session = Session(engine)
    yield session  # want: CN105
    session.rollback()
    session.close()
