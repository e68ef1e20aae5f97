from fastapi import HTTPException, Request


def require_member(request: Request) -> str:
    if "member" not in request.cookies:
        raise HTTPException(401)
    return request.cookies["member"]
