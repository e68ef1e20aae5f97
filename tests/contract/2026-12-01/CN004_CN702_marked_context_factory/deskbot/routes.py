from fastapi import APIRouter

from deskbot.context import create_user_context, get_user_context  # ok: CN004 the import of a name used below

router = APIRouter(prefix="/desk")


@router.post("/notes/{user}")
async def add_note(user: str, text: str) -> int:
    context = create_user_context(user)  # want: CN004
    context.notes.append(text)
    return len(context.notes)


@router.get("/notes/{user}")
async def notes(user: str) -> list[str]:
    return get_user_context(user).notes  # ok: CN004 the replacement
