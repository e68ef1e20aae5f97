"""Sends campaigns through the mail provider."""
from __future__ import annotations

import os
from urllib.parse import urlencode

import requests

API = "https://api.mailer.example/v3"


def send_campaign(campaign_id: str, audience: str) -> str:
    reply = requests.post(
        f"{API}/campaigns/{campaign_id}/send",
        headers={"X-Api-Key": os.environ["MAILER_API_KEY"]},
        json={"audience": audience},
        timeout=20,
    )
    reply.raise_for_status()
    return reply.json()["job"]


def campaign_url(campaign_id: str, draft: bool = False) -> str:
    query = {"region": os.environ.get("MAILER_REGION", "eu")}  # ok: CN303 no secret
    if draft:
        query["draft"] = "1"
    return f"{API}/campaigns/{campaign_id}?" + urlencode(query)
