from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql://postgres:postgres@localhost:5432/app"  # want: CN302
    jwt_secret: str = Field(default="supersecret")  # want: CN302
    page_size: int = 50
    log_level: str = "INFO"
    access_token_expire_minutes: int = 30
