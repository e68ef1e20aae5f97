import asyncio


class Broker:
    def __init__(self, name: str) -> None:
        self.name = name
        self.topics: dict[str, list[bytes]] = {}

    async def declare(self, topic: str) -> None:
        await asyncio.sleep(0)
        self.topics.setdefault(topic, [])

    async def publish(self, topic: str, body: bytes) -> int:
        await asyncio.sleep(0)
        self.topics[topic].append(body)
        return len(self.topics[topic])
