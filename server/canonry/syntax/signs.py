"""Signs: words without which a rule or an extractor has nothing to say, looked for before anything else."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

_STEM = re.compile(rb"\w+")
_SEPARATORS = bytes(at if bytes((at,)).isalnum() or at == ord("_") else ord(" ") for at in range(256))

Sign = Callable[[bytes], object]
"""Whether a text has what is looked for: an `AnyOf`, a pattern's `search`, a function at module level."""


class AnyOf:
    """Whether one of some words stands in a text, as it is written or in any case.

    Ten times as fast as a pattern of alternatives. Words may have punctuation (`.mount(`), unless they are to
    stand `alone`, with no letter, digit or underscore beside them. `then` says more exactly what is meant; it
    finds nothing without one of the words.
    """

    def __init__(
        self,
        *words: bytes,
        any_case: bool = False,
        alone: bool = False,
        then: Callable[[bytes], object] | None = None,
    ) -> None:
        self.words = words
        """In lower case, where any case is meant."""
        self.any_case = any_case
        self._alone = re.compile(rb"\b(?:%b)\b" % b"|".join(words)) if alone else None
        self._then = then

    def __call__(self, data: bytes) -> bool:
        """Whether a text has what is looked for."""
        text = data.lower() if self.any_case else data
        found = _has(text, self.words) and (self._alone is None or bool(self._alone.search(text)))
        return found and (self._then is None or bool(self._then(data)))

    def stands_in(self, data: bytes, vocabulary: Vocabulary) -> bool:
        """The same of a text whose vocabulary is known: what is within a word is not looked for again."""
        parts = self._parts  # which are made known before the vocabulary is asked
        held = vocabulary.stems
        if not held & parts.stems:
            return False
        if self._alone is not None:
            return self(data)
        found = held & parts.whole or _has(data.lower() if self.any_case else data, parts.punctuated)
        return bool(found) and (self._then is None or bool(self._then(data)))

    def spans(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Where the words stand in a text, for one word after the other."""
        text = data.lower() if self.any_case else data
        if self._alone is not None:
            yield from (found.span() for found in self._alone.finditer(text))
            return
        for word in self.words:
            at = text.find(word)
            while at >= 0:
                yield at, at + len(word)
                at = text.find(word, at + 1)

    @cached_property
    def _parts(self) -> _Parts:
        case = self.any_case
        stems = {word: max(_STEM.findall(word), key=len) for word in self.words}
        whole = [word for word, stem in stems.items() if word == stem]
        return _Parts(
            stems=_Stems.known_bits((stem, case) for stem in stems.values()),
            whole=_Stems.known_bits((word, case) for word in whole),
            punctuated=tuple(word for word, stem in stems.items() if word != stem),
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """A sign's words as a vocabulary has them."""

    stems: int
    """The bits of what of each word stands within a single word of a text."""
    whole: int
    """Of these, the bits of words that are nothing else."""
    punctuated: tuple[bytes, ...]
    """The other words."""


class Vocabulary:
    """The words of a text, each once, for the many signs that are looked for."""

    def __init__(self, data: bytes) -> None:
        self._words = set(data.translate(_SEPARATORS).split())
        self._told: tuple[_Stems, int] | None = None

    @property
    def stems(self) -> int:
        """The bits of all known stems that stand in a word."""
        current, told = _Stems.current, self._told
        if told is None or told[0] is not current:
            told = self._told = current, current.bits(self._words)
        return told[1]


class _Stems:
    """Stems with a bit for each, and which words have them: most words of a file were in others before it.

    May be asked by several threads: what is known is added to or put aside, never taken from.
    """

    MOST_WORDS = 60_000
    """Words that are kept: some 6 MB."""
    current: ClassVar[_Stems]
    _adding: ClassVar = threading.Lock()

    def __init__(self, stems: tuple[tuple[bytes, bool], ...]) -> None:
        """`stems` are given with whether any case is meant; they are in lower case then."""
        self._stems = stems
        self._known: tuple[set[bytes], dict[bytes, int]] = set(), {}
        """Words that bear none of the stems, and what others bear."""

    @classmethod
    def known_bits(cls, stems: Iterable[tuple[bytes, bool]]) -> int:
        """The bits of these stems; a stem keeps its bit from the first time on."""
        with cls._adding:
            given = [*stems]
            before = cls.current._stems
            known = tuple(dict.fromkeys((*before, *given)))
            if known != before:
                cls.current = cls(known)
            return sum(1 << known.index(one) for one in {*given})

    def bits(self, words: set[bytes]) -> int:
        """The bits of all stems that stand in one of some words."""
        plain, bearing = self._known
        if len(plain) > self.MOST_WORDS:
            plain, bearing = self._known = set(), {}
        telling = words - plain
        new = {one for one in telling if one not in bearing}
        if new:
            self._learn(new, bearing)
            plain |= new.difference(bearing)  # only now: who sees a word there relies on it
        found = 0
        for word in telling:
            found |= bearing.get(word, 0)
        return found

    def _learn(self, words: set[bytes], bearing: dict[bytes, int]) -> None:
        joined = b" ".join(words)
        lower = joined.lower()
        borne: dict[bytes, int] = {}
        for bit, (stem, any_case) in enumerate(self._stems):
            # Few of the words have it: its places are found, and the words around those.
            text = lower if any_case else joined
            at = text.find(stem)
            while at >= 0:
                end = text.find(b" ", at)
                if end < 0:
                    end = len(text)
                word = joined[joined.rfind(b" ", 0, at) + 1 : end]
                borne[word] = borne.get(word, 0) | 1 << bit
                at = text.find(stem, end)
        bearing.update(borne)  # whole: another thread may ask for a word


_Stems.current = _Stems(())


def _has(data: bytes, words: tuple[bytes, ...]) -> bool:
    return any(map(data.__contains__, words))
