from time import monotonic as now


class Order:
    def __init__(self, symbol: str, amount: int) -> None:
        self.symbol = symbol
        self.amount = amount
        self.placed = now()

    def age(self) -> float:
        return now() - self.placed


def route(order: Order, venue) -> None:
    left = order.amount
    while left > 0:
        venue.submit(order.symbol, min(left, 100))
        left -= 100
