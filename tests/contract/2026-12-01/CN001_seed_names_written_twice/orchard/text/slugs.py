import re
import unicodedata


def slug_for_title(title: str, limit: int = 60) -> str:
    plain = unicodedata.normalize("NFKD", title)
    plain = plain.encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^a-z0-9]+", "-", plain.lower())
    plain = plain.strip("-")
    if len(plain) > limit:
        plain = plain[:limit].rstrip("-")
    return plain or "untitled"


def initials(title: str) -> str:  # ok: CN001 another job on the same value
    words = re.findall(r"[A-Za-z]+", title)
    return "".join(word[0].upper() for word in words)
