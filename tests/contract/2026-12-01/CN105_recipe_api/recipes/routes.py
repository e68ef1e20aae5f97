from time import perf_counter
from typing import Annotated, Iterator

from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from recipes.db import get_db, get_menu_db

router = APIRouter()


@router.get("/recipes/{name}")
def read_recipe(name: str, db: Annotated[Session, Depends(get_db)]) -> list[str]:
    rows = db.execute(text("select step from step where recipe = :name"), {"name": name})
    return [row.step for row in rows]


@router.get("/menus/today")
async def todays_menu(session: AsyncSession = Depends(get_menu_db)) -> list[str]:
    dishes = await session.scalars(text("select dish from menu where day = current_date"))
    return list(dishes)


def stopwatch() -> Iterator[float]:
    began = perf_counter()
    yield began  # ok: CN105 no session
    print("took", perf_counter() - began)


@router.get("/units")
def units(began: Annotated[float, Depends(stopwatch)]) -> dict[str, float]:
    return {"g": 1.0, "kg": 1000.0, "at": began}
