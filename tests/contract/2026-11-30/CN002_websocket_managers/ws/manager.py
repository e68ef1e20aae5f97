from fastapi import WebSocket


class WebSocketManager:
    def __init__(self):
        self.active: dict[str, WebSocket] = {}

    async def connect(self, user_id: str, socket: WebSocket) -> None:
        await socket.accept()
        self.active[user_id] = socket

    def disconnect(self, user_id: str) -> None:
        self.active.pop(user_id, None)

    async def send_to_user(self, user_id: str, message: dict) -> None:
        await self.active[user_id].send_json(message)

    async def broadcast(self, message: dict) -> None:
        for socket in self.active.values():
            await socket.send_json(message)
