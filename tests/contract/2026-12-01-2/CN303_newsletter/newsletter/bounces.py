from __future__ import annotations

import os

import requests


class BounceReader:
    """Reads the bounces of the last days."""

    def __init__(self, days: int) -> None:
        self.days = days
        self.key = os.getenv("MAILER_API_KEY")

    def read(self) -> list[str]:
        reply = requests.get(
            "https://api.mailer.example/v3/bounces",
            headers={"X-Api-Key": self.key or ""},
            params={"days": self.days, "region": os.environ.get("MAILER_REGION")},  # ok: CN303 no secret
            timeout=20,
        )
        return [row["address"] for row in reply.json()]


def unsubscribe_secret() -> bytes:
    return os.environ["UNSUBSCRIBE_SECRET"].encode()  # ok: CN303 read in one module only
