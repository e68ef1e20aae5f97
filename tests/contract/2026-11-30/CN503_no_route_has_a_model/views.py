from fastapi import APIRouter

router = APIRouter()


@router.get("/a")
async def a():  # ok: CN503 no sibling has one
    return {}


@router.get("/b")
async def b():
    return {}


@router.get("/c")
async def c() -> dict:
    return {}
