from fastapi import FastAPI

app = FastAPI()


@app.get("/routes")
async def routes() -> list[str]:
    return []


@app.get("/routes/{name}/stops")
async def stops(name: str) -> list[str]:
    return [name]
