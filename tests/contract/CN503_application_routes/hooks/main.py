from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Event(BaseModel):
    kind: str
    at: float


@app.get("/events", response_model=list[Event])
async def events():
    return [Event(kind="start", at=0)]


@app.get("/events/latest", response_model=Event)
async def latest():
    return Event(kind="start", at=0)


@app.get("/events/count", response_model=int)
async def count():
    return 1


@app.post("/events", response_model=Event)
async def post_event(event: Event):
    return event


@app.delete("/events")
async def clear():  # want: CN503
    return {"cleared": True}


@app.get("/internal/state", include_in_schema=False)
async def state():  # ok: CN503 not in the schema
    return {"events": 1}
