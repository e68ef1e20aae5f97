from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class PraxisSettings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env")

    database_url: str = "postgresql://praxis:praxis@localhost/praxis"  # want: CN302
    encryption_key: str = Field(default="0123456789abcdef")  # want: CN302
    fax_token: SecretStr | None = None  # ok: CN302 None
    insurer_api_key: SecretStr  # ok: CN302 no default at all
    archive_password: str = ""  # ok: CN302 empty
    letter_font: str = "Lato"  # ok: CN302 no secret
    token_lifetime_minutes: int = 30  # ok: CN302 a duration
    bind_host: str = "0.0.0.0"  # ok: CN302 the host it listens on
