from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
app.mount("/static", StaticFiles(directory="static"), name="static")


@app.get("/quotes/{name}")
def quotes(name: str) -> dict:  # ok: CN507 external host, unknown base, mounted
    return {}
