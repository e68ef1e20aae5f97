"""Bodies of requests; nothing here comes from the environment."""
from __future__ import annotations

from pydantic import BaseModel

from gateway.config import payment_settings


class Checkout(BaseModel):
    amount: int
    return_url: str = "https://shop.example/thanks"  # ok: CN302 a field of a request body
    token: str = "none"  # ok: CN302 a field of a request body
    currency: str = ""

    def resolved_currency(self) -> str:
        return self.currency or payment_settings().currency


class Refund(BaseModel):
    charge: str
    amount: int | None = None
    reason: str = "requested_by_customer"
