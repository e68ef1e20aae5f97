import random


class Source:
    async def read(self) -> int:
        return random.randrange(10)
