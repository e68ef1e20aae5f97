import requests

from stock.levels import Level  # want: CN401


def reserve(article: str, count: int) -> Level:
    answer = requests.post("http://stock/reserve", json={"article": article, "count": count}, timeout=5)
    return Level(**answer.json())
