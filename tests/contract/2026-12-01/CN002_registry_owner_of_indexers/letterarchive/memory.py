from collections import defaultdict


class SearchIndexer:  # want: CN002
    def __init__(self) -> None:
        self.words: dict[str, set[str]] = defaultdict(set)

    def add(self, key: str, text: str) -> None:
        for word in text.lower().split():
            self.words[word].add(key)

    def remove(self, key: str) -> None:
        for keys in self.words.values():
            keys.discard(key)

    def search(self, words: str, limit: int = 20) -> list[str]:
        found = set.intersection(*(self.words.get(word, set()) for word in words.lower().split()))
        return sorted(found)[:limit]


class SearchIndexerError(Exception):  # ok: CN002 an error, no member of the family
    pass


class StampIndexer:  # ok: CN002 another domain object
    def __init__(self) -> None:
        self.by_year: dict[int, list[str]] = {}

    def add(self, key: str, text: str) -> None:
        year = int(text[-4:])
        self.by_year.setdefault(year, []).append(key)

    def remove(self, key: str) -> None:
        self.by_year = {year: [k for k in keys if k != key] for year, keys in self.by_year.items()}
