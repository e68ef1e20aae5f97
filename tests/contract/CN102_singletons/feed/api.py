from fastapi import FastAPI

from feed.cache import get_cache
from feed.upstream import upstream

app = FastAPI()
app.add_event_handler("startup", upstream.start)
app.add_event_handler("shutdown", upstream.stop)


@app.get("/feeds/{name}")
async def feed(name: str) -> dict:
    return {"latest": await get_cache().latest(name), "more": await upstream.more(name)}
