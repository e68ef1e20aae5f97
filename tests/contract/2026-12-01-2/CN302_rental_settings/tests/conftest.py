import os

import pytest

from rental.bikes import Bike


@pytest.fixture(scope="session")
def broker_url() -> str:
    return os.environ.get("RENTAL_BROKER_URL", "amqp://localhost/test")  # ok: CN302 tests


@pytest.fixture
def docked_bike() -> Bike:
    return Bike(17, dock="harbour-3")
