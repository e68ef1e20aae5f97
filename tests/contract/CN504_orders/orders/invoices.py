from fastapi import APIRouter, Depends

from orders.security import get_current_user

router = APIRouter(prefix="/invoices")


@router.get("")
def invoices(user: str = Depends(get_current_user)) -> list[str]:
    return []


@router.get("/{invoice}")
def invoice(invoice: int, user: str = Depends(get_current_user)) -> int:
    return invoice


@router.post("/{invoice}/remind")
def remind(invoice: int, user: str = Depends(get_current_user)) -> int:
    return invoice


@router.post("/{invoice}/archive")
def archive(invoice: int, user: str = Depends(get_current_user)) -> int:
    return invoice


@router.post("/{invoice}/void")
async def void(invoice: int) -> int:  # want: CN504
    return invoice


# canonry: public
@router.get("/terms")
def terms() -> str:  # ok: CN504 marked as public
    return "30 days"
