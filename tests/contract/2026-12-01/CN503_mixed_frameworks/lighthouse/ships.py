from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(prefix="/ships")


class Ship(BaseModel):
    name: str
    draught: float


SHIPS = {"Alba": Ship(name="Alba", draught=3.2)}


@router.get("/")
def ships():  # ok: CN503 fewer than two thirds of the siblings have one
    return list(SHIPS)


@router.get("/{name}")
def ship(name: str) -> Ship:
    return SHIPS[name]


@router.get("/{name}/draught")
def draught(name: str):  # ok: CN503 fewer than two thirds of the siblings have one
    return SHIPS[name].draught


@router.get("/{name}/hailed")
def hailed(name: str):  # ok: CN503 fewer than two thirds of the siblings have one
    return {"hail": f"Ahoy, {name}!"}


@router.post("/")
def sight(new: Ship) -> bool:
    known = new.name in SHIPS
    SHIPS[new.name] = new
    return known
