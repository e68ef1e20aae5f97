from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rangers.tables import Sighting


def census(session: Session) -> dict[str, int]:
    query = select(Sighting.species, func.sum(Sighting.count)).group_by(Sighting.species)
    return {species: total for species, total in session.execute(query)}
