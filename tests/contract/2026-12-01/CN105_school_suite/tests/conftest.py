import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker

Classroom = sessionmaker(create_engine("sqlite://"))


@pytest.fixture
def classroom():
    desk = Classroom()
    desk.execute(text("create table mark (pupil text, value int)"))
    try:
        yield desk  # want: CN105
    except Exception:
        desk.rollback()
        raise
    desk.close()


@pytest.fixture
async def gradebook():
    engine = create_async_engine("sqlite+aiosqlite://")
    async with AsyncSession(engine) as book:
        yield book  # ok: CN105 async with
    await engine.dispose()


@pytest.fixture
def pupils():
    names = ["Ada", "Bert"]
    yield names  # ok: CN105 a list
    names.clear()
