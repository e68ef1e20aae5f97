"""Finding existing definitions by letters, by name, by description."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from canonry.index.snapshot import Ref, Snapshot
from canonry.match import find_name, find_text
from canonry.model import Evidence, Match, Symbol, Trait
from canonry.syntax.words import prose_words, split_identifier
from canonry.workspace.symbols import symbol_of

LEAST_RATIO = 62.0
"""Below this a fuzzy hit has hardly a letter in its place."""


def by_letters(snapshot: Snapshot, root: Path, query: str, limit: int) -> tuple[Symbol, ...]:
    """Definitions whose name some typed letters fit: exact, prefix, words' initials, then fuzzy.

    An empty query gives the most used definitions.
    """
    found = (symbol_of(snapshot, ref, root) for ref in refs_by_letters(snapshot, query, limit))
    return tuple(one for one in found if one is not None)


def refs_by_letters(snapshot: Snapshot, query: str, limit: int) -> list[Ref]:
    """The rows of the definitions whose name some typed letters fit, best first."""
    wanted = query.strip()
    container, _, name = wanted.rpartition(".")
    rows: list[tuple[float, int, str, Ref]] = []
    for number, part in enumerate(snapshot.parts):
        segment = part.segment
        names = segment.rows_by_name
        for one, score in _scored(name, names, limit).items():
            for at in names[one]:
                if not part.alive[at] or segment.symbol_traits[at] & Trait.NESTED:
                    continue
                local = segment.local_names[at]
                ref = Ref(number, at)
                if container and container.lower() not in f"{snapshot.module(ref)}.{local}".lower():
                    continue
                uses = min(int(segment.symbol_uses[at]), 50)
                rows.append((-(score + uses / 5), len(one), local, ref))
    rows.sort(key=lambda row: row[:3])
    return [row[3] for row in rows[:limit]]


def _scored(name: str, names: Iterable[str], limit: int) -> dict[str, float]:
    """Names that fit, with how well."""
    if not name:
        return dict.fromkeys(names, 0.0)
    fuzzy = process.extract(
        name,
        list(names),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit * 2,
        score_cutoff=LEAST_RATIO,
    )
    hits = {one: score for one, score, _ in fuzzy}
    hits.update({one: hits.get(one, 0.0) for one in names if _fits(name, one)})
    return {one: score + _closeness(name, one) for one, score in hits.items()}


def _fits(typed: str, name: str) -> bool:
    return typed.lower() in name.lower() or _initials(name).startswith(typed.lower())


def _closeness(typed: str, name: str) -> float:
    lower, wanted = name.lower(), typed.lower()
    if name == typed:
        return 300.0
    if lower == wanted:
        return 250.0
    if lower.startswith(wanted):
        return 200.0
    if lower.lstrip("_").startswith(wanted):
        return 180.0
    if wanted in split_identifier(name):
        return 160.0
    if wanted in lower:
        return 140.0
    if len(wanted) > 1 and _initials(name).startswith(wanted):
        return 120.0
    return 0.0


def _initials(name: str) -> str:
    return "".join(part[0] for part in split_identifier(name))


def by_name(snapshot: Snapshot, root: Path, name: str, limit: int) -> tuple[Match, ...]:
    """Definitions whose name means what `name` means: the same words, synonyms folded."""
    words = " ".join(split_identifier(name))
    found: list[Match] = []
    for ref, cosine in find_name(name, snapshot, limit * 3):
        symbol = symbol_of(snapshot, ref, root)
        if symbol is not None:
            spelled = fuzz.token_sort_ratio(words, " ".join(split_identifier(symbol.name))) / 100
            score = round(min(1.0, 0.5 * cosine + 0.5 * spelled), 4)
            told = "same name" if symbol.name == name else f"similar name: {symbol.name}"
            found.append(Match(symbol, score, (Evidence("name-spelling", spelled, told),)))
    found.sort(key=lambda one: (-one.probability, one.symbol.qualified_name))
    return tuple(found[:limit])


def by_text(snapshot: Snapshot, root: Path, text: str, limit: int) -> tuple[Match, ...]:
    """Definitions that a description in prose fits, best first."""
    wanted = set(prose_words(text))
    found: list[Match] = []
    for ref, score in find_text(text, snapshot, limit):
        symbol = symbol_of(snapshot, ref, root)
        if symbol is None:
            continue
        told = {*prose_words(symbol.docstring), *prose_words(symbol.name)}
        common = sorted(wanted & told)
        why = f"speaks of {', '.join(common[:6])}" if common else "its code speaks of it"
        found.append(Match(symbol, round(score, 4), (Evidence("documentation", score, why),)))
    return tuple(found)
