from contextvars import ContextVar
from dataclasses import dataclass, field

_contexts: ContextVar[dict | None] = ContextVar("contexts", default=None)


@dataclass
class UserContext:
    user: str
    notes: list[str] = field(default_factory=list)


def get_user_context(user: str) -> UserContext:
    known = _contexts.get()
    if known is None:
        known = {}
        _contexts.set(known)
    if user not in known:
        known[user] = create_user_context(user)  # ok: CN004 inside the replacement itself
    return known[user]


# canonry: superseded-by deskbot.context.get_user_context
def create_user_context(user: str) -> UserContext:  # want: CN004
    return UserContext(user=user)
