"""Tide tables. Two routers: the public one is typed, the raw one hands numbers through."""
import datetime as dt
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel


class Tide(BaseModel):
    at: dt.datetime
    metres: float


public = APIRouter(prefix="/tides")
raw = APIRouter(prefix="/raw")
TABLE: dict[str, list[Tide]] = {}


@public.get("/{port}")
def tides_of(port: str) -> list[Tide]:
    return TABLE[port]


@public.get("/{port}/next", response_model=Tide | None)
def next_tide(port: str):
    now = dt.datetime.now(dt.UTC)
    return next((tide for tide in TABLE[port] if tide.at > now), None)


@public.get("/{port}/highest")
def highest(port: str) -> Tide:
    return max(TABLE[port], key=lambda tide: tide.metres)


@public.get("/{port}/range")
def tidal_range(port: str, days: Annotated[int, Query(ge=1)] = 1):  # want: CN503
    heights = [tide.metres for tide in TABLE[port][: days * 4]]
    return {"from": min(heights), "to": max(heights)}


@public.get("/{port}/lowest")
def lowest(port: str) -> float:
    return min(tide.metres for tide in TABLE[port])


@public.get("/{port}/hours", response_model=set[int])
def hours(port: str):
    return {tide.at.hour for tide in TABLE[port]}


@public.get("/{port}/known")
def known(port: str) -> bool:
    return port in TABLE


@public.get("/{port}/csv")
def as_csv(port: str):  # ok: CN503 a stream is returned
    def rows() -> Iterator[str]:
        for tide in TABLE[port]:
            yield f"{tide.at.isoformat()},{tide.metres}\n"

    return StreamingResponse(rows(), media_type="text/csv")


@public.get("/{port}/page", response_class=HTMLResponse)
def as_page(port: str):  # ok: CN503 the response class says what it is
    return HTMLResponse(f"<h1>{port}</h1><p>{len(TABLE[port])} tides</p>")


@public.get("/{port}/cached")
def cached(port: str):  # ok: CN503 a response object, by way of a name
    answer = JSONResponse([tide.metres for tide in TABLE[port]])
    answer.headers["Cache-Control"] = "max-age=600"
    return answer


@raw.get("/ports")
def ports():  # ok: CN503 no route of this router has one
    return list(TABLE)


@raw.get("/count/{port}")
def count(port: str):  # ok: CN503 no route of this router has one
    return len(TABLE[port])


@raw.get("/first/{port}")
def first_height(port: str):  # ok: CN503 no route of this router has one
    return TABLE[port][0].metres


app = FastAPI()
app.include_router(public)
app.include_router(raw)


@app.websocket("/live/{port}")
async def live(websocket: WebSocket, port: str):  # ok: CN503 a web socket has no response model
    await websocket.accept()
    await websocket.send_json({"port": port})


@app.get("/version")
def version() -> str:
    return "2026.2"


@app.get("/datum", response_model=str)
def datum():
    return "lowest astronomical tide"
