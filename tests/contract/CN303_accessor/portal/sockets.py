import os

import jwt


def user_of(token: str) -> str:
    secret = os.getenv("PORTAL_JWT_SECRET")  # want: CN303
    return jwt.decode(token, secret, algorithms=["HS256"])["sub"]
