from search.query import find  # want: CN403


def page(words: str) -> list[str]:
    return find(words)
