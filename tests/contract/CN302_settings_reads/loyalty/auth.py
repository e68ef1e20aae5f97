import jwt
from django.conf import settings


def sign(customer: str) -> str:
    secret = getattr(settings, "LOYALTY_JWT_SECRET", "loyalty")  # want: CN302
    return jwt.encode({"sub": customer}, secret, algorithm="HS256")


def issuer() -> str:
    return getattr(settings, "LOYALTY_ISSUER", "shop")  # ok: CN302 no secret


def key() -> str | None:
    return getattr(settings, "LOYALTY_API_TOKEN", None)  # ok: CN302 None is no working default
