"""Texts of the brochure."""
from __future__ import annotations

# TODO: name the author of each text
AUTHORS = {"pool": "L. Berg", "sauna": "K. Holm"}

WARNING = "TODO: change the secret code of the safe"
HELP = """
# FIXME: token
"""


def brochure(topic: str, text: str) -> str:
    # TODO: use a real tokenizer to break the lines
    lines = text.split(". ")
    # HACK: the printer wants an empty first line
    return "\n".join(["", *lines, f"({AUTHORS.get(topic, 'the hotel')})"])


def footer(year: int) -> str:
    # TODO: replace by dependency injection of the clock
    return f"Hotel Seeblick {year}"
