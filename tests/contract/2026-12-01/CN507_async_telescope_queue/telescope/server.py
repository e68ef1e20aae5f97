from fastapi import FastAPI

app = FastAPI(docs_url="/docs")
NIGHT: dict[str, list[str]] = {"m31": ["R", "G"]}


@app.get("/targets")
async def targets() -> list[str]:
    return list(NIGHT)


@app.put("/targets/{name}")
async def add_target(name: str, filters: str = "R") -> list[str]:
    NIGHT[name] = filters.split(",")
    return NIGHT[name]


@app.post("/targets/{name}/exposures")
async def expose(name: str, seconds: float) -> float:
    return seconds * len(NIGHT[name])


@app.websocket("/dome")
async def dome(socket) -> None:
    await socket.accept()
