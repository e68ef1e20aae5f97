from app.context import create_user_execution_context as new_context
from app.context import get_user_execution_context


class AgentRunner:
    def __init__(self, user_id: str) -> None:
        self.user_id = user_id

    def run(self, thread_id: str) -> object:
        if thread_id == "scratch":
            return new_context(self.user_id, thread_id)  # want: CN004
        return get_user_execution_context(self.user_id, thread_id)  # ok: CN004 the replacement
