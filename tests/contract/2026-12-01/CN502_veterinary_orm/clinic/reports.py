from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from clinic.models import Owner, Pet


def waiting_room(session: Session) -> Iterator[str]:
    for pet in session.scalars(select(Pet).order_by(Pet.name)):
        yield f"{pet.name} with {pet.owner.name}"  # want: CN502


def herd_sizes(session: Session) -> dict[str, int]:
    sizes: dict[str, int] = {}
    owners = session.execute(select(Owner)).scalars().all()
    for owner in owners:
        sizes[owner.name] = len(owner.pets)  # want: CN502
    return sizes


def collar_labels(session: Session) -> list[str]:
    pets = session.scalars(select(Pet).options(joinedload(Pet.owner))).all()
    return [f"{pet.name}/{pet.owner.name}" for pet in pets]  # ok: CN502 joinedload on the query


def reminder_names(session: Session) -> set[str]:
    query = select(Owner).where(Owner.name != "").options(selectinload(Owner.pets))
    names = set()
    for owner in session.scalars(query):
        names.update(pet.name for pet in owner.pets)  # ok: CN502 selectinload on the query
    return names


def debts(session: Session) -> int:
    total = 0
    for owner in session.scalars(select(Owner)):
        total += sum(bill.cents for bill in owner.invoices)  # ok: CN502 lazy="selectin" in the model
    return total


def owner_numbers(session: Session) -> list[int]:
    return [pet.owner_id for pet in session.scalars(select(Pet))]  # ok: CN502 a column


def card(session: Session, number: int) -> str:
    pet = session.get_one(Pet, number)
    return f"{pet.name}: {pet.owner.name}"  # ok: CN502 one row, no loop
