"""Routes of the bakery's order book."""
from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, status
from fastapi.responses import RedirectResponse, StreamingResponse

from bakery import book
from bakery.schemas import Order, OrderIn

router = APIRouter(prefix="/orders", tags=["orders"])
pages = APIRouter(prefix="/pages")


@router.get("/", response_model=list[Order])
async def list_orders():
    return book.all_orders()


@router.get("/latest", response_model=Order)
async def latest_order():
    return book.all_orders()[-1]


@router.get("/unbaked", response_model=list[Order])
async def unbaked_orders():
    return [order for order in book.all_orders() if not order.baked]


@router.get("/loaves", response_model=dict[str, int])
async def loaf_counts():
    return Counter(order.loaf for order in book.all_orders())


@router.get("/no/{number}")
async def read_order(number: int) -> Order:  # ok: CN503 the annotation says it
    return book.find(number)


@router.post("/", response_model=Order, status_code=status.HTTP_201_CREATED)
async def place_order(order: OrderIn):
    return book.add(order)


@router.patch("/no/{number}")
async def change_order(number: int, order: OrderIn):  # want: CN503
    return book.replace(number, order)


@router.delete("/no/{number}", status_code=204)
async def cancel_order(number: int):  # ok: CN503 204 has no body
    book.remove(number)


@router.get("/export.csv", response_class=StreamingResponse)
async def export_orders():  # ok: CN503 a stream
    return StreamingResponse(book.csv_lines(), media_type="text/csv")


@router.get("/debug", include_in_schema=False)
async def dump_orders():  # ok: CN503 not in the schema
    return {"orders": len(book.all_orders())}


@pages.get("/today")
async def today():  # ok: CN503 no sibling of this router has one
    return {"date": book.today()}


@pages.get("/menu")
async def menu():  # ok: CN503 no sibling of this router has one
    return {"items": ["rye", "spelt"]}


@pages.get("/shop")
async def shop():  # ok: CN503 no sibling of this router has one
    return RedirectResponse("/pages/menu")
