"""Text helpers used across the blog."""
import html
import re
import unicodedata


def slugify(value: str, max_length: int = 80) -> str:
    """Turn a title into a URL slug: lower case, ASCII, words joined by hyphens."""
    value = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    value = re.sub(r"[^\w\s-]", "", value.lower())
    return re.sub(r"[-\s]+", "-", value).strip("-")[:max_length]


def excerpt(body: str, words: int = 40) -> str:
    """The first words of a text without markup."""
    plain = re.sub(r"<[^>]+>", "", html.unescape(body))
    parts = plain.split()
    if len(parts) <= words:
        return plain
    return " ".join(parts[:words]) + "…"


def reading_time(body: str) -> int:
    """Minutes that an average reader needs."""
    return max(1, round(len(body.split()) / 220))
