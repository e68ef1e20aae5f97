"""Names for addresses in the web shop."""

from __future__ import annotations

import re
import unicodedata


def slugify(title: str, limit: int = 60) -> str:
    """Turn a title into a short lower-case name for an address: letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower())
    return words[:limit].strip("-")


def unique_slug(title: str, taken: set[str]) -> str:
    """A slug that nobody has yet: a number is added where that is needed."""
    base = slugify(title)
    slug, number = base, 2
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug
