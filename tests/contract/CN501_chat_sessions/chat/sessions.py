from dataclasses import dataclass
from uuid import uuid4

_sessions: dict[str, "ChatSession"] = {}


@dataclass
class ChatSession:
    session_id: str
    user: str


def create_session(session_id: str, user: str) -> ChatSession:
    return ChatSession(session_id, user)


def get_or_create_session(user: str) -> ChatSession:
    if user not in _sessions:
        _sessions[user] = create_session(session_id=str(uuid4()), user=user)  # ok: CN501 the accessor itself
    return _sessions[user]
