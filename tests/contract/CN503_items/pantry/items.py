from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from pantry.schemas import Item

router = APIRouter(prefix="/items")


@router.get("", response_model=list[Item])
def list_items():
    return [Item(name="flour", count=2)]


@router.get("/{name}", response_model=Item)
def get_item(name: str):
    return Item(name=name)


@router.post("", response_model=Item, status_code=201)
def add_item(item: Item):
    return item


@router.put("/{name}", response_model=Item)
def replace_item(name: str, item: Item):
    return item


@router.patch("/{name}", response_model=Item)
def change_item(name: str, count: int):
    return Item(name=name, count=count)


@router.get("/{name}/history")
def item_history(name: str):  # want: CN503
    return [{"name": name, "count": 1}]


@router.get("/export.csv")
def export_items():  # ok: CN503 a response of its own
    return StreamingResponse(iter(["name,count\n"]), media_type="text/csv")
