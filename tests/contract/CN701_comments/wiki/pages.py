"""Pages of the wiki. TODO: authentication for drafts."""


class Page:
    def __init__(self, title: str, author: str) -> None:
        self.title = title
        self.author = author

    def slug(self) -> str:
        # TODO: transliterate umlauts
        return self.title.lower().replace(" ", "-")
