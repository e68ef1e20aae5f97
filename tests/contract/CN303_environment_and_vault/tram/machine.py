import hmac

from tram.secrets import ticket_key


def mark(ticket: bytes) -> str:
    return hmac.new(ticket_key().encode(), ticket, "sha256").hexdigest()  # ok: CN303 the accessor
