_contexts: dict[tuple[str, str], dict] = {}


def create_user_execution_context(user_id: str, thread_id: str, run_id: str) -> dict:
    return {"user": user_id, "thread": thread_id, "run": run_id}


def get_user_execution_context(user_id: str, thread_id: str, run_id: str | None = None) -> dict:
    key = (user_id, thread_id)
    if key not in _contexts:
        _contexts[key] = create_user_execution_context(user_id, thread_id, run_id or "first")
    return _contexts[key]
