from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("postgresql:///library")
SessionLocal = sessionmaker(bind=engine)
AsyncSessionLocal = async_sessionmaker(create_async_engine("postgresql+asyncpg:///library"))


def get_db():
    db = SessionLocal()
    try:
        yield db  # want: CN105
        db.commit()
    except Exception:
        db.rollback()
        db.close()
        raise


def get_session():
    with Session(engine) as session:
        yield session  # ok: CN105 with around the yield


@contextmanager
def unit_of_work():
    session = SessionLocal()
    yield session  # want: CN105
    session.commit()
    session.close()


@asynccontextmanager
async def reading():
    session = AsyncSessionLocal()
    try:
        yield session  # want: CN105
    finally:
        await session.commit()
        await session.close()


async def get_async_session():
    async with AsyncSessionLocal() as session:
        try:
            yield session  # ok: CN105 closed by async with
            await session.commit()
        except Exception:
            await session.rollback()
            raise
