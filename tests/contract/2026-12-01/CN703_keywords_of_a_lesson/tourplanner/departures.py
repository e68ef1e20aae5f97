from datetime import datetime

import pytz


def departure(naive: datetime, zone: str) -> datetime:
    return pytz.timezone(zone).localize(naive)


def label(moment: datetime) -> str:
    return moment.strftime("%d.%m. %H:%M")  # ok: CN703 none of the keywords
