from fastapi import FastAPI, WebSocket

from ws.manager import WebSocketManager

app = FastAPI()
sockets = WebSocketManager()


@app.websocket("/ws/{user_id}")
async def endpoint(websocket: WebSocket, user_id: str):
    await sockets.connect(user_id, websocket)
