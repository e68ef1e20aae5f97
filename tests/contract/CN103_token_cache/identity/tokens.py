import time

import httpx


class TokenSource:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._token: str | None = None
        self._expires = 0.0
        self._renewals = 0

    async def token(self) -> str:
        if self._token is None:
            answer = await self._client.post("/token")
            self._token = answer.json()["access_token"]  # want: CN103
        return self._token

    async def renew(self) -> None:
        renewals = self._renewals
        answer = await self._client.post("/token", params={"try": renewals})
        self._renewals = renewals + 1  # want: CN103
        answer.raise_for_status()

    def reset(self) -> None:
        if self._token is not None:
            self._token = None  # ok: CN103 no coroutine
        self._expires = time.monotonic()
