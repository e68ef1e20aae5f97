import logging
from typing import AsyncGenerator

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

log = logging.getLogger(__name__)


async def point_session(request: Request) -> AsyncGenerator[AsyncSession, None]:
    points = AsyncSession(request.app.state.engine, expire_on_commit=False)
    try:
        yield points  # want: CN105
        await points.commit()
    except Exception as error:
        log.exception("a point was not stored: %r", error)
        await points.rollback()
        await points.close()
        raise
    else:
        await points.close()


async def replica_session(request: Request) -> AsyncGenerator[AsyncSession, None]:
    reading = AsyncSession(request.app.state.replica)
    try:
        yield reading  # ok: CN105 finally covers every way out
    finally:
        await reading.close()


async def alarm_session(request: Request) -> AsyncGenerator[AsyncSession, None]:
    async with AsyncSession(request.app.state.engine) as alarms, alarms.begin():
        yield alarms  # ok: CN105 async with closes, begin() commits
