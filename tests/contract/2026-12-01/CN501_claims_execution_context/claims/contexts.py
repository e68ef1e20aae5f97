import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class ExecutionContext:
    user_id: int
    context_id: str
    locale: str = "en"


_live: dict[int, ExecutionContext] = {}


def create_user_execution_context(user_id: int, context_id: str, locale: str = "en") -> ExecutionContext:
    made = ExecutionContext(user_id, context_id, locale)
    _live[user_id] = made
    return made


def get_user_execution_context(user_id: int) -> ExecutionContext:
    found = _live.get(user_id)
    return found or create_user_execution_context(user_id, uuid.uuid4().hex)  # ok: CN501 accessor


def create_batch_run(label: str, run_id: str) -> dict[str, str]:
    """Every nightly settlement is a run of its own; nothing looks runs up again."""
    return {"label": label, "run": run_id}
