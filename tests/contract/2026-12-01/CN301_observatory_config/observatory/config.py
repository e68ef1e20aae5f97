import os


class Config:
    """Everything that the environment says."""

    telescope = os.environ["OBS_TELESCOPE"]
    exposure = float(os.environ.get("OBS_EXPOSURE", "30"))
    filters = os.environ.get("OBS_FILTERS", "r,g,b").split(",")

    @staticmethod
    def latitude() -> float:
        return float(os.environ["OBS_LATITUDE"])  # ok: CN301 the config module
