import os

from django.conf import settings


def teaser(body: str) -> str:
    limit = int(os.environ.get("NEWSROOM_TEASER_LENGTH", "160"))  # want: CN301
    return body if len(body) <= limit else body[: limit - 1] + "…"


def stamp(article: dict) -> str:
    return f"{article['published']} {settings.TIME_ZONE}"  # ok: CN301 through the settings


def home() -> str:
    return os.path.expandvars("$HOME/newsroom")  # ok: CN301 no read of a served key


def editor() -> str:
    return os.environ.get("EDITOR", "vi")  # ok: CN301 nothing serves EDITOR


class RetentionPolicy:
    environ = {"NEWSROOM_ARCHIVE_DAYS": "30"}

    def short(self) -> int:
        return int(self.environ["NEWSROOM_ARCHIVE_DAYS"])  # ok: CN301 a dict of the class, not os.environ

    def days(self) -> int:
        return int(os.getenv("NEWSROOM_ARCHIVE_DAYS") or 365)  # want: CN301
