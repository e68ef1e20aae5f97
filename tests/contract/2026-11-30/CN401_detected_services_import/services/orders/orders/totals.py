from orders.models import Order


def order_total(orders: list[Order]) -> float:
    return sum(order.total for order in orders)
