from orders.stock_client import reserve


def main() -> None:
    print(reserve("bolt", 3))


if __name__ == "__main__":
    main()
