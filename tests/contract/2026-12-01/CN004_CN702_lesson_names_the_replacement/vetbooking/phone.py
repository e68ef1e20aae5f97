from sqlalchemy.orm import Session

from vetbooking.slots import reserve_slot, take_slot


def by_phone(session: Session, slot_id: int, animal: str) -> str:
    if take_slot(session, slot_id, animal.title()):  # want: CN004
        return "booked"
    return "gone"


def by_letter(session: Session, slot_id: int, animal: str) -> str:
    return reserve_slot(session, slot_id, animal).animal or ""  # ok: CN004 the correct form


def describe(take_slot: bool) -> str:  # ok: CN004 a parameter of that name
    return "takes a slot" if take_slot else "waits"  # ok: CN004 a parameter of that name
