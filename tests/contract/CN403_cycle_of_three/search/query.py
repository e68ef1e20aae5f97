from ranking.score import best  # want: CN403


def find(words: str) -> list[str]:
    return best(words.split())
