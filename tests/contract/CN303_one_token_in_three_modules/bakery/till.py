import os


def country() -> str:
    return os.environ["BAKERY_COUNTRY"]  # ok: CN303 no secret
