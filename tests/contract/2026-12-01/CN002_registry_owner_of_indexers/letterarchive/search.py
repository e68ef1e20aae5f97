from elasticsearch import Elasticsearch


class EnhancedSearchIndexer:  # ok: CN002 the registry names it
    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index

    def add(self, key: str, text: str) -> None:
        self.client.index(index=self.index, id=key, document={"text": text})

    def remove(self, key: str) -> None:
        self.client.delete(index=self.index, id=key)

    def search(self, words: str, limit: int = 20) -> list[str]:
        hits = self.client.search(index=self.index, query={"match": {"text": words}}, size=limit)
        return [hit["_id"] for hit in hits["hits"]["hits"]]
