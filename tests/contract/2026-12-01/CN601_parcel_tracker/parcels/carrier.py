class Carrier:
    def __init__(self, transport) -> None:
        self.transport = transport

    def locate(self, code: str) -> str:
        answer = self.transport.fetch(code)
        return answer["place"].strip()

    async def announce(self, code: str) -> bool:
        return await self.transport.push(code)
