import httpx


class Api:
    def __init__(self) -> None:
        self.base = "https://crm.example.com"

    async def contacts(self, since: str) -> list[dict]:
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self.base}/contacts", params={"since": since})).json()

    async def contacts_after(self, cursor: str) -> list[dict]:
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self.base}/contacts/{cursor}")).json()

    async def upload(self, contacts: list[dict]) -> int:
        async with httpx.AsyncClient() as client:
            return (await client.post(f"{self.base}/contacts", json=contacts)).status_code
