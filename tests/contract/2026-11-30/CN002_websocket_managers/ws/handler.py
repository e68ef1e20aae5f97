class NewWebSocketHandler:
    """Keeps the sockets of all users."""

    def __init__(self, heartbeat=30):
        self.heartbeat = heartbeat
        self.sockets = {}

    async def connect(self, user_id, socket):
        await socket.accept()
        self.sockets.setdefault(user_id, []).append(socket)

    def disconnect(self, user_id):
        self.sockets.pop(user_id, None)

    async def send_to_user(self, user_id, message):
        for socket in self.sockets.get(user_id, ()):
            await socket.send_json(message)

    async def broadcast(self, message):
        for sockets in self.sockets.values():
            for socket in sockets:
                await socket.send_json(message)
