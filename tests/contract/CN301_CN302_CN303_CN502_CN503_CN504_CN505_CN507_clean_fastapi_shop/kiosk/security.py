from fastapi import Cookie, HTTPException

from kiosk.settings import get_settings


def get_clerk(session: str = Cookie("")) -> str:
    name, _, secret = session.partition(":")
    if secret != get_settings().session_secret:  # ok: CN303 through the accessor
        raise HTTPException(401)
    return name
