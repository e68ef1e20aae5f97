import asyncio
import json


class ChatConsumer:
    """One websocket connection."""

    def __init__(self, transport, store):
        self.transport = transport
        self.store = store

    async def on_message(self, raw: str) -> None:
        message = json.loads(raw)
        if message["kind"] == "history":
            self._send_history(message["room"])
        else:
            await self.store.append(message["room"], message["text"])

    def _send_history(self, room: str) -> None:
        loop = asyncio.get_event_loop()
        entries = loop.run_until_complete(self.store.load(room))  # want: CN101
        for entry in entries:
            self.transport.write(json.dumps(entry))
