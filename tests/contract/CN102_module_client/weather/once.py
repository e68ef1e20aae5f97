import httpx


async def alerts(region: str) -> list[dict]:
    async with httpx.AsyncClient() as client:  # ok: CN102 lives as long as the call
        answer = await client.get(f"https://api.weather.example/alerts/{region}")
    return answer.json()
