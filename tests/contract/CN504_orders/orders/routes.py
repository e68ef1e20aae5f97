from fastapi import APIRouter, Depends

from orders.security import get_active_user, get_current_user

router = APIRouter(prefix="/orders")


@router.get("")
def list_orders(user: str = Depends(get_current_user)) -> list[str]:
    return [user]


@router.post("")
def place_order(article: str, user: str = Depends(get_current_user)) -> str:
    return f"{user}: {article}"


@router.get("/{order}")
def get_order(order: int, user: str = Depends(get_current_user)) -> int:
    return order


@router.put("/{order}", dependencies=[Depends(get_current_user)])
def change_order(order: int) -> int:  # ok: CN504 in the decorator
    return order


@router.post("/{order}/pay")
def pay_order(order: int, user: str = Depends(get_active_user)) -> int:  # ok: CN504 through another dependency
    return order


@router.get("/{order}/notes", dependencies=[Depends(get_current_user)])
def notes(order: int) -> list[str]:
    return []


@router.delete("/{order}")
def delete_order(order: int) -> None:  # want: CN504
    print("deleted", order)


@router.get("/health")
def health() -> str:  # ok: CN504 a health route
    return "ok"
