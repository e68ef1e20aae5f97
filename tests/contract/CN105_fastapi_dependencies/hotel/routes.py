from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.orm import Session

from hotel.database import get_booking_db, get_db, get_reporting_db, get_scoped_db

router = APIRouter()


@router.get("/rooms")
def rooms(db: Session = Depends(get_db)) -> list[str]:
    return list(db.execute(text("select name from room")).scalars())


@router.get("/occupancy")
def occupancy(db: Session = Depends(get_reporting_db)) -> int:
    return db.execute(text("select count(*) from stay")).scalar_one()


@router.post("/bookings")
def book(room: int, db: Session = Depends(get_booking_db)) -> None:
    db.execute(text("insert into stay (room) values (:room)"), {"room": room})


@router.get("/guests")
def guests(db: Session = Depends(get_scoped_db)) -> list[str]:
    return list(db.execute(text("select name from guest")).scalars())
