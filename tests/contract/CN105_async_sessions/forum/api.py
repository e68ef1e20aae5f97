from fastapi import Depends, FastAPI

from forum.db import get_session, get_writing_session

app = FastAPI()


@app.get("/threads")
async def threads(session=Depends(get_session)) -> list[str]:
    return [row.title for row in await session.scalars("select title from thread")]


@app.post("/threads")
async def open_thread(title: str, session=Depends(get_writing_session)) -> None:
    session.add(title)
