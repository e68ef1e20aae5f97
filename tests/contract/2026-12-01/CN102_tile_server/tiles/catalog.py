from functools import lru_cache

from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://catalog/tiles")  # want: CN102
offline_engine = create_engine("postgresql://catalog/tiles")  # ok: CN102 the sync engine


class Legend:
    def __init__(self) -> None:
        self.colours = {"water": "#00f", "forest": "#0a0"}  # ok: CN102 a singleton without a resource of a loop

    def colour(self, kind: str) -> str:
        return self.colours[kind]


@lru_cache
def legend() -> Legend:
    return Legend()


async def layer_names() -> list[str]:
    async with engine.connect() as connection:
        rows = await connection.execute(text("select name from layer"))
        return [row.name for row in rows]


def layer_count() -> int:
    with offline_engine.connect() as connection:
        return connection.execute(text("select count(*) from layer")).scalar_one()
