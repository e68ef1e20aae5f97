import uuid

from fastapi import APIRouter
from pydantic import BaseModel

from tutor.questions import next_question, rate
from tutor.sessions import create_session, drop_session, get_session

router = APIRouter(prefix="/learn")


class Started(BaseModel):
    session_id: str
    question: str


class Reply(BaseModel):
    pupil: str
    question: str
    text: str


@router.post("/sessions", response_model=Started)
async def start_session(pupil: str):
    session = create_session(str(uuid.uuid4()), pupil)  # ok: CN501 this route begins a new session
    return Started(session_id=session.id, question=next_question(session))


@router.post("/answers", response_model=Started)
async def submit_answer(reply: Reply):
    session = create_session(session_id=uuid.uuid4().hex, pupil=reply.pupil)  # want: CN501
    session.score += rate(reply.question, reply.text)
    return Started(session_id=session.id, question=next_question(session))


@router.get("/sessions/{session_id}/question", response_model=Started)
async def ask(session_id: str):
    session = get_session(session_id)
    return Started(session_id=session.id, question=next_question(session))


@router.delete("/sessions/{session_id}", response_model=None, status_code=204)
async def end_session(session_id: str):
    drop_session(session_id)
