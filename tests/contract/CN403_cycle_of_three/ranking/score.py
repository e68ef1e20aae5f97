from web.clicks import clicked  # want: CN403


def best(words: list[str]) -> list[str]:
    return sorted(words, key=clicked)
