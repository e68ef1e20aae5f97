import httpx


class NewEmailSender:  # want: CN002
    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def send(self, to: str, subject: str, body: str) -> None:
        self.http.post("/v3/mail/send", json={"personalizations": [{"to": to}], "subject": subject, "html": body})

    def send_many(self, to: list[str], subject: str, body: str) -> int:
        reply = self.http.post("/v3/mail/batch", json={"to": to, "subject": subject, "html": body})
        return reply.json()["accepted"]
