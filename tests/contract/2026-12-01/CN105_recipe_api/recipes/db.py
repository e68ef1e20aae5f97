from typing import AsyncIterator, Iterator

from fastapi import Request
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("sqlite:///recipes.db")
SessionLocal = sessionmaker(bind=engine, expire_on_commit=False)


def get_db() -> Iterator[Session]:
    db = SessionLocal()
    try:
        yield db  # want: CN105
    except Exception:
        db.rollback()
        raise
    db.close()


async def get_menu_db(request: Request) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(request.app.state.menu_engine) as session:
        yield session  # ok: CN105 async with around the yield
