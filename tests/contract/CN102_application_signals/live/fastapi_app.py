import httpx
from fastapi import FastAPI

app = FastAPI()
client: httpx.AsyncClient | None = None


@app.on_event("startup")
async def open_client() -> None:
    global client
    client = httpx.AsyncClient(timeout=5)  # ok: CN102 startup


@app.on_event("shutdown")
async def close_client() -> None:
    await client.aclose()


@app.get("/score/{team}")
async def score(team: str) -> int:
    return (await client.get(f"https://scores.example/{team}")).json()
