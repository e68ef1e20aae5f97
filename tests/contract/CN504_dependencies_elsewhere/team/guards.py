from fastapi import Header, HTTPException


async def require_api_key(x_api_key: str = Header()) -> str:
    if not x_api_key:
        raise HTTPException(401)
    return x_api_key
