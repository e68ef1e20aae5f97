from fastapi import APIRouter, status
from fastapi.responses import StreamingResponse

from api.schemas import Owner, Pet

router = APIRouter(prefix="/pets", tags=["pets"])


@router.get("/", response_model=list[Pet])
async def list_pets():
    return []


@router.get("/{pet_id}", response_model=Pet)
async def get_pet(pet_id: int):
    return Pet(id=pet_id, name="x")


@router.get("/{pet_id}/owner")
async def get_owner(pet_id: int) -> Owner:
    return Owner(id=pet_id)


@router.put("/{pet_id}")
async def rename_pet(pet_id: int, name: str):  # want: CN503
    return {"id": pet_id, "name": name}


@router.delete("/{pet_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_pet(pet_id: int):
    return None


@router.get("/{pet_id}/photo")
async def photo(pet_id: int):
    return StreamingResponse(open(f"{pet_id}.png", "rb"))


@router.get("/internal", include_in_schema=False)
async def internal():
    return {"ok": True}
