import json
import logging
from urllib import request
from urllib.error import URLError

_logger = logging.getLogger(__name__)


class CalendarError(Exception):
    """The calendar server refused or was not reached."""


class CalendarClient:
    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")

    def _call(self, method: str, path: str, body: dict | None = None) -> bytes:
        data = json.dumps(body).encode() if body is not None else None
        req = request.Request(f"{self.root}/{path}", data=data, method=method)
        try:
            with request.urlopen(req, timeout=20) as reply:
                return reply.read()
        except URLError as reason:
            _logger.error(f"{method} {path}: {reason!r}")  # ok: CN202 !r names the type
            raise CalendarError(str(reason)) from reason

    def put(self, item: dict) -> None:
        self._call("PUT", f"items/{item['id']}", item)

    def delete(self, item_id: str) -> None:
        self._call("DELETE", f"items/{item_id}")

    def list_day(self, day: str) -> list[dict]:
        raw = self._call("GET", f"days/{day}")
        try:
            return json.loads(raw)
        except json.JSONDecodeError as reason:
            _logger.error("Bad reply for %s: %s", day, reason)  # want: CN202
        return []
