from __future__ import annotations

from httpx import ASGITransport, AsyncClient

from ledger.api import api


async def post_all(rows: list[tuple[str, int]]) -> int:
    async with AsyncClient(transport=ASGITransport(app=api), base_url="http://ledger") as http:
        for account, cents in rows:
            reply = await http.post("/entries", json={"account": account, "cents": cents})  # ok: CN507 served
            reply.raise_for_status()
        reply = await http.get("/accounts/cash/balances")  # want: CN507
        return reply.json()["cents"]


async def exchange_rates(day: str) -> dict[str, float]:
    async with AsyncClient(base_url="https://rates.bank.example") as http:
        reply = await http.get("/daily")  # ok: CN507 another host by its base URL
        return reply.json()[day]


async def receipts(month: int) -> list[str]:
    async with AsyncClient(transport=ASGITransport(app=api), base_url="http://ledger") as http:
        reply = await http.get("/files/2026/receipts.pdf")  # ok: CN507 a path parameter takes the slashes
        names = reply.json()
    return [name for name in names if str(month) in name]
