from sqlalchemy import select, update
from sqlalchemy.orm import Session

from vetbooking.models import Slot


def take_slot(session: Session, slot_id: int, animal: str) -> bool:  # want: CN004
    changed = session.execute(update(Slot).where(Slot.id == slot_id).values(animal=animal))
    return changed.rowcount == 1


def reserve_slot(session: Session, slot_id: int, animal: str) -> Slot:
    slot = session.scalars(select(Slot).where(Slot.id == slot_id).with_for_update()).one()
    if slot.animal is not None:
        raise ValueError(f"slot {slot_id} is taken")
    slot.animal = animal
    return slot
