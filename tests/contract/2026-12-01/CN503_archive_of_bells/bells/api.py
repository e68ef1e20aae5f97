import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Body, FastAPI, Path
from pydantic import BaseModel, Field


class Bell(BaseModel):
    tower: str
    kilograms: float = Field(gt=0)
    cast_in: int


class BellBook:
    def __init__(self) -> None:
        self.bells: dict[int, Bell] = {}
        self.router = APIRouter()


book = BellBook()
bells = APIRouter(prefix="/bells")


@bells.get("")
async def index() -> dict[int, Bell]:
    return book.bells


@bells.get("/{number}", response_model=Bell, response_model_exclude_unset=True)
async def read(number: int):
    return book.bells[number]


@bells.post("", response_model=int)
async def cast(bell: Bell):
    number = len(book.bells) + 1
    book.bells[number] = bell
    return number


@bells.get("/by-tower/{tower}")
async def by_tower(tower: str) -> list[Bell]:
    return [bell for bell in book.bells.values() if bell.tower == tower]


@bells.get("/oldest/year")
async def oldest() -> int | None:
    return min((bell.cast_in for bell in book.bells.values()), default=None)


@bells.get("/heaviest/one", response_model=Bell)
async def heaviest():
    return max(book.bells.values(), key=lambda bell: bell.kilograms)


@bells.get("/towers/all")
async def towers() -> set[str]:
    return {bell.tower for bell in book.bells.values()}


@bells.put(
    "/{number}/tower",
    summary="Hang a bell in another tower",
)
async def hang(number: Annotated[int, Path(ge=1)], tower: Annotated[str, Body()]):  # want: CN503
    book.bells[number].tower = tower
    return book.bells[number]


@bells.get("/{number}/age")
@bells.get("/{number}/years", tags=["age"])
async def age(number: int):  # want: CN503
    return dt.date.today().year - book.bells[number].cast_in


@bells.post("/{number}/ring")
async def ring(number: int, strokes: int = 1):  # want: CN503
    async def stroke(index: int):  # ok: CN503 a function within the route
        return f"{index}: dong"

    return [await stroke(index) for index in range(strokes)]


@bells.delete("/{number}")
async def melt(number: int) -> None:  # ok: CN503 annotated with None
    del book.bells[number]


app = FastAPI()
app.include_router(bells)
