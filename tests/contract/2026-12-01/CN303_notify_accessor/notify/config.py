import os
from functools import cache


@cache
def mail_api_key() -> str:
    return os.environ["MAILER_API_KEY"]  # ok: CN303 the accessor


@cache
def sms_password() -> str:
    return os.environ["SMS_PASSWORD"]  # ok: CN303 the accessor, all use it
