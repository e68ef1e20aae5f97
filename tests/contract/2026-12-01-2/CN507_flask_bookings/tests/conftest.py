import pytest

from bookings.app import HALLS, create_app


@pytest.fixture
def client():
    app = create_app(testing=True)
    with app.test_client() as client:
        yield client


@pytest.fixture(autouse=True)
def empty_halls():
    yield
    for days in HALLS.values():
        days.clear()
