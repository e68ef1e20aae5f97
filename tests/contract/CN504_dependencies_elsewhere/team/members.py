from fastapi import APIRouter, Depends

from team.guards import require_api_key

router = APIRouter(prefix="/members", dependencies=[Depends(require_api_key)])


@router.get("")
async def members(key: str = Depends(require_api_key)) -> list[str]:
    return [key]


@router.get("/{member}")
async def member(member: str, key: str = Depends(require_api_key)) -> str:
    return member


@router.post("/{member}")
async def add_member(member: str, key: str = Depends(require_api_key)) -> str:
    return member


@router.delete("/{member}")
async def remove_member(member: str) -> None:  # ok: CN504 the router has it
    print(member)
