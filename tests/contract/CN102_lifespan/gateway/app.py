from contextlib import asynccontextmanager

from fastapi import FastAPI

from gateway import clients
from gateway.limits import limiter


@asynccontextmanager
async def lifespan(app: FastAPI):
    await clients.open_client()
    yield
    await clients.close_client()


app = FastAPI(lifespan=lifespan)


@app.get("/quote/{symbol}")
async def quote(symbol: str) -> dict:
    await limiter.wait()
    return (await clients.http_client.get(f"/quotes/{symbol}")).json()
