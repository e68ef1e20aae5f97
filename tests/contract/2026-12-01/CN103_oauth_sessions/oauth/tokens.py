import asyncio
import time

import httpx


class TokenSource:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self._token: str | None = None
        self._expires = 0.0
        self._keys: dict[str, str] | None = None
        self._key_lock = asyncio.Lock()
        self._refreshes = 0

    async def token(self) -> str:
        if not self._token:
            answer = await self.http.post("/oauth/token")
            self._token = answer.json()["access_token"]  # want: CN103
        return self._token

    async def signing_keys(self) -> dict[str, str]:
        if self._keys is None:
            async with self._key_lock:
                if self._keys is None:
                    answer = await self.http.get("/.well-known/jwks.json")
                    self._keys = answer.json()  # ok: CN103 checked again under the lock
        return self._keys

    async def refresh(self) -> None:
        answer = await self.http.post("/oauth/refresh")
        self._expires = time.monotonic() + answer.json()["expires_in"]  # ok: CN103 no reading before
        self._refreshes += 1  # ok: CN103 one step on the loop

    async def revoke(self) -> None:
        doomed, self._token = self._token, None  # ok: CN103 swapped before the await
        await self.http.post("/oauth/revoke", json={"token": doomed})


class Introspector:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.checked = 0
        self.active = 0

    async def introspect(self, ids: list[str]) -> int:
        seen = self.checked
        for one in ids:
            answer = await self.http.get(f"/introspect/{one}")
            seen += int(answer.json()["active"])
        self.checked = seen  # want: CN103
        return seen

    async def enter(self) -> None:
        self.active += 1  # ok: CN103 a plain step
        await asyncio.sleep(0)
        self.active -= 1  # ok: CN103 a plain step
