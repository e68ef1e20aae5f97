from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class PaymentSettings(BaseSettings):
    """Read from the environment at startup."""

    api_url: str = "http://localhost:9000"  # want: CN302
    webhook_secret: SecretStr = SecretStr("whsec_local")  # want: CN302
    merchant_password: SecretStr  # ok: CN302 required
    refund_token: str | None = None  # ok: CN302 default None
    token_ttl: int = 900  # ok: CN302 a duration
    currency: str = "EUR"  # ok: CN302 neither secret nor address
    retry_limit: int = Field(default=3, ge=0)
    client_secret: Annotated[str, Field(min_length=16)]  # ok: CN302 required


@lru_cache
def payment_settings() -> PaymentSettings:
    return PaymentSettings()
