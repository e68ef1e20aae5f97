from fastapi import APIRouter, Depends

from library.db import get_async_session, get_db

router = APIRouter()


@router.get("/books")
def books(db=Depends(get_db)) -> list[str]:
    return db.scalars("select title from books").all()


@router.get("/loans")
async def loans(session=Depends(get_async_session)) -> list[str]:
    return list(await session.scalars("select book from loans"))
