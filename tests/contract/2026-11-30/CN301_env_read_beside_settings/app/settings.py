from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    smtp_host: str
    smtp_port: int = 25
    storage_bucket: str


settings = Settings()
