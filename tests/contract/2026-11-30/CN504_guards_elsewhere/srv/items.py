from fastapi import APIRouter, Depends

from srv.auth import tenant, user

router = APIRouter(dependencies=[Depends(user)])
open_router = APIRouter()


@router.get("/items", response_model=list)
def items():
    return []


@router.post("/items", response_model=dict)
def add(body: dict, who=Depends(user)):
    return body


@open_router.get("/mine", response_model=dict)
def mine(who=Depends(user)):
    return {}


@open_router.get("/yours", response_model=dict)
def yours(who=Depends(user)):
    return {}


@open_router.get("/tenant", response_model=dict)
def of_tenant(where=Depends(tenant)):
    return {}


@open_router.get("/prices", response_model=dict)
def prices():  # canonry: public
    return {}


@open_router.post("/webhooks/stripe", response_model=dict)
def stripe_webhook(body: dict):
    return {}
