"""Candidates, evidence, one calibrated probability: whether a definition does an existing one's job."""

from canonry.match.batch import Query
from canonry.match.matcher import find_matches, find_text, why

__all__ = ["Query", "find_matches", "find_text", "why"]
