from fastapi import APIRouter, Response
from pydantic import BaseModel

polls = APIRouter(prefix="/polls")
votes = APIRouter(prefix="/votes")


class Poll(BaseModel):
    question: str


@polls.get("", response_model=list[Poll])
def list_polls():
    return []


@polls.get("/{poll}", response_model=Poll)
def get_poll(poll: int):
    return Poll(question="?")


@polls.post("", response_model=Poll)
def open_poll(poll: Poll):
    return poll


@polls.post("/{poll}/close", response_model=Poll)
def close_poll(poll: int):
    return Poll(question="closed")


@polls.get("/{poll}/result")
def result(poll: int):  # want: CN503
    return {"yes": 1, "no": 0}


@polls.get("/{poll}/chart")
def chart(poll: int):  # ok: CN503 a Response
    return Response(b"", media_type="image/png")


@votes.post("")
def vote(poll: int, yes: bool):  # ok: CN503 one sibling is not enough
    return {"poll": poll, "yes": yes}


@votes.get("/{vote}", response_model=bool)
def get_vote(vote: int):
    return True
