"""Queries of the concert calendar."""
from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, contains_eager
from sqlalchemy.orm import joinedload as eager

from concerts.models import Concert, Venue


class ConcertCalendar:
    def __init__(self, session: Session) -> None:
        self.session = session

    def posters(self, band: str) -> list[str]:
        concerts = self.session.query(Concert).filter_by(band=band).all()
        posters = []
        for number, concert in enumerate(concerts, start=1):
            posters.append(f"{number}. {concert.band}, {concert.venue.city}")  # want: CN502
        return posters

    def in_city(self, city: str) -> list[str]:
        query = (
            self.session.query(Concert)
            .join(Concert.venue)
            .options(contains_eager(Concert.venue))
            .filter(Venue.city == city)
        )
        return [f"{concert.band} @ {concert.venue.city}" for concert in query]  # ok: CN502 contains_eager

    def seats(self) -> int:
        return sum(concert.seats for concert in self.session.query(Concert))  # ok: CN502 a plain column


async def cities(session: AsyncSession) -> set[str]:
    result = await session.execute(select(Concert).options(eager(Concert.venue)))
    found = set()
    for concert in result.scalars():
        found.add(concert.venue.city)  # ok: CN502 eager under an alias
    return found


async def sizes(session: AsyncSession) -> dict[str, int]:
    result = await session.scalars(select(Venue))
    sizes = {}
    for venue in result.all():
        sizes[venue.city] = sum(concert.seats for concert in venue.concerts)  # want: CN502
    return sizes
