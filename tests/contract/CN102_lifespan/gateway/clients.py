import httpx

http_client: httpx.AsyncClient | None = None


async def open_client() -> None:
    global http_client
    http_client = httpx.AsyncClient(base_url="https://backend.example")  # ok: CN102 closed at shutdown


async def close_client() -> None:
    if http_client is not None:
        await http_client.aclose()
