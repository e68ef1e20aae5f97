import jwt

from auth.config import get_jwt_secret


def issue(subject: str) -> str:
    return jwt.encode({"sub": subject}, get_jwt_secret(), algorithm="HS256")
