from fastapi import APIRouter

from pantry.schemas import Shelf

router = APIRouter(prefix="/shelves")


@router.get("")
def shelves() -> list[Shelf]:
    return [Shelf(name="left")]


@router.get("/{name}")
def shelf(name: str) -> Shelf:
    return Shelf(name=name)


@router.post("")
def add_shelf(shelf: Shelf) -> Shelf:
    return shelf


@router.put("/{name}")
def rename_shelf(name: str, shelf: Shelf) -> Shelf:
    return shelf


@router.get("/{name}/items")
async def items_of_shelf(name: str):  # want: CN503
    return {"shelf": name, "items": []}


@router.delete("/{name}", status_code=204)
def delete_shelf(name: str):  # ok: CN503 no content
    print("deleted", name)
