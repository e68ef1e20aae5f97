import uuid
from contextlib import asynccontextmanager

from fastapi import FastAPI, WebSocket

from guide.sessions import SessionRegistry

registry = SessionRegistry()


@asynccontextmanager
async def lifespan(app: FastAPI):
    registry.create_session("front-desk", str(uuid.uuid4()))  # ok: CN501 once, when the application starts
    yield


app = FastAPI(lifespan=lifespan)


def note_room(badge: str, room: str) -> int:
    visit = registry.create_session(badge, session_id=str(uuid.uuid4()))  # want: CN501
    visit.rooms.append(room)
    return len(visit.rooms)


@app.websocket("/guide/{badge}")
async def guide_socket(websocket: WebSocket, badge: str) -> None:
    await websocket.accept()
    while True:
        frame = await websocket.receive_json()
        if frame["kind"] == "room":
            await websocket.send_json({"rooms": note_room(badge, frame["room"])})
        else:
            await websocket.send_json(registry.create_ticket(badge, request_id=uuid.uuid4().hex))  # ok: CN501 a request id, not a session id


@app.get("/visits/{badge}")
def visit_of(badge: str) -> dict[str, list[str]]:
    visit = registry.get_session(badge)
    return {"rooms": visit.rooms if visit else []}


@app.post("/lost/{badge}")
def report_lost(badge: str) -> dict[str, str]:
    current = registry.create_session(badge, f"session_{uuid.uuid4()}")  # want: CN501
    return {"session": current.session_id}
