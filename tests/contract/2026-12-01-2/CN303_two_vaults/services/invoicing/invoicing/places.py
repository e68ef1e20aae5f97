"""Another service: it has its own way to its own secrets."""
from __future__ import annotations

import os

import requests


def billing_district(postcode: str) -> str:
    reply = requests.get(
        "https://geo.vendor.example/postcodes",
        params={"code": postcode, "key": os.environ["GEOCODER_API_KEY"]},  # ok: CN303 read in this service once
        timeout=10,
    )
    return reply.json()["district"]


def tax_rate(district: str, rates: dict[str, float]) -> float:
    return rates.get(district, 0.19)
