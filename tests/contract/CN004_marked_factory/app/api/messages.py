from app.context import create_user_execution_context  # ok: CN004 the use below is the finding


def post_message(user_id: str, thread_id: str, text: str) -> dict[str, str]:
    context = create_user_execution_context(user_id, thread_id)  # want: CN004
    return {"thread": context.thread_id, "text": text}
