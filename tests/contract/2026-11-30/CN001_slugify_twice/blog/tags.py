import re
import unicodedata


def make_tag_slug(name: str) -> str:  # want: CN001
    """Create the slug of a tag for its URL."""
    normalized = unicodedata.normalize("NFKD", name)
    ascii_name = normalized.encode("ascii", "ignore").decode("ascii").lower()
    cleaned = re.sub(r"[^\w\s-]", "", ascii_name)
    return re.sub(r"[-\s]+", "-", cleaned).strip("-")


def count_tags(posts) -> dict[str, int]:
    counts: dict[str, int] = {}
    for post in posts:
        for tag in post.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return counts
