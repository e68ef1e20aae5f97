from fastapi import FastAPI, Response, WebSocket

from gym.classes import ClassRow, TrainerRow, find_class, find_trainer, list_classes

app = FastAPI(title="Gym")


@app.get("/classes", response_model=list[ClassRow])
def classes(day: str | None = None):
    return list_classes(day)


@app.get("/classes/{name}", response_model=ClassRow)
def class_detail(name: str):
    return find_class(name)


@app.get("/trainers/{name}", response_model=TrainerRow)
def trainer_detail(name: str):
    return find_trainer(name)


@app.get("/classes/{name}/calendar")
def class_calendar(name: str) -> Response:  # ok: CN503 a Response
    row = find_class(name)
    text = f"BEGIN:VEVENT\nSUMMARY:{row.name}\nLOCATION:{row.room}\nEND:VEVENT\n"
    return Response(text, media_type="text/calendar")


@app.post("/classes/{name}/book")
def book_class(name: str, member: str):  # want: CN503
    row = find_class(name)
    if member not in row.members:
        row.members.append(member)
    return {"name": row.name, "free": row.free}


@app.websocket("/classes/{name}/live")
async def live(socket: WebSocket, name: str):  # ok: CN503 a websocket has no response model
    await socket.accept()
    await socket.send_json({"free": find_class(name).free})
    await socket.close()


@app.on_event("startup")
async def warm_up():  # ok: CN503 not a route
    list_classes(None)
