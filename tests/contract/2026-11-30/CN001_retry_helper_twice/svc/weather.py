from svc.common.retry import retry_async


async def forecast(client, city: str) -> dict:
    return await retry_async(lambda: client.get(f"/forecast/{city}"))
