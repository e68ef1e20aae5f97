from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from apiary.tables import Breeder, Hive, Queen, Sting, Visit


def swarms_of(session: Session, hive: Hive) -> list[Hive]:
    return session.query(Hive).filter_by(mother_hive_id=hive.id).all()


def parish_of(session: Session, hive_number: int) -> str | None:
    queen = aliased(Queen)
    statement = (
        select(Breeder.parish)
        .join(Queen, Queen.breeder_id == Breeder.id)
        .join(Hive, Hive.queen_id == Queen.id)
        .where(Hive.id == hive_number)
    )
    return session.scalar(statement.where(~select(queen.id).where(queen.born > Queen.born).exists()))


def log_sting(session: Session, hive: Hive, victim: str) -> None:
    session.add(Sting(queen_id=hive.queen_id, victim=victim))


def weather(session: Session, hive: Hive) -> list[int]:
    return list(session.scalars(select(Visit.weather_code).where(Visit.hive_id == hive.id)))
