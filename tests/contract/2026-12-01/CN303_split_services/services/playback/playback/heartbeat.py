import os

from playback.settings import settings


def heartbeat(device: str, position: float) -> dict[str, object]:
    generation = os.environ.get("INDEX_GENERATION")  # ok: CN303 no secret, another service
    return {"device": device, "at": position, "g": generation, "drm": settings.drm_secret[-4:]}
