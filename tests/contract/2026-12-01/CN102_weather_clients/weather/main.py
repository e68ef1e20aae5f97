from contextlib import asynccontextmanager
from typing import AsyncIterator

import httpx
from fastapi import FastAPI, Request

from weather import clients


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.radar = httpx.AsyncClient(base_url="https://radar.example.com")  # ok: CN102 opened and closed by the lifespan
    yield
    await app.state.radar.aclose()


app = FastAPI(lifespan=lifespan)


@app.get("/forecast/{city}")
async def read_forecast(city: str) -> dict:
    return await clients.forecast(city)


@app.get("/radar/{tile}")
async def read_tile(tile: str, request: Request) -> dict:
    answer = await request.app.state.radar.get(f"/tiles/{tile}")
    return {"bytes": len(answer.content)}
