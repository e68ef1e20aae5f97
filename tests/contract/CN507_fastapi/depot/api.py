from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
parcels = APIRouter(prefix="/parcels")


@parcels.get("")
def list_parcels(town: str | None = None) -> list[str]:
    return []


@parcels.get("/{parcel}")
def get_parcel(parcel: int) -> int:
    return parcel


@parcels.post("/{parcel}/events")
def add_event(parcel: int, kind: str) -> str:
    return kind


app.include_router(parcels, prefix="/api/v1")
app.mount("/static", StaticFiles(directory="static"))
