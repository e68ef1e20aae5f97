from fastapi import Depends, Header


def user(authorization: str = Header()):  # ok: CN504 router dependency, include_router, chained dependency, public marker
    return authorization


def tenant(current=Depends(user)):
    return {"user": current}
