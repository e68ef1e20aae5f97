"""Evidence in words: what a user reads under "why"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np

from canonry.index.snapshot import Ref, Snapshot
from canonry.match.batch import Query
from canonry.model import Evidence, SymbolKind
from canonry.syntax import Definition, Feature, feature_hash
from canonry.syntax.words import fold, prose_words, split_identifier

MOST_WORDS = 4
"""Names listed in one reason."""
LEAST_SCORE = 0.3
"""Weaker evidence is not told."""
LEAST_THE_SAME = 0.5
"""Of `identical`, which is 0.9 of all words, calls and constants: from here on nothing of weight differs."""

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r"'([^'\n]{2,80})'|\"([^\"\n]{2,80})\"")
_NUMBER = re.compile(r"(?<![\w.])\d[\w.]*")


def explain(
    query: Query,
    snapshot: Snapshot,
    ref: Ref,
    scores: dict[str, float],
    text: str,
    references: Iterable[str],
) -> tuple[Evidence, ...]:
    """The reasons for a match, strongest first; at least one."""
    known = snapshot.definition(ref)
    theirs = known[1] if known is not None else None
    shared = _Shared(query, snapshot, ref, text, references)
    told: list[Evidence] = []

    def tell(kind: str, words: str) -> None:
        if words:
            told.append(Evidence(kind, round(scores.get(kind, 0.0), 3), words))

    if scores["same-name"] > 0:
        tell("same-name", "same name")
    elif scores["name-words"] >= LEAST_SCORE or scores["name-spelling"] >= 0.75:
        words = shared.name_words()
        tell("name-words", f"similar name: {words}" if words else "similar name")
    if scores["body"] >= 0.75:
        tell("body", f"{scores['body']:.0%} of the body has the same form".replace("%", " %"))
    calls = shared.tokens(Feature.IMPORTED) + [
        one
        for one in shared.tokens(Feature.CALL)
        if one not in {name.rpartition(".")[2] for name in shared.imported}
    ]
    if calls:
        tell("calls", f"same calls: {_list(calls)}")
    if theirs is not None:
        tell("parameters", _parameters(query.definition, theirs, scores))
    literals = shared.tokens(Feature.LITERAL)
    if literals:
        tell(
            "literals",
            f"same constants: {_list([repr(one) if not one[0].isdigit() else one for one in literals])}",
        )
    if scores["members"] > 0:
        members = shared.tokens(Feature.MEMBER)
        if members:
            tell("members", f"same methods: {_list(members)}")
    documented = shared.tokens(Feature.DOC)
    if documented and scores["documentation"] >= 0.2:
        tell("documentation", f"documentation speaks of {_list(documented)}")
    if scores["exceptions"] > LEAST_SCORE:
        raised = shared.tokens(Feature.RAISES)
        if raised:
            tell("exceptions", f"same exceptions: {_list(raised)}")
    if scores["identical"] >= LEAST_THE_SAME:
        tell("identical", "nearly all else is the same")
    if not told:
        attributes = shared.tokens(Feature.ATTRIBUTE)
        if attributes:
            tell("attributes", f"same attributes: {_list(attributes)}")
    if not told:
        words_in_common = shared.tokens(Feature.WORD)
        tell("vocabulary", f"both speak of {_list(words_in_common)}" if words_in_common else "similar code")
    return tuple(told)


def _list(words: list[str]) -> str:
    listed = ", ".join(words[:MOST_WORDS])
    return listed if len(words) <= MOST_WORDS else f"{listed} and {len(words) - MOST_WORDS} more"


def _parameters(mine: Definition, theirs: Definition, scores: dict[str, float]) -> str:
    if mine.kind is SymbolKind.CLASS or theirs.kind is SymbolKind.CLASS:
        return ""
    ours = [one.name for one in mine.parameters if one.name not in ("self", "cls")]
    existing = {one.name for one in theirs.parameters if one.name not in ("self", "cls")}
    common = [one for one in ours if one in existing]
    if common:
        if len(common) == len(ours) == len(existing):
            return f"same parameters: {_list(common)}"
        return f"{len(common)} of {len(ours)} parameters: {_list(common)}"
    if scores["arity"] == 1 and ours:
        return f"both take {len(ours)} parameter{'s' if len(ours) > 1 else ''}"
    return ""


class _Shared:
    """What a query and a candidate have in common, as words of the query's own text."""

    def __init__(
        self, query: Query, snapshot: Snapshot, ref: Ref, text: str, references: Iterable[str]
    ) -> None:
        self._query = query
        features = query.features
        theirs = snapshot.parts[ref.part].segment.features_of(ref.at)
        common = np.intersect1d(features, theirs, assume_unique=True)
        rarity = snapshot.statistics.rarity(common)
        self._common = {int(one): float(rare) for one, rare in zip(common, rarity, strict=True)}
        self._text = text
        self._references = tuple(references)
        self._identifiers = sorted(set(_IDENTIFIER.findall(text)))
        self.imported = self.tokens(Feature.IMPORTED)

    def tokens(self, kind: Feature) -> list[str]:
        """The common tokens of a kind, rarest first."""
        found: dict[str, float] = {}
        for token, spelled in _SPELLINGS.get(kind, _identifiers)(self):
            rare = self._common.get(feature_hash(kind, spelled.encode("utf-8", "replace")))
            if rare is not None:
                found[token] = rare
        return sorted(found, key=lambda one: (-found[one], one))

    def name_words(self) -> str:
        """The words of the query's name that the candidate's has too, synonyms included."""
        words = [
            part
            for part in split_identifier(self._query.definition.name)
            if feature_hash(Feature.NAME, fold(part).encode()) in self._common
        ]
        return ", ".join(words)


def _identifiers(shared: _Shared) -> Iterable[tuple[str, str]]:
    return ((one, one) for one in shared._identifiers)


def _dotted(shared: _Shared) -> Iterable[tuple[str, str]]:
    return ((one, one) for one in shared._references)


def _literal_texts(shared: _Shared) -> Iterable[tuple[str, str]]:
    strings = (a or b for a, b in _STRING.findall(shared._text))
    numbers = _NUMBER.findall(shared._text)
    return ((one, one) for one in [*strings, *numbers])


def _words(shared: _Shared) -> Iterable[tuple[str, str]]:
    for identifier in shared._identifiers:
        for part in split_identifier(identifier):
            if len(part) > 2:
                yield part, fold(part)


def _prose(shared: _Shared) -> Iterable[tuple[str, str]]:
    text = (
        shared._query.definition.docstring
        + " "
        + " ".join(line.strip() for line in shared._text.splitlines() if line.strip().startswith("#"))
    )
    for word in sorted(set(re.findall(r"[A-Za-z]{3,}", text.lower()))):
        for folded in prose_words(word):
            yield word, folded


_SPELLINGS: dict[Feature, Callable[[_Shared], Iterable[tuple[str, str]]]] = {
    Feature.IMPORTED: _dotted,
    Feature.LITERAL: _literal_texts,
    Feature.WORD: _words,
    Feature.DOC: _prose,
}
