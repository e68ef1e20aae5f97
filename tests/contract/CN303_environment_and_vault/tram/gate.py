import hmac
import os


def opens(ticket: bytes, mark: str) -> bool:
    key = os.environ["TICKET_SIGNING_KEY"]  # want: CN303
    return hmac.compare_digest(hmac.new(key.encode(), ticket, "sha256").hexdigest(), mark)
