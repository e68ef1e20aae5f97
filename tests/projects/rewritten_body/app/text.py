"""Texts."""

import re
import unicodedata


def slugify(title: str, separator: str = "-") -> str:
    """Turn a title into a URL slug: lower-case ASCII letters and digits with separators between words."""
    decomposed = unicodedata.normalize("NFKD", title)
    ascii_only = decomposed.encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", ascii_only.lower())
    return separator.join(words)


def shorten(text: str, width: int) -> str:
    """Cut a text to a width, with an ellipsis where something is lost."""
    if len(text) <= width:
        return text
    return text[: width - 1].rstrip() + "…"
