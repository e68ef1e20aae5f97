from fastapi import APIRouter

router = APIRouter(prefix="/open")


@router.get("/hours")
def hours() -> str:  # ok: CN504 none of its router's routes has a dependency
    return "6-22"


@router.get("/prices")
def prices() -> dict[str, int]:
    return {"month": 30}
