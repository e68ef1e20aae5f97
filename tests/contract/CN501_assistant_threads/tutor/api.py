import uuid

from fastapi import APIRouter, Depends

from tutor.threads import ThreadStore

router = APIRouter()


def get_store() -> ThreadStore:
    raise NotImplementedError


@router.post("/ask")
async def ask(student: str, question: str, store: ThreadStore = Depends(get_store)) -> dict:
    thread = await store.create_thread(student=student, thread_id=str(uuid.uuid4()))  # want: CN501
    return {"thread": thread["id"], "answer": question}


@router.post("/hint")
async def hint(student: str, store: ThreadStore = Depends(get_store)) -> dict:
    thread = await store.get_or_create_thread(student)  # ok: CN501 the accessor
    return {"thread": thread["id"]}


@router.post("/threads")
async def create_thread(student: str, store: ThreadStore = Depends(get_store)) -> dict:
    return await store.create_thread(student=student, thread_id=str(uuid.uuid4()))  # ok: CN501 its job is a new one
