import os
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Settings:
    database_url: str
    session_secret: str
    page_size: int


@lru_cache
def get_settings() -> Settings:
    return Settings(
        database_url=os.environ["KIOSK_DATABASE_URL"],  # ok: CN301 the config module
        session_secret=os.environ["KIOSK_SESSION_SECRET"],  # ok: CN302 no default
        page_size=int(os.environ.get("KIOSK_PAGE_SIZE", "50")),  # ok: CN302 a limit
    )
