import hashlib
import hmac
import os


def verify(body: bytes, signature: str) -> bool:
    secret = os.environ["PSP_WEBHOOK_SECRET"].encode()  # ok: CN303 read in this module only
    return hmac.compare_digest(hmac.new(secret, body, hashlib.sha256).hexdigest(), signature)


def rotate(body: bytes) -> str:
    digest = hashlib.sha512(os.environ["PSP_WEBHOOK_SECRET"].encode())  # ok: CN303 the same module
    digest.update(body)
    return digest.hexdigest()
