import fastapi
from pydantic import BaseModel

application = fastapi.FastAPI(title="notes")


class Note(BaseModel):
    text: str


@application.get("/notes", response_model=list[Note])
def notes():
    return []


@application.post("/notes")
def add(note: Note) -> Note:
    return note


@application.get("/notes/{number}")
def note(number: int) -> Note:
    return Note(text=str(number))


@application.patch("/notes/{number}")
def change(number: int, note: Note):  # want: CN503
    stored = note.model_dump()
    stored["number"] = number
    return stored
