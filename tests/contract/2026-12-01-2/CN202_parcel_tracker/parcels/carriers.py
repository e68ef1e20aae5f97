"""Clients of the carriers' tracking services."""
from __future__ import annotations

import logging
import traceback

import requests

from parcels.events import TrackingEvent

logger = logging.getLogger(__name__)


class CarrierUnavailable(Exception):
    """The carrier could not be asked."""


class PostnordCarrier:
    base_url = "https://api.postnord.example/v1"

    def __init__(self, session: requests.Session) -> None:
        self.session = session

    def track(self, number: str) -> list[TrackingEvent]:
        try:
            reply = self.session.get(f"{self.base_url}/shipments/{number}", timeout=10)
            reply.raise_for_status()
        except requests.RequestException as exc:
            logger.error(f"Tracking {number} failed: {exc}")  # want: CN202
            return []
        return [TrackingEvent.parse(item) for item in reply.json()["events"]]

    def label(self, number: str) -> bytes:
        try:
            reply = self.session.get(f"{self.base_url}/labels/{number}.pdf", timeout=30)
            reply.raise_for_status()
        except requests.RequestException as exc:
            logger.error("Label of %s not available: %s", number, exc)  # ok: CN202 raised again below
            raise CarrierUnavailable(number) from exc
        return reply.content

    def cancel(self, number: str) -> bool:
        try:
            self.session.delete(f"{self.base_url}/shipments/{number}", timeout=10)
        except requests.ConnectionError as exc:
            logger.critical("Cancelling %s: %s" % (number, str(exc)))  # want: CN202
            return False
        return True

    def pickup(self, address: dict) -> str | None:
        try:
            reply = self.session.post(f"{self.base_url}/pickups", json=address, timeout=10)
            return reply.json()["id"]
        except (requests.RequestException, KeyError) as exc:
            logger.error("No pickup at %s: %r", address.get("zip"), exc)  # ok: CN202 %r names the type
            return None

    def depots(self) -> list[dict]:
        try:
            return self.session.get(f"{self.base_url}/depots", timeout=10).json()
        except requests.RequestException as exc:
            logger.warning("Depots not read: %s", exc)  # ok: CN202 a warning, not an error
            return []

    def rates(self, country: str) -> dict:
        try:
            return self.session.get(f"{self.base_url}/rates/{country}", timeout=10).json()
        except ValueError:
            logger.error("Rates of %s: %s", country, traceback.format_exc())  # ok: CN202 the traceback is in it
            return {}
