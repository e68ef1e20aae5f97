"""Unsubscribe links with a signature."""
import hashlib
import hmac

from newsletter.bounces import unsubscribe_secret


def sign(address: str) -> str:
    return hmac.new(unsubscribe_secret(), address.encode(), hashlib.sha256).hexdigest()  # ok: CN303 through the accessor


def unsubscribe_link(address: str) -> str:
    return f"https://news.example/out?a={address}&s={sign(address)}"


def is_valid(address: str, signature: str) -> bool:
    return hmac.compare_digest(sign(address), signature)
