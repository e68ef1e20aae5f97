from __future__ import annotations

import typing as t

import fastapi
from pydantic import BaseModel

api = fastapi.FastAPI()


class Application(BaseModel):
    pupil: str
    grade: float
    accepted: bool | None = None


class Verdict(t.NamedTuple):
    accepted: int
    refused: int


INBOX: list[Application] = []


@api.post("/applications")
async def apply(application: Application) -> Application:
    INBOX.append(application)
    return application


@api.get("/applications", response_model=t.List[Application])
async def inbox(open_only: bool = False):
    return [item for item in INBOX if not open_only or item.accepted is None]


@api.post("/applications/{index}/accept")
async def accept(index: int):  # want: CN503
    INBOX[index].accepted = True
    return INBOX[index]


@api.get("/verdicts")
async def verdicts() -> Verdict:
    return Verdict(sum(a.accepted is True for a in INBOX), sum(a.accepted is False for a in INBOX))


@api.api_route("/average", methods=["GET", "HEAD"])
async def average():  # want: CN503
    return sum(item.grade for item in INBOX) / len(INBOX)


@api.delete("/applications", status_code=204)
async def wipe():  # ok: CN503 204
    INBOX.clear()


@api.get("/letter/{index}", response_model=None)
async def letter(index: int):  # ok: CN503 response_model=None is a decision
    return {"dear": INBOX[index].pupil}


@api.get("/pupils")
async def pupils() -> t.Any:  # ok: CN503 annotated, if loosely
    return {item.pupil for item in INBOX}


@api.get("/deadline")
async def deadline() -> str:
    return "31 March"


@api.get("/applications/{index}", response_model=Application)
async def show(index: int):
    return INBOX[index]


@api.middleware("http")
async def stamp(request: fastapi.Request, call_next):  # ok: CN503 no route
    response = await call_next(request)
    response.headers["X-Portal"] = "scholarship"
    return response


@api.exception_handler(IndexError)
async def no_such(request: fastapi.Request, problem: IndexError):  # ok: CN503 no route
    return fastapi.Response(status_code=404)


@api.get("/best")
async def best() -> Application | None:
    return max(INBOX, key=lambda item: item.grade, default=None)
