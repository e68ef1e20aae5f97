from fastapi import APIRouter

router = APIRouter()


@router.post("/relay")
async def relay(body: dict):  # ok: CN503 most of its siblings have none either
    return body


@router.get("/relay")
async def relays():  # ok: CN503
    return []


@router.get("/relay/size")
async def size() -> int:
    return 0
