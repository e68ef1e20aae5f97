from letterarchive.memory import SearchIndexer, SearchIndexerError, StampIndexer
from letterarchive.search import EnhancedSearchIndexer


def look_up(indexer: EnhancedSearchIndexer, words: str) -> list[str]:
    found = indexer.search(words)
    if not found:
        raise SearchIndexerError(words)
    return found


def demo(letters: dict[str, str]) -> tuple[SearchIndexer, StampIndexer]:
    texts, stamps = SearchIndexer(), StampIndexer()
    for key, text in letters.items():
        texts.add(key, text)
        stamps.add(key, text)
    return texts, stamps
