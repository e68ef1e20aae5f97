from sqlalchemy import select
from sqlalchemy.orm import Session

from rangers.tables import Sighting


def rare(session: Session, limit: int) -> list[Sighting]:
    return list(session.scalars(select(Sighting).where(Sighting.count < limit)))
