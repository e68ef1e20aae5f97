class Store:
    def __init__(self, prices: dict[str, int]) -> None:
        self.prices = prices

    async def price(self, user: str) -> int:
        return self.prices.get(user, 1)
