from typing import Annotated

from fastapi import APIRouter, Depends

from team.guards import require_api_key

router = APIRouter(prefix="/keys")


@router.get("")
async def keys(key: Annotated[str, Depends(require_api_key)]) -> list[str]:
    return [key]


@router.post("")
async def add_key(key: Annotated[str, Depends(require_api_key)]) -> str:
    return key


@router.post("/{name}/rotate")
async def rotate_key(name: str, key: Annotated[str, Depends(require_api_key)]) -> str:
    return name


@router.delete("/{name}")
async def revoke_key(name: str) -> None:  # want: CN504
    print(name)
