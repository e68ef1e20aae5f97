import aiohttp

_session: aiohttp.ClientSession | None = None


async def get_session() -> aiohttp.ClientSession:
    global _session
    if _session is None or _session.closed:
        _session = aiohttp.ClientSession()  # want: CN102
    return _session


async def forecast(town: str) -> dict:
    session = await get_session()
    async with session.get("https://api.weather.example/forecast", params={"town": town}) as answer:
        return await answer.json()
