import math


def columns(words: int) -> int:
    return math.ceil(words / 180)


def teaser(text: str) -> str:
    import apps.web.headlines as web  # want: CN403

    return web.shorten_headline(text).upper()
