from os import environ

import jwt


def verify(token: str) -> dict:
    return jwt.decode(token, environ["JWT_SECRET_KEY"], algorithms=["HS256"])
