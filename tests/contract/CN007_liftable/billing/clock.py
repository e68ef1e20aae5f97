import time


def now() -> int:
    return int(time.time())


def zone() -> str:
    return time.tzname[0]
