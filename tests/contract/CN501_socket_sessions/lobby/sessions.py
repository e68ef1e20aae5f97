_sessions: dict[str, dict] = {}


def get_session(user: str) -> dict | None:
    return _sessions.get(user)


def create_session(user: str, session_id: str) -> dict:
    _sessions[user] = {"id": session_id, "user": user}
    return _sessions[user]
