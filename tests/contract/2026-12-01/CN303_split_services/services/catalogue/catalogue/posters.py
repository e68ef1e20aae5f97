import hashlib
import os


def poster_url(film: str) -> str:
    signature = hashlib.sha256((film + os.environ["CDN_SIGNING_KEY"]).encode()).hexdigest()  # ok: CN303 once in this service
    return f"https://cdn.example.com/{film}.webp?s={signature[:16]}"
