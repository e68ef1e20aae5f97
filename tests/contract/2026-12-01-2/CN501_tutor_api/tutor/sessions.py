"""Learning sessions, kept in memory."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class LearningSession:
    id: str
    pupil: str
    score: int = 0
    asked: list[str] = field(default_factory=list)


_sessions: dict[str, LearningSession] = {}


def create_session(session_id: str, pupil: str) -> LearningSession:
    session = LearningSession(session_id, pupil)
    _sessions[session_id] = session
    return session


def get_session(session_id: str) -> LearningSession:
    return _sessions[session_id]


def drop_session(session_id: str) -> None:
    _sessions.pop(session_id, None)
