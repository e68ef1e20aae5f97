from fastapi import Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer

scheme = OAuth2PasswordBearer(tokenUrl="token")


async def current_user(token: str = Depends(scheme)) -> str:
    if not token:
        raise HTTPException(401)
    return token


async def clerk(user: str = Depends(current_user)) -> str:
    if not user.startswith("clerk-"):
        raise HTTPException(403)
    return user
