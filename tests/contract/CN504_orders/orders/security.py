from fastapi import Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer

scheme = OAuth2PasswordBearer(tokenUrl="/token")


def get_current_user(token: str = Depends(scheme)) -> str:
    if not token:
        raise HTTPException(401)
    return token


def get_active_user(user: str = Depends(get_current_user)) -> str:
    if user.startswith("disabled-"):
        raise HTTPException(403)
    return user
