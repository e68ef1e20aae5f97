from radio.net import RetryPolicy


def play(stream) -> None:
    RetryPolicy(3, 0.5).run(stream.open)
