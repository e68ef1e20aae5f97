import hashlib
import hmac

from charging.keys import signing_secret


def signed(body: bytes, signature: str) -> bool:
    digest = hmac.new(signing_secret().encode(), body, hashlib.sha256).hexdigest()  # ok: CN303 by the accessor
    return hmac.compare_digest(digest, signature)
