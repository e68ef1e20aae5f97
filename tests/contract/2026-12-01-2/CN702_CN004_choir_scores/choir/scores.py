"""Scores of the choir."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    title: str
    voices: int


SCORES = [Score("Locus iste", 4), Score("Spem in alium", 40)]


def find_score(title: str) -> Score:
    """The score with this title, however it is written."""
    wanted = title.casefold().strip()
    for score in SCORES:
        if score.title.casefold() == wanted:
            return score
    raise LookupError(title)


# canonry: superseded-by choir.scores.find_score
def score_by_title(title: str) -> Score | None:
    return next((score for score in SCORES if score.title == title), None)


def by_voices(voices: int) -> list[Score]:
    return [score for score in SCORES if score.voices == voices]
