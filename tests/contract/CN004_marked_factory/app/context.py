"""Execution contexts of users."""

from dataclasses import dataclass

_contexts: dict[tuple[str, str], "UserContext"] = {}


@dataclass
class UserContext:
    user_id: str
    thread_id: str


# canonry: superseded-by app.context.get_user_execution_context it keeps one context for each thread
def create_user_execution_context(user_id: str, thread_id: str) -> UserContext:  # want: CN004
    return UserContext(user_id, thread_id)


def get_user_execution_context(user_id: str, thread_id: str) -> UserContext:
    key = (user_id, thread_id)
    if key not in _contexts:
        _contexts[key] = create_user_execution_context(user_id, thread_id)  # ok: CN004 inside the replacement
    return _contexts[key]
