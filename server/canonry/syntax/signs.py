"""Signs: words without which a rule or an extractor has nothing to say, looked for before anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

_STEM = re.compile(rb"\w+")
_SEPARATORS = bytes(at if bytes((at,)).isalnum() or at == ord("_") else ord(" ") for at in range(256))

Sign = Callable[[bytes], object]
"""Whether a text has what is looked for: an `AnyOf`, a pattern's `search`, a function at module level."""


class AnyOf:
    """Whether one of some words stands in a text, as it is written or in any case.

    Ten times as fast as a pattern of alternatives. Words may have punctuation (`.mount(`). `then` says more
    exactly what is meant; it finds nothing without one of the words.
    """

    def __init__(
        self, *words: bytes, any_case: bool = False, then: Callable[[bytes], object] | None = None
    ) -> None:
        self.words = words
        """In lower case, where any case is meant."""
        self.any_case = any_case
        self._then = then

    def __call__(self, data: bytes) -> bool:
        """Whether a text has what is looked for."""
        found = _has(data.lower() if self.any_case else data, self.words)
        return found and (self._then is None or bool(self._then(data)))

    def may_be_in(self, vocabulary: Vocabulary) -> bool:
        """False where no text of these words has one of the sign's."""
        return _has(vocabulary.lower if self.any_case else vocabulary.words, self._stems)

    def spans(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Where the words stand in a text, for one word after the other."""
        text = data.lower() if self.any_case else data
        for word in self.words:
            at = text.find(word)
            while at >= 0:
                yield at, at + len(word)
                at = text.find(word, at + 1)

    @cached_property
    def _stems(self) -> tuple[bytes, ...]:
        """What of each word stands within a single word of a text."""
        return tuple(dict.fromkeys(max(_STEM.findall(word), key=len) for word in self.words))


class Vocabulary:
    """The words of a text, each once: a quarter of it, for the many signs that are looked for."""

    def __init__(self, data: bytes) -> None:
        self.words = b" ".join(set(data.translate(_SEPARATORS).split()))
        """In no order."""

    @cached_property
    def lower(self) -> bytes:
        """The same in lower case."""
        return self.words.lower()


def _has(data: bytes, words: tuple[bytes, ...]) -> bool:
    return any(map(data.__contains__, words))
