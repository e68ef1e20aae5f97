import os

import requests


def balance() -> dict:
    key = os.getenv("STRIPE_SECRET_KEY")
    return requests.get("https://api.stripe.com/v1/balance", auth=(key, ""), timeout=5).json()


def country() -> str:
    return os.getenv("BAKERY_COUNTRY", "DE")  # ok: CN303 no secret
