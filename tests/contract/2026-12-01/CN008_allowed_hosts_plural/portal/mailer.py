import os

SENDER_HOST = os.environ["TOWN_ALLOWED_HOST"]  # want: CN008
MAIL_HOST = os.environ["TOWN_MAIL_HOST"]  # ok: CN008 the host of something else


def message_id(number: int) -> str:
    return f"<{number}@{SENDER_HOST}> via {MAIL_HOST}"
