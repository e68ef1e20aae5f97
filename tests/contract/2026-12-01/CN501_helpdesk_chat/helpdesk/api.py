import uuid

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from helpdesk.conversations import ConversationStore

router = APIRouter(prefix="/desk")
store = ConversationStore()


class Incoming(BaseModel):
    customer_id: int
    text: str


@router.post("/messages")
def receive_message(body: Incoming) -> dict[str, str]:
    conversation = store.create_conversation(str(uuid.uuid4()), body.customer_id)  # want: CN501
    conversation.lines.append(body.text)
    return {"conversation": conversation.conversation_id}


@router.post("/ratings/{stars}")
def rate_answer(stars: int, body: Incoming) -> dict[str, int]:
    talk = store.create_conversation(  # want: CN501
        conversation_id=uuid.uuid4().hex,
        customer_id=body.customer_id,
    )
    talk.lines.append(f"rated {stars}")
    return {"stars": stars}


@router.post("/notes")
def add_note(body: Incoming) -> dict[str, int]:
    thread = store.get_or_create_conversation(body.customer_id)
    thread.lines.append("note: " + body.text)
    return {"lines": len(thread.lines)}


@router.post("/files")
def upload_file(body: Incoming) -> dict[str, str]:
    return store.create_attachment(str(uuid.uuid4()), body.text)  # ok: CN501 an attachment is new each time


@router.post("/conversations", status_code=201)
def start_conversation(body: Incoming) -> dict[str, str]:
    fresh = store.create_conversation(str(uuid.uuid4()), body.customer_id)  # ok: CN501 the route begins a new conversation
    return {"started": fresh.conversation_id}


app = FastAPI()
app.include_router(router)
