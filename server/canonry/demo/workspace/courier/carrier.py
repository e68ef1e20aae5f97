"""The carrier's HTTP interface."""

from __future__ import annotations

import json
import urllib.request
from datetime import datetime
from typing import Any

from courier.config import Config
from courier.dates import parse_timestamp
from courier.retry import call_with_retry


class CarrierClient:
    """Asks the carrier about parcels."""

    def __init__(self, config: Config) -> None:
        self.base = config.carrier_url.rstrip("/")
        self.timeout = config.timeout

    def fetch_json(self, path: str) -> Any:
        """The answer to a GET request; tried again where the carrier is busy."""
        request = urllib.request.Request(f"{self.base}/{path}", headers={"Accept": "application/json"})

        def call() -> Any:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return json.load(response)

        return call_with_retry(call)

    def delivered_at(self, parcel: str) -> datetime | None:
        """When a parcel was handed over; None while it is on its way."""
        for event in self.fetch_json(f"parcels/{parcel}/events"):
            if event["kind"] == "delivered":
                return parse_timestamp(event["time"])
        return None
