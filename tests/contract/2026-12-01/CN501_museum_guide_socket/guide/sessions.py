from dataclasses import dataclass, field


@dataclass
class GuideSession:
    session_id: str
    badge: str
    rooms: list[str] = field(default_factory=list)


class SessionRegistry:
    def __init__(self) -> None:
        self.open_sessions: dict[str, GuideSession] = {}

    def create_session(self, badge: str, session_id: str) -> GuideSession:
        self.open_sessions[badge] = GuideSession(session_id, badge)
        return self.open_sessions[badge]

    def get_session(self, badge: str) -> GuideSession | None:
        return self.open_sessions.get(badge)

    def create_ticket(self, badge: str, request_id: str) -> dict[str, str]:
        return {"badge": badge, "request_id": request_id}
