from fastapi import APIRouter, Depends

from team.guards import require_api_key

router = APIRouter(prefix="/rooms")


@router.get("")
async def rooms(key: str = Depends(require_api_key)) -> list[str]:
    return [key]


@router.get("/{room}")
async def room(room: str, key: str = Depends(require_api_key)) -> str:
    return room


@router.post("/{room}")
async def add_room(room: str, key: str = Depends(require_api_key)) -> str:
    return room


@router.delete("/{room}")
async def remove_room(room: str) -> None:  # ok: CN504 where the router is included
    print(room)
