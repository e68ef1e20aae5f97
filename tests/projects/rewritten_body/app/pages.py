"""Pages."""

import re
import unicodedata


def make_url_slug(headline: str) -> str:  # want: CN001 app.text.slugify
    """The ASCII slug of a headline for its URL."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode("ascii").lower()
    slug = ""
    for word in re.split(r"[^a-z0-9]+", plain):
        if word:
            slug += ("-" if slug else "") + word
    return slug


def breadcrumbs(path: str) -> list[str]:  # ok: nothing like it exists
    """The ancestors of a path, outermost first."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) for count in range(1, len(parts) + 1)]
