"""Settings of the weather box."""
from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="WEATHERBOX_")

    station_id: str
    poll_seconds: int = 60
    elevation_m: float = 0.0
    sea_level: bool = False


@lru_cache
def get_settings() -> Settings:
    return Settings()
