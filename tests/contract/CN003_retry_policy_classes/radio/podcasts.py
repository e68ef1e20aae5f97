from radio.net import RetryPolicy
from radio.plugins import rss


def episodes(feed) -> list:
    return RetryPolicy(5, 1.0).run(lambda: rss.fetch(feed))
