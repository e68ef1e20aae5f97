from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager

from fastapi import Request
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Session

arena_engine = create_engine("sqlite:///arena.db")


def match_session() -> Generator[Session, None, None]:
    session = Session(arena_engine)
    yield session  # want: CN105
    session.close()


async def ladder_session(request: Request) -> AsyncIterator[AsyncSession]:
    ladder = AsyncSession(request.app.state.ladder)
    try:
        yield ladder  # want: CN105
    except Exception:
        await ladder.rollback()
        await ladder.close()
        raise


def player_session() -> Iterator[Session]:
    with Session(arena_engine, autoflush=False) as player:
        yield player  # ok: CN105 with around the yield


@contextmanager
def season_reset(season: int) -> Iterator[Session]:
    reset = Session(arena_engine)
    reset.info["season"] = season
    try:
        yield reset  # want: CN105
    finally:
        reset.commit()
    reset.close()


@asynccontextmanager
async def replay_store(bind, readonly: bool) -> AsyncIterator[AsyncSession]:
    replays = AsyncSession(bind)
    try:
        replays.info["readonly"] = readonly
        yield replays  # ok: CN105 rolled back and closed in finally
    finally:
        await replays.rollback()
        await replays.close()
