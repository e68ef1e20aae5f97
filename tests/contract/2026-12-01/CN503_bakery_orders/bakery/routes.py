from fastapi import APIRouter, status
from fastapi.responses import FileResponse
from pydantic import BaseModel

router = APIRouter(prefix="/orders", tags=["orders"])
_orders: dict[int, "Order"] = {}


class Order(BaseModel):
    number: int
    loaves: int
    note: str = ""


@router.get("/", response_model=list[Order])
async def list_orders():  # ok: CN503 response_model in the decorator
    return sorted(_orders.values(), key=lambda order: order.number)


@router.post("/", status_code=status.HTTP_201_CREATED)
async def place_order(order: Order) -> Order:  # ok: CN503 return annotation
    _orders[order.number] = order
    return order


@router.get("/{number}")
async def one_order(number: int) -> Order:
    return _orders[number]


@router.patch("/{number}")
async def change_note(number: int, note: str):  # want: CN503
    changed = _orders[number].model_copy(update={"note": note})
    _orders[number] = changed
    return changed


@router.get("/summary/loaves")
async def loaves_to_bake():  # want: CN503
    return {"loaves": sum(order.loaves for order in _orders.values())}


@router.put("/{number}/loaves", response_model=Order)
async def change_loaves(number: int, loaves: int):
    _orders[number].loaves = loaves
    return _orders[number]


@router.delete("/{number}", status_code=status.HTTP_204_NO_CONTENT)
async def cancel_order(number: int):  # ok: CN503 204 has no body
    _orders.pop(number, None)


@router.get("/{number}/label")
async def label(number: int):  # ok: CN503 a response object is returned
    return FileResponse(f"labels/{number}.pdf")


@router.get("/stats/shortest-note", response_model=str)
async def shortest_note():
    return min((order.note for order in _orders.values()), key=len)


@router.get("/stats/has-notes")
async def has_notes() -> bool:
    return any(order.note for order in _orders.values())
