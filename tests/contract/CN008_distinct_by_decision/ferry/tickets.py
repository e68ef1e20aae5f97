import hmac
import os


def sign(ticket: bytes) -> str:
    key = os.environ["SECRET_TICKET_KEY"]  # want: CN008 TICKET_SECRET_KEY
    return hmac.new(key.encode(), ticket, "sha256").hexdigest()


def other(ticket: bytes) -> str:
    key = os.environ["TICKET_PUBLIC_KEY"]  # ok: CN008 another key
    return hmac.new(key.encode(), ticket, "sha256").hexdigest()
