from __future__ import annotations

import os
from dataclasses import dataclass

import requests

from tracking.secrets import geocoder_key


@dataclass
class Position:
    truck: str
    lat: float
    lon: float


def current_position(truck: str) -> Position:
    token = os.environ["GPS_VENDOR_TOKEN"]  # want: CN303
    reply = requests.get(
        f"https://gps.vendor.example/trucks/{truck}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    body = reply.json()
    return Position(truck, body["lat"], body["lon"])


def street_of(position: Position) -> str:
    reply = requests.get(
        "https://geo.vendor.example/reverse",
        params={"lat": position.lat, "lon": position.lon, "key": geocoder_key()},  # ok: CN303 through the accessor
        timeout=10,
    )
    return reply.json()["street"]
