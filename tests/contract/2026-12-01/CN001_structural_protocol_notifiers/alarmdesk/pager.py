import httpx


class PagerNotifier:
    def __init__(self, http: httpx.Client, route: str) -> None:
        self.http = http
        self.route = route

    def notify(self, who: str, text: str) -> bool:  # ok: CN001 implements the protocol Notifier
        body = {"routing_key": self.route, "target": who, "summary": text[:200]}
        reply = self.http.post("/v2/enqueue", json=body)
        if reply.status_code == 429:
            return False
        reply.raise_for_status()
        return True

    def healthy(self) -> bool:  # ok: CN001 implements the protocol Notifier
        reply = self.http.get("/v2/ping")
        return reply.status_code == 200
