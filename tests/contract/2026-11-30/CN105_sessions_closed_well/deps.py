from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

engine = None
factory = async_sessionmaker(engine)
SessionLocal = sessionmaker()


async def get_session():  # ok: CN105 look-alikes
    async with factory() as session:
        yield session


async def get_transaction():
    async with factory() as session, session.begin():
        try:
            yield session
        except Exception:
            await session.rollback()
            raise


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


@contextmanager
def scope():
    session = SessionLocal()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def iterate_rows(cursor):
    row = cursor.fetchone()
    while row is not None:
        yield row
        row = cursor.fetchone()
