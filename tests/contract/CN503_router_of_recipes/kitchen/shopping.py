from fastapi import APIRouter

router = APIRouter(prefix="/shopping")


@router.get("/")
async def everything():  # ok: CN503 none of its siblings has one
    return ["salt"]


@router.post("/")
async def buy(article: str):  # ok: CN503 none of its siblings has one
    return {"bought": article}
