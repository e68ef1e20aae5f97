import os

import jwt

from portal.config import jwt_secret


def whoami(token: str) -> str:
    return jwt.decode(token, jwt_secret(), algorithms=["HS256"])["sub"]  # ok: CN303 through the accessor


def verbose() -> bool:
    return os.environ.get("PORTAL_LOG_LEVEL") == "DEBUG"  # ok: CN303 no secret
