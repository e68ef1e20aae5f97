from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class FleetSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FLEET_")

    region: str
    top_speed: int = 80
    map_style: str = "plain"


@lru_cache
def get_settings() -> FleetSettings:
    return FleetSettings()
