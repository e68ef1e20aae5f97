from svc.common.retry import retry_async


async def jams(client, road: str) -> list:
    return await retry_async(lambda: client.get(f"/jams/{road}"), attempts=5)
