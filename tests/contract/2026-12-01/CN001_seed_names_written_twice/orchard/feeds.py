import re
import unicodedata


def make_url_name(text: str, max_length: int = 60) -> str:
    value = unicodedata.normalize("NFKD", text)
    value = value.encode("ascii", "ignore").decode("ascii")
    value = re.sub(r"[^a-z0-9]+", "-", value.lower())
    value = value.strip("-")
    if len(value) > max_length:
        value = value[:max_length].rstrip("-")
    return value or "untitled"


def feed_entry(post: dict) -> dict:
    return {"link": f"/news/{make_url_name(post['title'])}/", "title": post["title"]}
