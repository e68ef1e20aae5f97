from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from hotel.rooms import router

app = FastAPI()
app.include_router(router, prefix="/api")
app.mount("/static", StaticFiles(directory="static"))


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "well"}
