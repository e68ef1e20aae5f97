import os

QUALITY = int(os.getenv("THUMB_QUALITY", "80"))  # ok: CN301 there is no accessor
