class Shelf:
    def __init__(self) -> None:
        self.books: list[tuple[str, int]] = []

    def put(self, title: str, pages: int) -> "Shelf":
        self.books.append((title, pages))
        return self

    def thick(self) -> list[str]:
        return [title for title, pages in self.books if pages > 400]
