from functools import lru_cache

import requests


class HttpProbe:  # canonry: superseded-by probes.http.TimedProbe
    def __init__(self, url: str) -> None:
        self.url = url

    def up(self) -> bool:
        return requests.get(self.url).ok


class TimedProbe:
    def __init__(self, url: str, seconds: float = 3) -> None:
        self.url, self.seconds = url, seconds

    def up(self) -> bool:
        return requests.get(self.url, timeout=self.seconds).ok


# canonry: superseded-by probes.http.resolve
@lru_cache(maxsize=100)
def lookup(name: str) -> str:  # want: CN004
    return requests.get(f"https://names.example/{name}").text


def resolve(name: str, fallback: str = "") -> str:
    answer = requests.get(f"https://names.example/{name}", timeout=3)
    return answer.text if answer.ok else fallback
