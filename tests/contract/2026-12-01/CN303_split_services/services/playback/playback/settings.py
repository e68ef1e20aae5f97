import os


class PlaybackSettings:
    @property
    def drm_secret(self) -> str:
        return os.environ["DRM_SECRET"]  # ok: CN303 the accessor

    @property
    def cdn_key(self) -> str:
        return os.environ["CDN_SIGNING_KEY"]  # ok: CN303 another service reads its own


settings = PlaybackSettings()
