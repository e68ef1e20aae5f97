from typing import Annotated

from fastapi import APIRouter, Depends

from web.auth import current_user

router = APIRouter(prefix="/projects")
User = Annotated[str, Depends(current_user)]


@router.get("/", response_model=list)
async def projects(user: User):
    return []


@router.post("/", response_model=dict)
async def create(body: dict, user: str = Depends(current_user)):
    return body


@router.get("/{project}", response_model=dict)
async def project(project: int, user: User):
    return {"id": project}


@router.delete("/{project}", response_model=dict)
async def remove(project: int):  # want: CN504
    return {"removed": project}


@router.get("/health", response_model=dict)
async def health():
    return {"ok": True}
