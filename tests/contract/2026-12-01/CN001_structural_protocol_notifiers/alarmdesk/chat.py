import httpx


class ChatNotifier:
    def __init__(self, http: httpx.Client, room: str) -> None:
        self.http = http
        self.room = room

    def notify(self, who: str, text: str) -> bool:  # ok: CN001 implements the protocol Notifier
        body = {"room": self.room, "text": f"@{who} {text}"}
        reply = self.http.post("/messages", json=body)
        if reply.status_code == 429:
            return False
        reply.raise_for_status()
        return True

    def healthy(self) -> bool:  # ok: CN001 implements the protocol Notifier
        reply = self.http.get("/rooms")
        return reply.status_code == 200
