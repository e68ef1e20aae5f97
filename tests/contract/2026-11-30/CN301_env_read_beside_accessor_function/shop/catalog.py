import os as _os
from os import environ

from shop.envvars import database_dsn


def connect(driver):
    return driver.connect(database_dsn())


def flag(name: str) -> bool:
    return name in _os.environ.get("SHOP_FEATURES", "").split(",")  # want: CN301


def replica(driver):
    return driver.connect(environ["SHOP_DSN"], readonly=True)  # want: CN301
