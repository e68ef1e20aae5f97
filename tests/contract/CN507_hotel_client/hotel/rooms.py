from fastapi import APIRouter

router = APIRouter(prefix="/rooms")


@router.get("/")
async def rooms() -> list[int]:
    return [1, 2]


@router.post("/{number}/bookings")
async def book(number: int, guest: str) -> dict:
    return {"room": number, "guest": guest}
