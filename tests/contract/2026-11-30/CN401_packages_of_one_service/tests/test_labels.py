from mono.orders.models import Order
from mono.shipping.labels import label


def test_label():
    assert label(Order()) == "0"
