import asyncio


async def fetch_lines(account_id: int) -> list[str]:
    await asyncio.sleep(0)
    return [f"{account_id};opening;0"]


async def fetch_total(account_id: int) -> int:
    await asyncio.sleep(0)
    return account_id * 100


async def _entry_count(account_id: int) -> int:
    await asyncio.sleep(0.01)
    return account_id % 7


def balance_sheet_size(account_id: int) -> int:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_entry_count(account_id))  # ok: CN101 reached by run_in_threadpool only
    finally:
        loop.close()
