from typing import Any

import httpx


class TrackerApi:
    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def _send(self, method: str, path: str, **kwargs: Any) -> Any:
        reply = self._http.request(method, path, **kwargs)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def get(self, path: str, params: dict[str, Any] | None = None) -> Any:  # ok: CN001 a thin wrapper
        return self._send("GET", path, params=params)

    def post(self, path: str, body: dict[str, Any]) -> Any:  # ok: CN001 a thin wrapper
        return self._send("POST", path, json=body)

    def put(self, path: str, body: dict[str, Any]) -> Any:  # ok: CN001 a thin wrapper
        return self._send("PUT", path, json=body)

    def delete(self, path: str) -> None:  # ok: CN001 a thin wrapper
        self._send("DELETE", path)
