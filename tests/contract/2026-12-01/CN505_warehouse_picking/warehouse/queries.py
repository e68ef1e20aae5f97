from sqlalchemy import select
from sqlalchemy.orm import Session

from warehouse.schema import Aisle, Badge, Bin, Pick, Picker


def bins_in(session: Session, letter: str) -> list[Bin]:
    statement = select(Bin).join(Aisle, Bin.aisle_id == Aisle.id).where(Aisle.letter == letter)
    return list(session.scalars(statement))


def picks_by(session: Session, picker: Picker) -> int:
    return len(session.scalars(select(Pick.id).where(Pick.picker_id == picker.id)).all())


def last_pick(session: Session, bin_id: int) -> Pick | None:
    return session.scalar(select(Pick).filter_by(bin_id=bin_id).order_by(Pick.picked_at.desc()).limit(1))


def wearer(session: Session, colour: str) -> list[int]:
    joined = select(Picker.id).join(Badge, Picker.badge_id == Badge.id)
    return list(session.scalars(joined.where(Badge.colour == colour)))


def at_home(pickers: list[Picker], aisle: Aisle) -> list[Picker]:
    return [picker for picker in pickers if picker.home_aisle_id == aisle.id]
