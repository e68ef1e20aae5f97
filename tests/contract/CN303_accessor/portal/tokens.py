import os

import jwt


def issue(user: str) -> str:
    return jwt.encode({"sub": user}, os.environ["PORTAL_JWT_SECRET"], algorithm="HS256")  # want: CN303
