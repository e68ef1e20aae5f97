from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="HARBOUR_")

    pilot_url: str
    berth_count: int = 12


@lru_cache
def get_settings() -> Settings:
    return Settings()
