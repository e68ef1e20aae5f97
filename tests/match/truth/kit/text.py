"""Helpers for texts."""

import re
import unicodedata


def slugify(value, separator="-"):
    """Turn a title into a part of a URL."""
    value = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    value = re.sub(r"[^\w\s-]", "", value.lower())
    return re.sub(r"[-\s]+", separator, value).strip("-_")


def truncate_words(text, limit, suffix="..."):
    """Cut a text after a number of words."""
    words = text.split()
    if len(words) <= limit:
        return text
    return " ".join(words[:limit]) + suffix


def camel_to_snake(name):
    """Convert CamelCase to snake_case."""
    first = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", first).lower()


def strip_html_tags(html):
    """Remove all HTML tags and unescape entities."""
    from html import unescape

    without = re.sub(r"<[^>]+>", "", html)
    return unescape(without).strip()
