from fastapi import APIRouter, Depends

from notary.auth import clerk, current_user

router = APIRouter(prefix="/documents")


@router.get("/")
async def documents(user: str = Depends(current_user)) -> list[str]:
    return [user]


@router.get("/{number}")
async def document(number: int, user: str = Depends(current_user)) -> str:
    return f"{user} {number}"


@router.post("/{number}/seal")
async def seal(number: int, user: str = Depends(clerk)) -> str:  # ok: CN504 through another dependency
    return f"{user} {number}"


@router.delete("/{number}")
async def remove(number: int) -> None:  # want: CN504
    print("removed", number)


@router.get("/health")
async def health() -> str:  # ok: CN504 a health route
    return "well"


@router.post("/webhook")
async def webhook(body: dict) -> None:  # ok: CN504 a webhook
    print(body)


@router.get("/prices")
async def prices() -> list[int]:  # canonry: public
    return [10, 20]
