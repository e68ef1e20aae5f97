import pytest
from warehouse.models import Shelf


@pytest.fixture
def second_shelf(db_session, shelf):  # ok: CN007 it does something else
    other = Shelf(name="B7", above=shelf)
    db_session.add(other)
    db_session.commit()
    return other


def test_two_shelves(db_session, second_shelf):
    assert db_session.query(Shelf).count() == 2
