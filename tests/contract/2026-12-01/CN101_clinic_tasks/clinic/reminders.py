import asyncio


async def pending_visits() -> list[int]:
    await asyncio.sleep(0)
    return [4, 8, 15]


async def send_sms(visit_id: int, text: str) -> None:
    await asyncio.sleep(0)
    print(visit_id, text)
