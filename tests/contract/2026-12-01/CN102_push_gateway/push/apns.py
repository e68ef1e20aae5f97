import asyncio

import aiohttp

_session: aiohttp.ClientSession | None = None
_session_loop: asyncio.AbstractEventLoop | None = None


def apns_session() -> aiohttp.ClientSession:
    global _session, _session_loop
    loop = asyncio.get_running_loop()
    if _session is None or _session_loop is not loop:
        _session = aiohttp.ClientSession()  # ok: CN102 compared with the running loop
        _session_loop = loop
    return _session


async def notify_ios(token: str, badge: int) -> bool:
    async with apns_session().post("https://apns.example.com/3/device/" + token, json={"badge": badge}) as answer:
        return answer.status == 200


async def probe() -> bool:
    async with aiohttp.ClientSession() as short:  # ok: CN102 lives for one call
        async with short.get("https://apns.example.com/") as answer:
            return answer.ok
