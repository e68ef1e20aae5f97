class MemoryShelf(dict):
    def put(self, key: str, book: str) -> None:
        self[key] = book


class CountingShelf(MemoryShelf):
    puts = 0

    def put(self, key: str, book: str) -> None:
        self.puts += 1
        super().put(key, book)
