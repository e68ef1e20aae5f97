import datetime as dt


def today() -> str:
    return dt.datetime.utcnow().date().isoformat()  # want: CN703
