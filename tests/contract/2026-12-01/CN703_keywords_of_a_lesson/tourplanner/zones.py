from datetime import datetime
from zoneinfo import ZoneInfo


def at(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))  # ok: CN703 none of the keywords


def localized_title(titles: dict[str, str], language: str) -> str:  # ok: CN703 a longer word
    return titles.get(language, titles["en"])
