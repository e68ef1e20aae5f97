from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

sailings = APIRouter(prefix="/sailings")
cabins = APIRouter()


@sailings.get("/")
def all_sailings() -> list[str]:
    return ["Oban-Barra"]


@sailings.post("/{code}/bookings", status_code=201)
def book(code: str, seats: int = 1) -> dict[str, int]:
    return {code: seats}


@sailings.get("/{code}/bookings/{number}")
def booking(code: str, number: int) -> str:
    return f"{code}-{number}"


@cabins.get("/free")
def free_cabins(deck: int = 1) -> int:
    return 12 - deck


@cabins.get("/plans/{path:path}")
def plan(path: str) -> str:
    return path


app = FastAPI()
app.include_router(sailings, prefix="/api/v1")
app.include_router(cabins, prefix="/api/v1/cabins")
app.mount("/static", StaticFiles(directory="static"), name="static")
