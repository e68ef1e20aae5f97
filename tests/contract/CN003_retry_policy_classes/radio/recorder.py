from radio.schedule import RetryPolicy


def record(show) -> None:
    RetryPolicy.for_show(show).again()
