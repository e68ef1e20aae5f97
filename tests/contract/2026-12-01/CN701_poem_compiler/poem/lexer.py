"""Splits poems into words for the rhyme index."""
import re
from collections.abc import Iterator

WORD = re.compile(r"[\w']+")


class Lexer:
    """Reads a poem line by line.

    TODO: make the tokenizer keep hyphens.
    """

    def __init__(self, text: str) -> None:
        # TODO: get the text through dependency injection, as the index does  # ok: CN701
        self.text = text

    def words(self) -> Iterator[str]:
        for match in WORD.finditer(self.text):  # TODO: let the author choose the pattern  # ok: CN701
            yield match.group().lower()

    def rhymes(self, ending: str) -> list[str]:
        # FIXME: the authors' index lists secretary and secretion under one ending  # ok: CN701
        return [word for word in self.words() if word.endswith(ending)]
