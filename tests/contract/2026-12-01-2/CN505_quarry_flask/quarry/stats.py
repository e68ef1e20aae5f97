"""Statistics of the quarry."""
from __future__ import annotations

from quarry.models import Clerk, Load, Truck, db


def tons_by_plate() -> dict[str, float]:
    rows = (
        db.session.query(Truck.plate, db.func.sum(Load.tons))
        .join(Load, Load.truck_id == Truck.id)
        .group_by(Truck.plate)
    )
    return {plate: total for plate, total in rows}


def loads_of_pit(pit_id: int) -> list[Load]:
    return Load.query.filter_by(pit_id=pit_id).order_by(Load.day).all()


def trucks_at(pit_id: int) -> list[Truck]:
    return Truck.query.filter(Truck.pit_id == pit_id).all()


def team_of(supervisor_id: int) -> int:
    return Clerk.query.filter_by(supervisor_id=supervisor_id).count()


def weigh(truck_id: int, tons: float, clerk_id: int, day) -> Load:
    load = Load(truck_id=truck_id, tons=tons, weighed_by=clerk_id, day=day)
    db.session.add(load)
    db.session.commit()
    return load
