from os import getenv


def url():
    return getenv("DB_URL")  # want: CN008


def timeout():
    return getenv("HTTP_TIMEOUTS")  # want: CN008
