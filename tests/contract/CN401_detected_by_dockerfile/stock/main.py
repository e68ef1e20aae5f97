from stock import levels  # ok: CN401 its own


def main() -> None:
    def refill(article: str) -> levels.Level:
        import orders.stock_client  # want: CN401

        return orders.stock_client.reserve(article, -10)

    print(refill("nut"))
