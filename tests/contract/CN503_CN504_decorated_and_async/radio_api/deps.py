from typing import Annotated

from fastapi import Depends, Header, HTTPException


def current_listener(authorization: Annotated[str, Header()]) -> str:
    if not authorization.startswith("Bearer "):
        raise HTTPException(401)
    return authorization[7:]


Listener = Annotated[str, Depends(current_listener)]
