"""Feeds."""

from app.text import shorten, slugify


def entry(title: str, body: str) -> dict[str, str]:  # ok: uses the existing ones
    return {"id": slugify(title), "title": title, "summary": shorten(body, 80)}
