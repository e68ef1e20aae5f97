"""Candidates, evidence, one calibrated probability: whether a definition does an existing one's job."""

from canonry.match.batch import Query
from canonry.match.matcher import Reach, find_matches, find_name, least_cosine, why
from canonry.match.prose import find_text
from canonry.match.rank import SEARCH, does_the_opposite, is_the_same, weights_of
from canonry.match.screen import Screen

__all__ = [
    "SEARCH",
    "Query",
    "Reach",
    "Screen",
    "does_the_opposite",
    "find_matches",
    "find_name",
    "find_text",
    "is_the_same",
    "least_cosine",
    "weights_of",
    "why",
]
