import logging

import requests

LOG = logging.getLogger("pricing")
DEFAULT_RATE = 1.0


def exchange_rate(currency: str) -> float:
    try:
        response = requests.get(f"https://rates.example.com/{currency}", timeout=3)
        response.raise_for_status()
        return response.json()["rate"]
    except Exception as exc:  # want: CN201
        LOG.debug("no rate for %s: %s", currency, exc)
        return DEFAULT_RATE


def convert(amount: float, currency: str) -> float:
    return amount * exchange_rate(currency)
