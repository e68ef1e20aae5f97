import os
import zlib


def open_frame(frame: bytes) -> bytes:
    secret = os.environ["UPLINK_SECRET_KEY"].encode()
    body = bytes(a ^ secret[i % len(secret)] for i, a in enumerate(frame))
    return zlib.decompress(body)
