import time

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from bakery.routes import router

app = FastAPI(title="Bakery")
app.include_router(router)


@app.get("/ovens")
def ovens() -> list[str]:
    return ["stone", "deck"]


@app.get("/opening-hours", response_model=dict[str, str])
def opening_hours():
    return {"weekdays": "6-18", "saturday": "6-13"}


@app.get("/clock")
def clock() -> float:
    return time.time()


@app.get("/flour-left", response_model=int)
def flour_left():
    return 40


@app.get("/menu")
def menu():  # ok: CN503 a response object is returned
    return RedirectResponse("https://bakery.example/menu.pdf")


@app.get("/debug/threads", include_in_schema=False)
def threads():  # ok: CN503 not in the schema
    return {"cpu": time.process_time()}
