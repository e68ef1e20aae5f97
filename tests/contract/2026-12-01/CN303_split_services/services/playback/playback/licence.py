import os
from base64 import b64encode

from playback.settings import settings


def licence(film: str, device: str) -> str:
    raw = f"{film}|{device}|{os.environ['DRM_SECRET']}"  # want: CN303
    return b64encode(raw.encode()).decode()


def manifest_key() -> str:
    return settings.cdn_key[:32]  # ok: CN303 through the accessor
