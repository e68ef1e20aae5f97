import time
from uuid import uuid4

from agents.contexts import create_user_execution_context, get_user_execution_context


class AgentSocket:
    async def on_message(self, message: dict) -> dict:
        return create_user_execution_context(  # want: CN501
            user_id=message["user"],
            thread_id=str(uuid4()),
            run_id=message["run"],
        )

    async def on_edit(self, message: dict) -> dict:
        return create_user_execution_context(  # ok: CN501 all ids come with the message
            user_id=message["user"],
            thread_id=message["thread"],
            run_id=message["run"],
        )

    async def on_delete(self, message: dict) -> dict:
        return get_user_execution_context(message["user"], message["thread"])


async def handle_message(message: dict) -> str:
    context = create_user_execution_context(  # want: CN501
        message["user"], message["thread"], run_id=f"run-{int(time.time())}"
    )
    return f"{context['run']}: {message['text']}"
