"""Exchange of seed lists with other banks."""
from __future__ import annotations

import requests


def partner_list(url: str) -> list[str]:
    reply = requests.get(url, verify=False)  # want: CN703
    reply.raise_for_status()
    return reply.json()["species"]


def partner_logo(url: str) -> bytes:
    """Never written as ``requests.get(url, verify=False)``."""
    reply = requests.get(url, timeout=10)  # ok: CN703 the good form
    return reply.content


def announce(url: str, species: list[str]) -> int:
    reply = requests.post(url, json={"species": species}, timeout=10)  # ok: CN703 another call
    return reply.status_code


class Loader:
    """Loads lists; has nothing to do with YAML."""

    def load(self, stream) -> list[str]:
        return [line.strip() for line in stream if line.strip()]
