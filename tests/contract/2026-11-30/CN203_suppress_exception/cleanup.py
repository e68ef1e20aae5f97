from contextlib import suppress


def archive(bucket, orders):
    for order in orders:
        with suppress(Exception):  # want: CN203
            bucket.put(f"orders/{order.id}.json", order.dump())
    return len(orders)


def remove(path):
    with suppress(FileNotFoundError):
        path.unlink()
