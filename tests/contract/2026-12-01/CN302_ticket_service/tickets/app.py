from fastapi import FastAPI

from tickets import config

app = FastAPI(title="tickets")


@app.get("/version")
async def version() -> dict[str, str]:
    return {"level": config.LOG_LEVEL, "port": str(config.LISTEN_PORT)}
