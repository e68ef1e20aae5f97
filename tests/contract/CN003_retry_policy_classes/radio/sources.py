from radio.plugins import atom, rss


def newest(feed: str) -> str:
    return (atom if feed.endswith(".atom") else rss).fetch(feed)[0]


def main() -> None:
    print(newest("https://radio.example/feed.atom"))
