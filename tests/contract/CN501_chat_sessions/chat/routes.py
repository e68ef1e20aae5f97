import uuid
from uuid import uuid4

from fastapi import APIRouter

from chat.bills import create_bill
from chat.sessions import create_session, get_or_create_session

router = APIRouter()


@router.post("/messages")
async def post_message(user: str, text: str) -> dict[str, str]:
    session = create_session(session_id=str(uuid4()), user=user)  # want: CN501
    return {"session": session.session_id, "text": text.strip()}


@router.post("/messages/{message}/like")
async def like(user: str, message: int) -> dict[str, str]:
    session = create_session(uuid.uuid4().hex, user)  # want: CN501
    return {"session": session.session_id, "liked": str(message)}


@router.get("/messages")
async def messages(user: str) -> dict[str, str]:
    return {"session": get_or_create_session(user).session_id}


@router.post("/sessions")
async def start_new_session(user: str) -> dict[str, str]:
    return {"session": create_session(session_id=str(uuid4()), user=user).session_id}  # ok: CN501 its job


@router.post("/bills")
async def bill(user: str) -> dict[str, str]:
    return create_bill(bill_id=str(uuid4()), user=user)  # ok: CN501 a bill has no get accessor
