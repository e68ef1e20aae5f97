import pytest

from inventory.stock import StockService


class FakeRepository:
    def __init__(self):
        self.data = {}

    def save(self, sku, count):
        self.data[sku] = count

    def load(self, sku):
        return self.data[sku]


@pytest.fixture
def service():
    return StockService(FakeRepository())


def test_add():
    service = StockService(FakeRepository())
    service.add("a", 2)
    assert service.get_available("a") == 2  # want: CN603
    assert service.change_count == 1
    assert service.limit == 100


def test_remove(service):
    service.add("a", 2)
    service.remove("a", 1)  # want: CN603
    assert service.available("a") == 2
