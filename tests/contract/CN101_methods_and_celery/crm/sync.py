import asyncio


class ContactSync:
    def __init__(self, api) -> None:
        self.api = api

    async def pull(self, since: str) -> list[dict]:
        page = await self.api.contacts(since)
        return page + self._load_rest(page[-1]["cursor"])

    def _load_rest(self, cursor: str) -> list[dict]:
        loop = asyncio.get_event_loop()
        return loop.run_until_complete(self.api.contacts_after(cursor))  # want: CN101 pull

    async def push(self, contacts: list[dict]) -> int:
        loop = asyncio.new_event_loop()
        return loop.run_until_complete(self.api.upload(contacts))  # want: CN101
