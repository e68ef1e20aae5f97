from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://feeds@db/feeds")  # want: CN102


async def titles() -> list[str]:
    async with engine.connect() as connection:
        return list((await connection.execute(text("select title from feed"))).scalars())
