import uuid

from fastapi import APIRouter

from talk.store import create_conversation, create_export

router = APIRouter()


@router.post("/conversations", response_model=dict)
async def start_conversation(body: dict):
    return create_conversation(str(uuid.uuid4()), body["title"])


@router.post("/exports", response_model=dict)
async def export(body: dict):
    return create_export(str(uuid.uuid4()))
