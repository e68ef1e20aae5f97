from os import getenv

import httpx


async def pay_out(iban: str, cents: int) -> bool:
    async with httpx.AsyncClient(auth=(getenv("PSP_SECRET_KEY"), "")) as client:
        region = getenv("PSP_REGION", "eu")  # ok: CN303 no secret
        answer = await client.put(f"https://psp.example.com/{region}/payouts/{iban}", json={"amount": cents})
    return answer.is_success
