from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://forum@db/forum")
session_factory = async_sessionmaker(engine, expire_on_commit=False)


async def get_session():
    async with session_factory() as session:
        yield session  # ok: CN105 async with around the yield


async def get_writing_session():
    session: AsyncSession = session_factory()
    try:
        yield session  # want: CN105
        await session.commit()
    except Exception:
        await session.rollback()
        await session.close()
        raise


@asynccontextmanager
async def transaction():
    session = session_factory()
    try:
        yield session  # want: CN105
    finally:
        await session.commit()
        await session.close()


@asynccontextmanager
async def careful_transaction():
    session = session_factory()
    try:
        yield session  # ok: CN105 rolled back on anything, closed in finally
        await session.commit()
    except BaseException:
        await session.rollback()
        raise
    finally:
        await session.close()
