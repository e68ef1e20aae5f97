from __future__ import annotations

from typing import TYPE_CHECKING

from orders.models import Order  # want: CN401

if TYPE_CHECKING:
    from orders.totals import order_total  # want: CN401


def label(order: Order) -> str:
    return f"{order.id}: {order.customer}"
