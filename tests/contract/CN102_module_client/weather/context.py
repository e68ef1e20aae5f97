from contextvars import ContextVar

import httpx

_client: ContextVar[httpx.AsyncClient] = ContextVar("client")


def use_client() -> httpx.AsyncClient:
    try:
        return _client.get()
    except LookupError:
        client = httpx.AsyncClient(timeout=10)
        _client.set(client)  # ok: CN102 each context has its own
        return client
